import type { Instant } from '../values/calendar.js';
import type { Decision } from '../values/decision.js';
import { msPerDay } from '../values/durations.js';
import { isSame } from '../values/equal.js';
import { CommandRejected } from '../values/rejections.js';
import type { AccessState, Credential, Grant, Person } from './access.js';
import type { AccessCommand, NewCredential } from './commands.js';
import { codesInForce, renewedUntil, requireCode, revoked } from './devices.js';
import type { NewAccessEvent } from './events.js';
import { grantsInForce, holdersOf } from './rights.js';
import { conflicting, roleNames } from './roles.js';

/** How long a key may be valid at most, in days. */
export const mostKeyDays = 730;
/** Keys of one person in force at a time: the present one, and the next one while programs change over. */
const mostKeys = 2;

/** Decides on a command: the events to record, or what already says the same. @throws CommandRejected */
export function decideAccess(
  command: AccessCommand,
  state: AccessState,
): Decision<NewAccessEvent, Person | Grant | Credential> {
  switch (command.type) {
    case 'AddPerson': {
      const { person } = command;
      const known = state.people[person];
      if (known) return { alreadySaid: presentPerson(state, person) };
      return { append: [{ type: 'PersonAdded', data: { person } }] };
    }
    case 'RemovePerson': {
      const { person } = command;
      const known = foundPerson(state, person);
      if (known.removed) return { alreadySaid: known };
      requireOther(state, person);
      return { append: [{ type: 'PersonRemoved', data: { person } }] };
    }
    case 'GrantRole': {
      const { type: _, ...data } = command;
      presentPerson(state, data.person);
      const held = grantsInForce(state, data.person);
      const same = held.find(({ role, scope }) => role === data.role && isSame(scope, data.scope));
      if (same) return { alreadySaid: same };
      const other = conflicting(
        data.role,
        held.map(({ role }) => role),
      );
      if (other) throw dutiesConflict(data.role, other);
      return { append: [{ type: 'RoleGranted', data }] };
    }
    case 'RevokeGrant': {
      const { grant } = command;
      const known = foundGrant(state, grant);
      if (known.revoked) return { alreadySaid: known };
      if (known.role === 'administrator' && known.scope.kind === 'installation')
        requireOther(state, known.person);
      return { append: [{ type: 'RoleRevoked', data: { grant } }] };
    }
    case 'IssueCredential': {
      const { credential, at } = command;
      presentPerson(state, credential.person);
      checkCredential(state, credential, at);
      const same = identityInForce(state, credential, at);
      if (same && same.person !== credential.person) throw identityTaken();
      if (same) return { alreadySaid: same };
      // A new code replaces the one before: a person enrols one phone at a time.
      const replaced = credential.kind === 'code' ? codesInForce(state, credential.person, at) : [];
      return { append: [...replaced.map(revoked), { type: 'CredentialIssued', data: credential }] };
    }
    case 'EnrolDevice': {
      const { code, device, at } = command;
      const { person } = requireCode(state, code, at);
      return {
        append: [revoked({ credential: code }), { type: 'CredentialIssued', data: { ...device, person } }],
      };
    }
    case 'RenewDevice': {
      const { credential, at } = command;
      const known = foundCredential(state, credential);
      const expiresAt = renewedUntil(known, at);
      if (expiresAt <= known.expiresAt) return { alreadySaid: known };
      return { append: [{ type: 'CredentialRenewed', data: { credential, expiresAt } }] };
    }
    case 'RevokeCredential': {
      const { credential } = command;
      const known = foundCredential(state, credential);
      if (known.revoked) return { alreadySaid: known };
      return { append: [{ type: 'CredentialRevoked', data: { credential } }] };
    }
    case 'RedeemLink': {
      const { link, credential, at } = command;
      const { person } = credential;
      presentPerson(state, person);
      requireLink(state, link, person, at);
      checkCredential(state, credential, at);
      const ended = credentialsInForce(state, person, at).filter(
        ({ kind }) => kind === 'link' || kind === 'session',
      );
      return {
        append: [
          ...ended.map((one) => ({
            type: 'CredentialRevoked' as const,
            data: { credential: one.credential },
          })),
          { type: 'CredentialIssued', data: credential },
        ],
      };
    }
    case 'SignOutEverywhere': {
      const { person } = command;
      presentPerson(state, person);
      return { append: [{ type: 'SignedOutEverywhere', data: { person } }] };
    }
    case 'AppointAdministrator': {
      const { grant, credential, link, at, replaces } = command;
      const { person } = credential;
      const holders = holdersOf(state, 'administrator').length;
      if (holders > 0 && !replaces) throw administratorExists(holders);
      checkCredential(state, credential, at);
      checkCredential(state, link, at);
      const scope = { kind: 'installation' } as const;
      return {
        append: [
          { type: 'PersonAdded', data: { person } },
          { type: 'RoleGranted', data: { grant, person, role: 'administrator', scope } },
          { type: 'CredentialIssued', data: credential },
          { type: 'CredentialIssued', data: link },
        ],
      };
    }
  }
}

/** A person by their id, also one who was removed. @throws CommandRejected `person-unknown` */
export function foundPerson({ people }: AccessState, person: string): Person {
  const known = Object.hasOwn(people, person) ? people[person] : undefined;
  if (known) return known;
  const expected = { en: 'the id of a person who was added', zh: '已添加人员的编号' };
  throw new CommandRejected('person-unknown', { member: 'person', seen: person, expected });
}

/** The credentials of a person that sign in at an instant. */
function credentialsInForce({ credentials }: AccessState, person: string, at: Instant): Credential[] {
  return Object.values(credentials).filter(
    (one) => one.person === person && !one.revoked && one.expiresAt > at,
  );
}

/** A grant by its id. @throws CommandRejected `grant-unknown` */
export function foundGrant({ grants }: AccessState, grant: string): Grant {
  const known = Object.hasOwn(grants, grant) ? grants[grant] : undefined;
  if (known) return known;
  const expected = { en: 'the id of a role that was granted', zh: '已授予角色的编号' };
  throw new CommandRejected('grant-unknown', { member: 'grant', seen: grant, expected });
}

/** A credential by its public id. @throws CommandRejected `credential-unknown` */
export function foundCredential({ credentials }: AccessState, credential: string): Credential {
  const known = Object.hasOwn(credentials, credential) ? credentials[credential] : undefined;
  if (known) return known;
  const expected = { en: 'the public id of a key that was issued', zh: '已签发密钥的公开编号' };
  throw new CommandRejected('credential-unknown', { member: 'credential', seen: credential, expected });
}

function presentPerson(state: AccessState, person: string): Person {
  const known = foundPerson(state, person);
  if (!known.removed) return known;
  const seen = {
    en: `${person}, who was removed on ${known.removed.on}`,
    zh: `${person}，已于 ${known.removed.on} 移除`,
  };
  const expected = {
    en: 'somebody who is still there; add the person again under a new id',
    zh: '现有人员；请以新编号重新添加',
  };
  throw new CommandRejected('person-removed', { member: 'person', seen, expected });
}

/** Refuses to end the rights of the only administrator of the whole installation. */
function requireOther(state: AccessState, person: string): void {
  const holders = holdersOf(state, 'administrator');
  if (holders.length > 1 || !holders.includes(person)) return;
  throw new CommandRejected('administrator-last', {
    member: 'person',
    seen: { en: `${person}, the only administrator of the installation`, zh: `${person}，系统唯一的管理员` },
    expected: { en: 'another administrator first', zh: '先设另一名管理员' },
  });
}

/** The same identity as a new one, of whomever it is. */
function identityInForce(
  { credentials }: AccessState,
  { kind, hash }: NewCredential,
  at: Instant,
): Credential | undefined {
  if (kind !== 'identity') return undefined;
  return Object.values(credentials).find(
    (one) => one.kind === kind && one.hash === hash && !one.revoked && one.expiresAt > at,
  );
}

function identityTaken(): CommandRejected {
  return new CommandRejected('identity-taken', {
    member: 'subject',
    seen: { en: 'an identity that another person has', zh: '已属于他人的身份' },
    expected: {
      en: 'one that nobody has; end the other tie first',
      zh: '尚不属于任何人的身份；请先解除原有关联',
    },
  });
}

function checkCredential(state: AccessState, { kind, person, expiresAt }: NewCredential, at: Instant): void {
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
function requireLink(state: AccessState, link: string, person: string, at: Instant): void {
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

function dutiesConflict(role: keyof typeof roleNames, other: keyof typeof roleNames): CommandRejected {
  return new CommandRejected('duties-conflict', {
    member: 'role',
    seen: {
      en: `${roleNames[role].en} beside ${roleNames[other].en}`,
      zh: `${roleNames[role].zh}与${roleNames[other].zh}`,
    },
    expected: {
      en: 'roles that one person may hold together; add a second person for the other',
      zh: '可由一人兼任的角色；另一角色请由他人担任',
    },
  });
}

function administratorExists(holders: number): CommandRejected {
  return new CommandRejected('administrator-exists', {
    seen: { en: `an installation that has ${holders} of them`, zh: `系统已有 ${holders} 名管理员` },
    expected: {
      en: 'an installation without an administrator; an administrator adds further ones',
      zh: '尚无管理员的系统；其他管理员由现任管理员添加',
    },
  });
}
