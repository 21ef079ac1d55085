import { emptyAccess } from '../../domain/access/access.js';
import { dayIn } from '../../domain/values/days/calendar.js';
import { AccessLog } from '../app/access/access-log.js';
import { appointAdministrator } from '../app/access/founding.js';
import type { PersonNamed } from '../app/access/people.js';
import { SealedPeople } from '../app/access/sealed-people.js';
import { prepareDataFolder } from '../composition/folder/data-folder.js';
import { readSetupToken } from '../composition/folder/setup-token.js';
import { onData, readConfig } from '../composition/settings/config.js';
import { openStore } from '../composition/store/open-store.js';
import { newSecret, world } from '../composition/world.js';
import { linkUrl } from '../http/access/sign-in-place.js';
import { PeopleFile, peopleBeside } from '../vault/people-file.js';
import { openVault } from '../vault/vault.js';

/** The administrator that was made, with the key and the sign-in link that are shown once. */
export interface Appointed {
  person: string;
  key: string;
  expiresAt: string;
  link: { url: string; expiresAt: string };
}

/**
 * Makes an administrator in the store itself, with the service stopped: who may write the data folder may do so.
 *
 * @param replaces although there is an administrator, who is lost
 * @throws CommandRejected `administrator-exists`
 * @throws StoreInUse a service runs on it
 */
export async function appointAtMachine(
  dataPath: string,
  named: PersonNamed,
  replaces: boolean,
): Promise<Appointed> {
  const config = onData(readConfig(), dataPath);
  prepareDataFolder(config.dataPath);
  const { store } = await openStore(config, world);
  const log = new AccessLog(store, world, () => dayIn(config.timeZone, world.now()));
  const people = config.cluster
    ? new SealedPeople({
        log,
        vault: openVault(config.vaultPath),
        present: emptyAccess,
        untilSeen: async () => undefined,
      })
    : new PeopleFile(peopleBeside(config.vaultPath));
  try {
    const { person, key, expiresAt, link } = await appointAdministrator(log, newSecret, replaces);
    await people.name(person, named, { by: 'machine' });
    const { publicUrl = `${config.tls ? 'https' : 'http'}://${config.host}:${config.port}` } = config;
    return { person, key, expiresAt, link: { ...link, url: linkUrl(publicUrl, link.link) } };
  } finally {
    await people.close();
    await store.close();
  }
}

/** The token by which the running service of a data folder makes its first administrator; undefined if it has none. */
export function setupTokenOf(dataPath: string): string | undefined {
  return readSetupToken(onData(readConfig(), dataPath).dataPath);
}
