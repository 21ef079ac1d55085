import { type Instant, instantAfter } from '../values/days/calendar.js';
import { msPerDay } from '../values/days/durations.js';
import { CommandRejected } from '../values/rejections.js';
import type { AccessState, Credential } from './access.js';
import type { NewAccessEvent } from './events.js';

/** How long a device is valid after it was enrolled or renewed, in days. */
export const deviceDays = 180;
/** A device is renewed once fewer days than these are left, so that each use does not record an event. */
const renewedBelowDays = 150;
/** How long a device is valid after it was enrolled, however often it is renewed, in days. */
const mostDeviceDays = 730;
/** How long a code can be exchanged for a device, in minutes. */
export const codeMinutes = 10;

/** A code that can be exchanged. @throws CommandRejected `code-invalid` it was exchanged, replaced, or has expired */
export function requireCode(state: AccessState, code: string, at: Instant): Credential {
  const known = Object.hasOwn(state.credentials, code) ? state.credentials[code] : undefined;
  if (known?.kind === 'code' && isInForce(known, at)) return known;
  throw codeInvalid();
}

/** The one refusal of a code: nothing is said about whether it was mistyped, used before, or has expired. */
export function codeInvalid(): CommandRejected {
  return new CommandRejected('code-invalid', {
    member: 'code',
    seen: { en: 'a code that is mistyped, used, or no longer valid', zh: '输入有误、已使用或已失效的代码' },
    expected: {
      en: `a code that was made within the last ${codeMinutes} minutes`,
      zh: `${codeMinutes} 分钟内生成的代码`,
    },
  });
}

function isInForce({ revoked, expiresAt }: Credential, at: Instant): boolean {
  return !revoked && expiresAt > at;
}

/** The codes of a person that can be exchanged. */
export function codesInForce({ credentials }: AccessState, person: string, at: Instant): Credential[] {
  return Object.values(credentials).filter(
    (one) => one.kind === 'code' && one.person === person && isInForce(one, at),
  );
}

/** Until when a device in force is valid, if it is renewed now; it ends two years after it was enrolled. */
export function renewedUntil(device: Credential, at: Instant): Instant {
  const left = (Date.parse(device.expiresAt) - Date.parse(at)) / msPerDay;
  if (device.kind !== 'device' || !isInForce(device, at) || left >= renewedBelowDays) return device.expiresAt;
  const last = instantAfter(device.issued.at, mostDeviceDays * msPerDay);
  const next = instantAfter(at, deviceDays * msPerDay);
  return next < last ? next : last;
}

/** What ends a credential. */
export function revoked({ credential }: Pick<Credential, 'credential'>): NewAccessEvent {
  return { type: 'CredentialRevoked', data: { credential } };
}
