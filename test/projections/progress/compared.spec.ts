import { expect, test } from '@jest/globals';
import { diceOf } from '../../support/dice.js';
import type { Entry } from '../../support/entries.js';
import { differenceAt, type Point, readable, shrunk } from './random/difference.js';
import { someEntries } from './random/reports.js';

/** Random histories, each read at ten points of both clocks; PROGRESS_HISTORIES=2000 runs the whole comparison. */
const histories = Number(process.env.PROGRESS_HISTORIES ?? 150);
const first = Number(process.env.PROGRESS_FIRST ?? 1);

test('the projection shows what the rules define, for every history and point of both clocks', () => {
  const seen: string[] = [];
  for (let seed = first; seed < first + histories; seed++) {
    const dice = diceOf(seed);
    const entries = someEntries(dice, dice.int(3, 25));
    for (let number = 0; number < 10; number++) {
      const point = { known: dice.int(1, entries.length), asOf: dice.pick(daysOf(entries)) };
      const different = differenceAt(entries, point);
      if (different === undefined) continue;
      seen.push(`history ${seed}: ${minimal(entries, point)}`);
      break;
    }
    if (seen.length > 0) break;
  }
  expect(seen.join('\n\n')).toBe('');
}, 600_000);

function minimal(entries: readonly Entry[], point: Point): string {
  const { entries: left, asOf } = shrunk(entries, point);
  const different = differenceAt(left, { known: left.length, asOf });
  return `on ${asOf}, ${different}\n${readable(left)}`;
}

function daysOf(entries: readonly Entry[]): [string, ...string[]] {
  return entries.map(({ entry }) => entry.asOf) as [string, ...string[]];
}
