import { expect, test } from '@jest/globals';
import { addDays } from '../../../domain/values/days/calendar.js';
import { type Dice, diceOf } from '../../support/dice.js';
import { type Entry, history } from '../../support/entries.js';
import type { ComparedExplanations } from '../../support/explained.js';
import { compareProject } from '../../support/explained.js';
import { randomHistory } from '../../support/histories.js';
import { honestEntries } from '../progress/random/honest.js';
import { someEntries } from '../progress/random/reports.js';

const nothing = (): ComparedExplanations => ({
  moments: 0,
  figures: 0,
  nodes: 0,
  carried: 0,
  mismatches: [],
});

test.each([
  ['honest', (dice: Dice) => honestEntries(dice).entries],
  ['arbitrary', (dice: Dice) => someEntries(dice, 30)],
])('explanations of random %s reports equal their figures', (_, entriesOf) => {
  const found = nothing();
  for (let seed = 1; seed <= 40; seed += 1) {
    const dice = diceOf(seed);
    const entries: Entry[] = entriesOf(dice);
    const events = history(...entries);
    const days = events.map(({ entry }) => entry.asOf).sort();
    for (const asOf of [days.at(-1) ?? '2018-12-31', days[dice.int(0, days.length - 1)] ?? '2018-06-30'])
      compareProject({ project: `seed ${seed}`, events, knownAt: Infinity, asOf }, found);
  }
  expect(found.mismatches.slice(0, 20)).toEqual([]);
  expect(found.figures).toBeGreaterThan(1_000);
  // Those of which the scope changed, or work was undone, after the entry.
  expect(found.carried / found.nodes).toBeLessThan(0.03);
});

test('explanations of random histories equal their figures, with money, plans and forecasts', () => {
  const found = nothing();
  for (let seed = 1; seed <= 20; seed += 1) {
    const { events } = randomHistory(seed, { entries: 60 });
    const days = events.map(({ entry }) => entry.asOf).sort();
    const last = days.at(-1) ?? '2018-12-31';
    for (const asOf of [last, addDays(last, -40)])
      compareProject({ project: `seed ${seed}`, events, knownAt: Infinity, asOf }, found);
  }
  expect(found.mismatches.slice(0, 20)).toEqual([]);
  expect(found.figures).toBeGreaterThan(1_000);
  // Those of which the scope changed, or work was undone, after the entry.
  expect(found.carried / found.nodes).toBeLessThan(0.03);
});
