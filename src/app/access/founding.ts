import { msPerDay } from '../../../domain/values/days/durations.js';
import type { Founded } from './access.js';
import type { AccessLog } from './access-log.js';
import { newCredential } from './new-credential.js';

/** For how long the key of the first administrator is valid, in days. */
const firstKeyDays = 365;
/** For how long a sign-in link is valid, in milliseconds. */
export const linkMs = msPerDay;

/**
 * Appoints the administrator of an installation that has none.
 *
 * @param replaces at the machine only: although there is one, who is lost
 * @throws CommandRejected `administrator-exists`
 */
export async function appointAdministrator(
  log: AccessLog,
  newSecret: (bytes: number) => string,
  replaces: boolean,
): Promise<Founded & { position: number }> {
  const { world } = log;
  const person = world.newId();
  const ports = { world, newSecret };
  const key = newCredential({ kind: 'key', person }, firstKeyDays * msPerDay, ports);
  const link = newCredential({ kind: 'link', person }, linkMs, ports);
  const { position } = await log.write(
    {
      type: 'AppointAdministrator',
      grant: world.newId(),
      credential: key.credential,
      link: link.credential,
      at: world.now(),
      replaces,
    },
    { by: 'machine' },
  );
  const { credential, expiresAt } = key.credential;
  return {
    person,
    credential,
    key: key.text,
    expiresAt,
    link: { link: link.text, expiresAt: link.credential.expiresAt },
    position,
  };
}
