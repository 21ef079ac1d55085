import type { Instant } from '../values/days/calendar.js';
import { msPerDay } from '../values/days/durations.js';
import { CommandRejected } from '../values/rejections.js';
import type { AccessState, Credential } from './access.js';
import type { NewCredential } from './commands.js';
import { revoked } from './devices.js';
import type { NewAccessEvent } from './events.js';

/** How long a key may be valid at most, in days. */
export const mostKeyDays = 730;
/** Keys of one person in force at a time: the present one, and the next one while programs change over. */
const mostKeys = 2;

/** The credentials of a person that sign in at an instant. */
function credentialsInForce({ credentials }: AccessState, person: string, at: Instant): Credential[] {
  return Object.values(credentials).filter(
    (one) => one.person === person && !one.revoked && one.expiresAt > at,
  );
}

/** Opens a session of a person after a new password: what the one before could have opened ends. */
export function onlySession(state: AccessState, credential: NewCredential, at: Instant): NewAccessEvent[] {
  checkCredential(state, credential, at);
  const ended = credentialsInForce(state, credential.person, at).filter(
    ({ kind }) => kind === 'link' || kind === 'session',
  );
  return [...ended.map(revoked), { type: 'CredentialIssued', data: credential }];
}

/** The same identity as a new one, of whomever it is. */
export function identityInForce(
  { credentials }: AccessState,
  { kind, hash }: NewCredential,
  at: Instant,
): Credential | undefined {
  if (kind !== 'identity') return undefined;
  return Object.values(credentials).find(
    (one) => one.kind === kind && one.hash === hash && !one.revoked && one.expiresAt > at,
  );
}

export function identityTaken(): CommandRejected {
  return new CommandRejected('identity-taken', {
    member: 'subject',
    seen: { en: 'an identity that another person has', zh: '已属于他人的身份' },
    expected: {
      en: 'one that nobody has; end the other tie first',
      zh: '尚不属于任何人的身份；请先解除原有关联',
    },
  });
}

export function checkCredential(
  state: AccessState,
  { kind, person, expiresAt }: NewCredential,
  at: Instant,
): void {
  const days = (Date.parse(expiresAt) - Date.parse(at)) / msPerDay;
  if (!(days > 0 && days <= mostKeyDays))
    throw new CommandRejected('expiry-impossible', {
      member: 'expiresAt',
      seen: expiresAt,
      expected: {
        en: `an instant within the next ${mostKeyDays} days`,
        zh: `今后 ${mostKeyDays} 天内的时刻`,
      },
    });
  if (kind !== 'key') return;
  const active = credentialsInForce(state, person, at).filter((one) => one.kind === 'key');
  if (active.length >= mostKeys)
    throw new CommandRejected('keys-too-many', {
      member: 'person',
      seen: { en: `${active.length} keys in force`, zh: `${active.length} 个有效密钥` },
      expected: { en: `at most ${mostKeys}; revoke one first`, zh: `至多 ${mostKeys} 个；请先撤销一个` },
    });
}

/** Refuses a link that was used, has expired or is another person's; the answer does not say which. */
export function requireLink(state: AccessState, link: string, person: string, at: Instant): void {
  const inForce = credentialsInForce(state, person, at);
  if (!inForce.some(({ credential, kind }) => credential === link && kind === 'link')) throw linkEnded();
}

/** The refusal of a link by which nothing can be done. */
export function linkEnded(): CommandRejected {
  return new CommandRejected('link-ended', {
    member: 'link',
    seen: { en: 'a link that was used, has expired or is none', zh: '已使用、已过期或无效的链接' },
    expected: {
      en: 'one of the last 24 hours that was not used; an administrator makes another',
      zh: '24 小时内签发且未使用的链接；请管理员重新签发',
    },
  });
}
