import type { NewCredential } from '../../../domain/access/commands.js';
import { instantAfter } from '../../../domain/values/calendar.js';
import { msPerDay } from '../../../domain/values/durations.js';
import type { KeyIssued } from './access.js';
import type { AccessLog } from './access-log.js';
import { hashOf, keyText, publicId, secretBytes } from './key-text.js';

/** For how long the key of the first administrator is valid, in days. */
const firstKeyDays = 365;

/** Makes a key for a person: what is recorded of it, and the text that is shown once. */
export function newKey(
  person: string,
  days: number,
  { world }: Pick<AccessLog, 'world'>,
  newSecret: (bytes: number) => string,
): { credential: NewCredential; key: string } {
  const credential = publicId(newSecret(16));
  const secret = Buffer.from(newSecret(secretBytes), 'base64').toString('base64url');
  const expiresAt = instantAfter(world.now(), days * msPerDay);
  return {
    credential: { credential, kind: 'key', person, hash: hashOf(secret), expiresAt },
    key: keyText({ credential, secret }),
  };
}

/**
 * Appoints the administrator of an installation that has none, with a key.
 *
 * @param replaces at the machine only: although there is one, who is lost
 * @throws CommandRejected `administrator-exists`
 */
export async function appointAdministrator(
  log: AccessLog,
  newSecret: (bytes: number) => string,
  replaces: boolean,
): Promise<KeyIssued & { person: string; position: number }> {
  const person = log.world.newId();
  const { credential, key } = newKey(person, firstKeyDays, log, newSecret);
  const at = log.world.now();
  const grant = log.world.newId();
  const command = { type: 'AppointAdministrator', grant, credential, at, replaces } as const;
  const { position } = await log.write(command, { by: 'machine' });
  return { person, credential: credential.credential, key, expiresAt: credential.expiresAt, position };
}
