import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alwaysLeader } from '../src/app/alerts/leadership.js';
import { AlertProcess } from '../src/app/alerts/process.js';
import { Governed } from '../src/app/governance/governed.js';
import { States } from '../src/app/queries/states.js';
import { openViews } from '../src/composition/view-list.js';
import { world } from '../src/composition/world.js';
import type { EventStore } from '../src/event-store/event-store.js';
import { openSqliteStore } from '../src/event-store/sqlite/sqlite.js';
import { type Bench, figureOf } from './figures.js';
import { fillStore } from './generate.js';
import { lastDay } from './site-life.js';

const storeName = 'alerts';

/**
 * Rebuilds all views of a log, then evaluates all alerts, and compares the total with the rebuild alone: once with the
 * stored due index, and once without, so that every project is read, folded and evaluated.
 *
 * The alerts are already in the log, as in every rebuild, so nothing is recorded.
 */
export const alerts: Bench = async function* ({ isSmall, runs, events = isSmall ? 20_000 : 1_000_000 }) {
  const eventsEach = 100;
  const folder = mkdtempSync(join(tmpdir(), 'topout-alerts-'));
  const store = openSqliteStore(join(folder, 'events.db'), {
    ...world,
    nextTurn: (call) => void setImmediate(call),
  });
  try {
    await fillStore(store, { projects: events / eventsEach, eventsEach });
    const kept = join(folder, 'due.db');
    await rebuilt(store, folder, kept);
    for (const index of [
      { name: 'kept', path: kept },
      { name: 'lost', path: ':memory:' },
    ]) {
      const rebuilds: number[] = [];
      const both: number[] = [];
      for (let run = 0; run < runs; run++) {
        const { rebuildMs, evaluateMs } = await rebuilt(store, folder, index.path);
        rebuilds.push(rebuildMs / 1000);
        both.push((rebuildMs + evaluateMs) / 1000);
      }
      yield figureOf(
        {
          bench: 'alerts',
          figure: `all views rebuilt and all alerts decided, the index of what is due ${index.name}, ${events} events`,
          unit: 's',
        },
        both,
        { name: 'all views rebuilt', values: rebuilds },
      );
    }
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Builds the views from the log, then evaluates every project; returns the time of each step. */
async function rebuilt(
  store: EventStore,
  folder: string,
  index: string,
): Promise<{ rebuildMs: number; evaluateMs: number }> {
  const path = join(folder, 'views.db');
  const started = performance.now();
  const views = await openViews({ store, world, storeName, path });
  const rebuildMs = performance.now() - started;
  const process = AlertProcess.start({
    store,
    views,
    states: new States(views),
    world,
    governed: new Governed(views, { calendar: () => undefined, names: () => [] }),
    todayIn: () => lastDay,
    path: index,
    storeName,
    leadership: alwaysLeader,
  });
  await process.whenIdle();
  const evaluateMs = performance.now() - started - rebuildMs;
  await process.close();
  await views.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  return { rebuildMs, evaluateMs };
}
