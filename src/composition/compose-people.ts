import type { AccessLog } from '../app/access/access-log.js';
import { carryOver, type People } from '../app/access/people.js';
import type { Roster } from '../app/access/roster.js';
import { SealedPeople } from '../app/access/sealed-people.js';
import { untilSeen } from '../app/commands/receipts.js';
import type { Vault, World } from '../app/ports.js';
import type { Views } from '../app/views/views.js';
import { PeopleFile, peopleBeside } from '../vault/people-file.js';
import type { Config } from './settings/config.js';

interface PeopleNeeds {
  config: Pick<Config, 'cluster' | 'vaultPath'>;
  vault: Vault;
  log: AccessLog;
  roster: Roster;
  views: Views;
  world: Pick<World, 'after'>;
  onFailure: ((error: Error) => void) | undefined;
}

/** The names of people in use, and what brings those of another place here. */
interface ComposedPeople {
  inUse: People;
  /**
   * Brings names and passwords from where they were: on a cluster from the file beside the vault, which is then emptied, and on an
   * embedded store from a log that was copied from a cluster. A failure is reported once, and tried again.
   */
  carryOver(): Promise<void>;
  close(): Promise<void>;
}

/** A carrying over that failed is tried again after so many milliseconds. */
const againMs = 5_000;

/** Names and passwords: in a file beside the vault, and on a cluster sealed in the log. */
export function composePeople(needs: PeopleNeeds): ComposedPeople {
  const { config, vault, log, roster, views, world, onFailure } = needs;
  const file = new PeopleFile(peopleBeside(config.vaultPath));
  const sealed = new SealedPeople({
    log,
    vault,
    present: () => roster.present(),
    untilSeen: (position) => untilSeen(views, position),
  });
  sealed.destroyKeys(roster.changes$, onFailure);
  const isThere = (person: string) => {
    const known = roster.present().people[person];
    return known !== undefined && !known.removed;
  };
  let stop: () => void = () => undefined;
  let reported: string | undefined;
  const carry = async (): Promise<void> => {
    try {
      if (!config.cluster) await carryOver(sealed, file, isThere);
      else for (const person of await carryOver(file, sealed, isThere)) await file.forget(person);
    } catch (error) {
      const failure = error as Error;
      if (failure.message !== reported) onFailure?.(failure);
      reported = failure.message;
      stop = world.after(againMs, () => void carry());
    }
  };
  return {
    inUse: config.cluster ? sealed : file,
    carryOver: carry,
    async close() {
      stop();
      await sealed.close();
      await file.close();
    },
  };
}
