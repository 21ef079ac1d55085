import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NewEvent } from '../src/event-store/event-store.js';
import { openSqliteStore } from '../src/event-store/sqlite/sqlite.js';
import { storePorts } from '../test/support/event-store-ports.js';
import { sampleEvent } from '../test/support/event-store-samples.js';
import { flushLoop, groupCommitLoop, removeStore, writtenIn } from './append-limits.js';
import { type Effort, type Figure, figureOf } from './figures.js';

/** Concurrent appends, and their total number. */
const loads = [
  { inFlight: 1, appends: 3000, small: 300 },
  { inFlight: 64, appends: 40_000, small: 6000 },
  { inFlight: 1024, appends: 80_000, small: 12_000 },
];
const streams = 1000;

const groupCommit = 'group commit of the same rows without the product';
const flushes = 'write and fdatasync of the same bytes';

/**
 * Appends of one event each to a store on disk, every answer durable, against the machine's limit: the same rows with
 * group commit, and for a single writer also the same bytes written and flushed one by one.
 */
export async function* append({ isSmall, runs }: Effort): AsyncIterable<Figure> {
  // Not the temporary folder, which may be in memory and flush nothing.
  const folder = mkdtempSync(fileURLToPath(new URL('../append-', import.meta.url)));
  try {
    for (const { inFlight, ...sizes } of loads) {
      const count = isSmall ? sizes.small : sizes.appends;
      const events = Array.from({ length: count }, (_, i) => sampleEvent(i, `bench ${i}`));
      const ours: Run[] = [];
      const grouped: number[] = [];
      const flushed: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const path = join(folder, `${inFlight}-${run}.db`);
        ours.push(await appendAll(path, events, inFlight));
        const written = writtenIn(path);
        removeStore(path);
        grouped.push(await groupCommitLoop(written, join(folder, 'bare.db'), inFlight));
        if (inFlight === 1) flushed.push(flushLoop(written, join(folder, 'bytes')));
      }
      const figure = `${inFlight} in flight`;
      const rates = ours.map(({ rate }) => rate);
      const what = { bench: 'append', figure, unit: 'events/s' };
      yield figureOf(what, rates, { name: groupCommit, values: grouped });
      if (inFlight === 1) yield figureOf(what, rates, { name: flushes, values: flushed });
      const slowest = { bench: 'append', figure: `${figure}, slowest of 100 answers`, unit: 'ms' };
      yield figureOf(
        slowest,
        ours.map(({ p99Ms }) => p99Ms),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  rate: number;
  p99Ms: number;
}

async function appendAll(path: string, events: readonly NewEvent[], inFlight: number): Promise<Run> {
  const store = openSqliteStore(path, storePorts());
  const waits: number[] = [];
  let next = 0;
  const before = performance.now();
  const hand = async () => {
    while (next < events.length) {
      const number = next;
      next += 1;
      const sent = performance.now();
      await store.append(`project-${number % streams}`, [events[number] as NewEvent], 'any');
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
  const seconds = (performance.now() - before) / 1000;
  await store.close();
  waits.sort((a, b) => a - b);
  return { rate: events.length / seconds, p99Ms: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN };
}
