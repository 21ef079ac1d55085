import type { EntryMetadata } from './events.js';

const levels: readonly unknown[] = ['stated', 'signed-in', 'signed'];
const base64url = /^[A-Za-z0-9_-]+$/;

/**
 * Checks the members of metadata that no way in takes as they are typed.
 *
 * @throws TypeError a program has set one that has not its shape
 */
export function requireShape({ attachments, verification, sealed }: EntryMetadata): void {
  for (const { sha256, name, type, bytes } of attachments ?? [])
    require(/^[0-9a-f]{64}$/.test(sha256) && name !== '' && type.includes('/') && bytes >= 0, 'attachments');
  require(verification === undefined || levels.includes(verification), 'verification');
  for (const [path, { key, nonce, text }] of Object.entries(sealed ?? {}))
    require(path !== '' && key !== '' && base64url.test(nonce) && base64url.test(text), 'sealed');
}

function require(isRight: boolean, member: string): void {
  if (!isRight) throw new TypeError(`The entry metadata has ${member} of a wrong shape.`);
}
