import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RulesAt } from '../src/app/governance/rules-at.js';
import { PortfolioRows } from '../src/app/portfolio/portfolio-rows.js';
import { Views } from '../src/app/views/views.js';
import { rowThreads } from '../src/composition/row-threads.js';
import { openViews } from '../src/composition/view-list.js';
import { nextTurn, world } from '../src/composition/world.js';
import type { EventStore } from '../src/event-store/event-store.js';
import { openSqliteStore } from '../src/event-store/sqlite/sqlite.js';
import { type Bench, figureOf } from './figures.js';
import { eventsEach, logOf, type ShapeName } from './logs.js';

const shapes = Object.keys(eventsEach) as ShapeName[];

/**
 * Rebuilds everything derived from a log: the views, then the row of every project for every point of both clocks.
 * Compared in the same run with reading and parsing the log alone.
 */
export const rebuild: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  for (const shape of shapes) {
    const log = await logOf({ events, shape });
    const store = openSqliteStore(log.path, { ...world, nextTurn });
    try {
      const rates = {
        views: [] as number[],
        rows: [] as number[],
        all: [] as number[],
        reads: [] as number[],
      };
      for (let run = 0; run < runs; run++) {
        rates.reads.push(log.events / (await secondsOf(() => readLog(store))));
        const seconds = await made(store, join(dirname(log.path), `run-${run}`));
        rates.views.push(log.events / seconds.views);
        rates.rows.push(log.events / seconds.rows);
        rates.all.push(log.events / (seconds.views + seconds.rows));
      }
      const what = (figure: string) => ({
        bench: 'rebuild',
        figure: `${figure}, ${log.events} events in ${shape} streams`,
        unit: 'events/s',
      });
      const versus = { name: 'the log read and parsed', values: rates.reads };
      yield figureOf(what('all views'), rates.all, versus);
      yield figureOf(what('of these, alerts and deliveries'), rates.views, versus);
      yield figureOf(what('of these, rows of projects'), rates.rows, versus);
    } finally {
      await store.close();
      log.remove();
    }
  }
};

async function made(
  store: EventStore & { installation: string },
  path: string,
): Promise<{ views: number; rows: number }> {
  const storeName = store.installation;
  let views: Views | undefined;
  const ofViews = await secondsOf(async () => {
    views = await openViews({ store, world, storeName, path: `${path}-views.db` });
  });
  if (!views) throw new Error('Views are open once they are made.');
  const threads = rowThreads();
  const ports = {
    ...{ elapsedMs: () => performance.now(), nextTurn, after: world.after },
    ...(threads ? { rowThreads: threads } : {}),
  };
  const lines = PortfolioRows.open(views, new RulesAt(views), ports, { path: `${path}-lines.db`, storeName });
  const ofRows = await secondsOf(() => lines.settle());
  await lines.close();
  await views.close();
  for (const name of ['views', 'lines']) rmSync(`${path}-${name}.db`, { force: true });
  return { views: ofViews, rows: ofRows };
}

async function readLog(store: EventStore): Promise<void> {
  for await (const page of store.readAll()) if (page.length === 0) throw new Error('A page holds an event.');
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
