import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildService } from '../service/child-service.js';
import type { SiteClient } from '../service/site-client.js';
import { limitFiles, type SmallDisk } from './small-disk.js';

const mebibyte = 1024 * 1024;

/** A shortage of disk space, and its end. */
export interface Shortage {
  /** Reserved MiB of the service; 0 accepts entries until the disk is full. */
  keepFree: string;
  /** Takes the space while 64 inspectors write; some refusals must come. */
  takeAway(service: ChildService, dataPath: string): void | Promise<void>;
  /** Acknowledges alerts while entries are refused, and reports how many. */
  meanwhile?(site: Site): Promise<number>;
  giveBack(service: ChildService): void;
}

interface Site {
  url: string;
  client: SiteClient;
  figures: Record<'alertsAsked' | 'alertsRecordedWhileFull' | 'rulesAsked' | 'rulesAdoptedWhileFull', number>;
}

/** Others fill the disk below the reserve; alerts are answered; then the disk is completely full, and they are answered again. */
export function filledByOthers(disk: SmallDisk): Shortage {
  return {
    keepFree: '8',
    async takeAway() {
      const hasReserve = () => existsSync(join(disk.path, 'guarded', 'data', 'reserve'));
      if (!(await until(hasReserve, 5_000))) throw new Error('No reserve was made.');
      disk.fillUpTo(6 * mebibyte);
    },
    async meanwhile(site) {
      await answered(site, 'short');
      disk.fillUpTo(0);
      await answered(site, 'full');
      return 2;
    },
    giveBack: () => disk.enlarge(64),
  };
}

/** Somebody answers the alert, and rules are adopted: writes to a stream of alerts, and to governance. */
async function answered({ url, client, figures }: Site, when: string): Promise<void> {
  const alert = await alertIn(client);
  const path = `/alerts/${alert}/acknowledgement`;
  const answer = await client.send('POST', path, { name: `Site office, ${when}`, dueOn: '2018-07-20' });
  figures.alertsAsked += 1;
  if (answer?.status === 201) figures.alertsRecordedWhileFull += 1;
  const shown = await client.get('/rules');
  const rules = Object(shown?.body.rules) as Record<string, unknown>;
  const { status } = await fetch(`${url}/rules`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...rules, basis: `a disk that is ${when}` }),
  });
  figures.rulesAsked += 1;
  if (status === 201) figures.rulesAdoptedWhileFull += 1;
}

/** The service fills the disk itself. */
export function filledByItself(disk: SmallDisk): Shortage {
  return {
    keepFree: '0',
    takeAway: () => disk.fillUpTo(mebibyte / 4),
    giveBack: () => disk.enlarge(64),
  };
}

/** A file size limit not far above the store's WAL. */
export const longestFile: Shortage = {
  keepFree: '0',
  takeAway({ child }, dataPath) {
    const { size } = statSync(join(dataPath, 'events.db-wal'));
    limitFiles(child.pid ?? 0, size + mebibyte / 4);
  },
  giveBack: ({ child }) => void limitFiles(child.pid ?? 0, 'unlimited'),
};

/** The id of the first listed alert. */
export async function alertIn(client: SiteClient): Promise<string | undefined> {
  const [first] = ((await client.get('/alerts'))?.body.items as { alert: string }[] | undefined) ?? [];
  return first?.alert;
}

/** Waits until a condition holds; false if it does not in time. */
export async function until(isSo: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  for (const begun = performance.now(); performance.now() - begun < ms; await pause(20))
    if (await isSo()) return true;
  return false;
}
