import { dirname } from 'node:path';
import { addDays } from '../domain/values/days/calendar.js';
import { compose } from '../src/composition/compose.js';
import type { Composed } from '../src/composition/composed.js';
import { readConfig } from '../src/composition/settings/config.js';
import { diceOf } from '../test/support/dice.js';
import { appending } from './appending.js';
import { type Bench, figureOf } from './figures.js';
import type { Log } from './logs.js';
import { logOf } from './logs.js';
import { dayCount, firstDay, lastDay } from './site-life.js';

/** Points of both clocks requested per run. */
const points = { small: 60, full: 300 };
/** How long appends are counted, and the reader's pause between portfolios. */
const meanwhileMs = { counted: 4_000, between: 250 };

/**
 * The portfolio of all projects in groups, as of any day and as known at any position; then the rate of appends with 64
 * in flight to the same service while a reader requests it four times a second, versus the rate without.
 */
export const portfolio: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  const log = await logOf({ events, shape: 'short' });
  const composed = await compose(
    readConfig({ TOPOUT_DATA: dirname(log.path), TOPOUT_EXAMPLE: 'off', TOPOUT_TODAY: lastDay }),
  );
  const dice = diceOf(7);
  const what = (figure: string, unit: string) => ({
    bench: 'portfolio',
    figure: `${figure}, ${log.projects} projects of ${log.events} events`,
    unit,
  });
  const anyPoint = () => ({
    asOf: addDays(firstDay, dice.int(0, dayCount)),
    knownAt: { position: dice.int(1, log.events) },
  });
  const ask = async (point: Partial<ReturnType<typeof anyPoint>>) => {
    const before = performance.now();
    await composed.topout.portfolio(point, 'district', {});
    return performance.now() - before;
  };
  try {
    const waits = { p50: [] as number[], p99: [] as number[], now: [] as number[] };
    const rates = { alone: [] as number[], meanwhile: [] as number[] };
    for (let run = 0; run < runs; run++) {
      // Processing the appends of the previous run takes longer than a reader waits.
      await composed.lines.settle();
      const all: number[] = [];
      for (let point = 0; point < points[isSmall ? 'small' : 'full']; point++) {
        all.push(await ask(anyPoint()));
        await new Promise(setImmediate);
      }
      all.sort((a, b) => a - b);
      waits.p50.push(all[all.length >> 1] ?? Number.NaN);
      waits.p99.push(all[Math.floor(all.length * 0.99)] ?? Number.NaN);
      waits.now.push(await ask({ asOf: lastDay }));
      const counted = isSmall ? meanwhileMs.counted / 4 : meanwhileMs.counted;
      rates.alone.push(await appending(composed.store, log, counted, `${run} alone`));
      rates.meanwhile.push(await whileAsked(composed, log, counted, () => ask(anyPoint()), `${run} asked`));
    }
    yield figureOf(what('any point, p50', 'ms'), waits.p50);
    yield figureOf(what('any point, p99', 'ms'), waits.p99);
    yield figureOf(what('today', 'ms'), waits.now);
    yield figureOf(what('appends while it is read', 'events/s'), rates.meanwhile, {
      name: 'appends alone',
      values: rates.alone,
    });
  } finally {
    await composed.close();
    log.remove();
  }
};

/** The rate of appends during portfolio reads. */
async function whileAsked(
  { store }: Composed,
  log: Log,
  ms: number,
  ask: () => Promise<unknown>,
  name: string,
): Promise<number> {
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, meanwhileMs.between));
    }
  })();
  const rate = await appending(store, log, ms, name);
  isOver = true;
  await asking;
  return rate;
}
