import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { streamOf } from '../domain/project/events.js';
import { addDays } from '../domain/values/days/calendar.js';
import { compose } from '../src/composition/compose.js';
import type { Composed } from '../src/composition/composed.js';
import { readConfig } from '../src/composition/settings/config.js';
import type { NewEvent } from '../src/event-store/event-store.js';
import { type Dice, diceOf, uuidOf } from '../test/support/dice.js';
import { type Bench, figureOf } from './figures.js';
import { siteMix } from './site-mix.js';

/** Entries of the project, and reads per run. */
const sizes = [
  { entries: 10, reads: 500, small: 60 },
  { entries: 100, reads: 500, small: 60 },
  { entries: 1_000, reads: 300, small: 60 },
  { entries: 10_000, reads: 40, small: 0 },
];
const writesPerSecond = 1_000;
/** Concurrent writes, and the projects they go to. */
const atOnce = 10;
const otherProjects = 100;
const mostOpen = 200;

/**
 * One project with all figures, contradictions and alerts, on random days as known at random positions, through a
 * composed service on disk, while 1,000 durable events per second are appended to other projects; versus the same reads
 * without writes.
 */
export const asOf: Bench = async function* ({ isSmall, runs }) {
  // Not the temporary folder, which may be in memory and flush nothing.
  const folder = mkdtempSync(fileURLToPath(new URL('../as-of-', import.meta.url)));
  const config = readConfig({
    TOPOUT_DATA: join(folder, 'data'),
    TOPOUT_EXAMPLE: 'off',
    TOPOUT_TODAY: '2030-01-01',
  });
  const composed = await compose(config);
  try {
    for (const { entries, ...counts } of sizes) {
      const reads = isSmall ? counts.small : counts.reads;
      if (reads === 0) continue;
      const site = await siteOf(composed, entries);
      const busy: Times[] = [];
      const quiet: Times[] = [];
      const rates: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        quiet.push(await readTimes(composed, site, reads, diceOf(run)));
        const writer = writing(composed, `${entries}-${run}`);
        busy.push(await readTimes(composed, site, reads, diceOf(run)));
        rates.push(await writer.stop());
      }
      const what = (figure: string, unit: string) => ({ bench: 'as-of', figure, unit });
      for (const part of ['p50', 'p99'] as const)
        yield figureOf(
          what(`project of ${entries} entries while ${writesPerSecond} events/s are appended, ${part}`, 'ms'),
          busy.map((times) => times[part]),
          { name: 'the same reads without a writer', values: quiet.map((times) => times[part]) },
        );
      yield figureOf(what(`appends beside reads of ${entries} entries`, 'events/s'), rates);
    }
  } finally {
    await composed.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Site {
  project: string;
  /** The days of its entries, and their positions in the log. */
  days: [string, ...string[]];
  first: number;
  last: number;
}

interface Times {
  p50: number;
  p99: number;
}

async function siteOf({ store, topout }: Composed, entries: number): Promise<Site> {
  const project = `site-${entries}`;
  const events = siteMix(project, entries, entries);
  const positions: number[] = [];
  for (let from = 0; from < entries; from += 500) {
    const some = events.slice(from, from + 500);
    const appended = await store.append(streamOf(project), some, from === 0 ? 'no-stream' : from - 1);
    positions.push(...appended.events.map(({ position }) => position));
  }
  const [first = 0] = positions;
  const last = positions.at(-1) ?? first;
  await topout.project(project, { after: last });
  return { project, days: events.map(({ entry }) => entry.asOf) as Site['days'], first, last };
}

async function readTimes(
  { topout }: Composed,
  { project, days, first, last }: Site,
  reads: number,
  dice: Dice,
): Promise<Times> {
  const times: number[] = [];
  for (let read = 0; read < reads; read += 1) {
    const position = dice.int(first, last);
    const asOfDay = addDays(dice.pick(days), 60);
    const started = performance.now();
    await topout.project(project, { asOf: asOfDay, knownAt: { position } });
    times.push(performance.now() - started);
    // Yields to other work, as between two requests.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  times.sort((a, b) => a - b);
  const at = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Appends single events until stopped; returns the rate per second. */
function writing({ store }: Composed, name: string): { stop(): Promise<number> } {
  let isStopped = false;
  let written = 0;
  const started = performance.now();
  const one = async (number: number) => {
    const stream = streamOf(`other-${number % otherProjects}`);
    await store.append(stream, [progress(`${name} ${number}`, number)], 'any');
    written += 1;
  };
  const open = new Set<Promise<void>>();
  const done = (async () => {
    for (let number = 0; !isStopped; number += atOnce) {
      const due = started + (number / writesPerSecond) * 1_000;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      if (open.size > mostOpen) await Promise.race(open);
      for (let i = 0; i < atOnce; i += 1) {
        const write = one(number + i).finally(() => open.delete(write));
        open.add(write);
      }
    }
    await Promise.all(open);
  })();
  return {
    async stop() {
      isStopped = true;
      await done;
      return written / ((performance.now() - started) / 1_000);
    },
  };
}

function progress(name: string, number: number): NewEvent {
  return {
    type: 'ProgressMeasured',
    data: { item: `item-${number % 12}`, measure: { kind: 'percent', basisPoints: number % 10_000 } },
    entry: { asOf: addDays('2018-01-01', number % 1_000), precision: 'day', source: { kind: 'inspection' } },
    id: uuidOf(name),
    by: 'inspector',
  };
}
