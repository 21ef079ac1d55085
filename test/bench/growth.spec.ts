import { expect, test } from '@jest/globals';
import { type Grown, tableOf } from '../../bench/growth.js';

const rebuilt = (events: number, value: number, ratio?: number): Grown => ({
  bench: 'rebuild',
  figure: `all views, ${events} events in short streams`,
  value,
  unit: 'events/s',
  runs: 5,
  min: value,
  max: value,
  ...(ratio === undefined ? {} : { versus: 'the log read', versusValue: 1, ratio }),
  events,
});

test('a figure at several sizes is one row of the table', () => {
  expect(tableOf([rebuilt(10_000, 330_000, 0.5), rebuilt(100_000, 320_000, 0.4)])).toBe(
    [
      '| Figure | 10,000 | 100,000 |',
      '| --- | --- | --- |',
      '| `rebuild`: all views, N events in short streams, events/s (versus the log read) | 330,000 (0.5) | 320,000 (0.4) |',
    ].join('\n'),
  );
});

test('a size that was not run is marked, and a missing figure is empty', () => {
  const missing: Grown = { bench: 'start', figure: 'all', run: 'not run: ended with 2', events: 10_000 };
  expect(tableOf([rebuilt(1_000, 7), missing])).toBe(
    [
      '| Figure | 1,000 | 10,000 |',
      '| --- | --- | --- |',
      '| `rebuild`: all views, N events in short streams, events/s | 7 |  |',
      '| `start`: all |  | not run: ended with 2 |',
    ].join('\n'),
  );
});
