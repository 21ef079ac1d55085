import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fillStore } from '../../bench/generate.js';
import { ViewsFile } from '../../src/app/views/views-file.js';
import { linesPath, storePath, viewsPath } from '../../src/composition/folder/data-paths.js';
import { viewsBesideJournal } from '../../src/composition/view-list.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { launch } from '../service/child-service.js';
import { Inspectors } from '../service/inspectors.js';
import { SiteClient } from '../service/site-client.js';

import { caughtUp, freshFold, linesAreFresh, viewsAsTheyLie } from './fresh-fold.js';

/** The position of the views when the process to be killed starts: none, behind a long log, or at its end. */
const beginnings = ['none', 'behind', 'live'] as const;
type Beginning = (typeof beginnings)[number];

const fresh = () => ({
  kills: 0,
  killedWithin: 0,
  noneYet: 0,
  heldUnfinished: 0,
  digestMismatch: 0,
  mismatchAfterRestart: 0,
  linesMismatch: 0,
  notMadeAgain: 0,
});

/**
 * Views always equal the fold of exactly the events up to their position, wherever the process was killed, and after
 * the next start those of the whole log.
 *
 * A round is one `kill -9`: at a random statement on the views, while they are rebuilt, while they catch up with a long
 * log or while 64 inspectors write, or at a random moment of that writing.
 *
 * Broken, each statement is committed separately.
 */
export const viewcrash: Proof = {
  rounds: { small: 4, full: 200 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const dice = diceOf(seed);
    const folder = mkdtempSync(fileURLToPath(new URL('../../viewcrash-', import.meta.url)));
    const dataPath = join(folder, 'data');
    const figures = fresh();
    const onStore = async <Result>(work: (store: SqliteStore) => Promise<Result>): Promise<Result> => {
      const store = openSqliteStore(storePath(dataPath), { ...world, nextTurn });
      return work(store).finally(() => store.close());
    };
    let events = 0;
    try {
      await onStore((store) => fillStore(store, { projects: rounds > 20 ? 200 : 30, eventsEach: 100 }));
      for (let round = 0; round < rounds; round += 1) {
        const beginning = beginnings[round % beginnings.length] ?? 'none';
        await onStore((store) => begun(dataPath, store, beginning, dice));
        const isByChance = beginning === 'live' && dice.chance(50);
        const isWithin = await killed(dataPath, {
          name: `viewcrash ${seed} ${round}`,
          at: isByChance ? undefined : dice.int(1, 300),
          afterMs: isByChance ? dice.int(50, 500) : undefined,
          isBroken,
        });
        figures.kills += 1;
        if (isWithin) figures.killedWithin += 1;
        await onStore(async (store) => {
          const lie = viewsAsTheyLie(dataPath, store.installation);
          events = await store.head();
          if (!lie) figures.noneYet += 1;
          else if (lie.digest !== (await freshFold(store, lie.position))) figures.digestMismatch += 1;
          if (lie && lie.position < events) figures.heldUnfinished += 1;
          const after = await caughtUp(dataPath, store, store.installation);
          if (after?.position !== events) figures.notMadeAgain += 1;
          else if (after.digest !== (await freshFold(store, events))) figures.mismatchAfterRestart += 1;
          if (!(await linesAreFresh(dataPath, store, store.installation))) figures.linesMismatch += 1;
        });
        // One breach is enough to detect it.
        if (isBroken && figures.digestMismatch + figures.linesMismatch > 0) break;
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const { digestMismatch, mismatchAfterRestart, notMadeAgain, linesMismatch, killedWithin } = figures;
    return {
      figures: { ...figures, events },
      pass: digestMismatch + mismatchAfterRestart + notMadeAgain + linesMismatch === 0 && killedWithin > 0,
    };
  },
};

/** Sets the views to the initial state of a round. */
async function begun(dataPath: string, store: SqliteStore, beginning: Beginning, dice: Dice): Promise<void> {
  if (beginning === 'live') return;
  for (const path of [viewsPath(dataPath), linesPath(dataPath)])
    for (const suffix of ['', '-wal', '-shm', '-journal', '.next']) rmSync(path + suffix, { force: true });
  if (beginning === 'none') return;
  const upTo = dice.int(1, Math.floor((await store.head()) / 2));
  const file = ViewsFile.create(viewsPath(dataPath), store.installation, viewsBesideJournal);
  for await (const page of store.readAll()) {
    file.apply(page.filter(({ position }) => position <= upTo));
    if (file.position >= upTo) break;
  }
  file.close();
}

/** Starts the service, writes once it answers, and waits until it is killed; true if it was at a statement. */
async function killed(
  dataPath: string,
  when: { name: string; at: number | undefined; afterMs: number | undefined; isBroken: boolean },
): Promise<boolean> {
  const service = launch(dataPath, {
    before: ['views/projection-ends.js'],
    env: { PROVE_KILL_AT: String(when.at ?? ''), PROVE_TORN: when.isBroken ? 'yes' : 'no' },
  });
  const at = await service.url;
  if (at === undefined) return (await service.ended).signal === 'SIGKILL';
  const client = new SiteClient(at);
  const inspectors = new Inspectors(client, when.name);
  let isOutside = false;
  const ended = service.ended.then(() => undefined);
  const writing = inspectors
    .register()
    .catch(() => undefined)
    .then(() => inspectors.work());
  await Promise.race([ended, writing.then(() => pause(when.afterMs ?? 10_000))]);
  if (service.child.exitCode === null && service.child.signalCode === null) {
    isOutside = true;
    await service.kill();
  }
  await inspectors.stop();
  await client.close();
  return !isOutside;
}
