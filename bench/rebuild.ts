import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Read } from '../src/app/read.js';
import { Views } from '../src/app/views.js';
import { world } from '../src/compose.js';
import type { EventStore } from '../src/event-store/event-store.js';
import { openSqliteStore } from '../src/event-store/sqlite.js';
import { type Bench, figureOf } from './figures.js';
import { fillStore } from './generate.js';
import { lastDay } from './site-life.js';

/** How many projects share the events: many short streams, or few long ones. */
const shapes = [
  { name: 'short streams', eventsEach: 10 },
  { name: 'long streams', eventsEach: 1_000 },
];

/**
 * Rebuilds all views of a log, compared in the same run with reading and parsing the log alone, and then folds every
 * project once for a portfolio that nobody has asked for yet.
 */
export const rebuild: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  for (const shape of shapes) {
    const folder = mkdtempSync(join(tmpdir(), 'topout-rebuild-'));
    const store = openSqliteStore(join(folder, 'events.db'), {
      ...world,
      nextTurn: (call) => void setImmediate(call),
    });
    try {
      await fillStore(store, { projects: events / shape.eventsEach, eventsEach: shape.eventsEach });
      const rebuilds: number[] = [];
      const reads: number[] = [];
      const folds: number[] = [];
      for (let run = 0; run < runs; run++) {
        reads.push(events / (await secondsOf(() => readLog(store))));
        const path = join(folder, `views-${run}.db`);
        const started = performance.now();
        const views = await Views.open({ store, world, storeName: store.installation, path });
        rebuilds.push(events / ((performance.now() - started) / 1000));
        const read = new Read(views, () => lastDay);
        folds.push(events / (await secondsOf(() => read.portfolio({}, 'district', {}))));
        await views.close();
        rmSync(path, { force: true });
      }
      const what = (figure: string) => ({
        bench: 'rebuild',
        figure: `${figure}, ${events} events in ${shape.name}`,
        unit: 'events/s',
      });
      yield figureOf(what('all views'), rebuilds, { name: 'the log read and parsed', values: reads });
      yield figureOf(what('first portfolio of every project'), folds, {
        name: 'the log read and parsed',
        values: reads,
      });
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
};

async function readLog(store: EventStore): Promise<void> {
  for await (const page of store.readAll()) if (page.length === 0) throw new Error('A page holds an event.');
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
