import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultRules } from '../../../domain/governance/rules.js';
import { dueAlerts } from '../../../projections/alerts/due.js';
import { foldProject } from '../../../projections/project/project.js';
import {
  type Entry,
  history,
  invested,
  item,
  measured,
  moneyOf,
  percent,
  planned,
  wan,
} from '../../support/entries.js';

const [planDay, june30, july10] = ['2017-12-31', '2018-06-30', '2018-07-10'];
const plan = planned([item('works', 1), item('fit-out', 1)], planDay, { plannedInvestment: wan(1_000) });
const range = (low: number, high: number) =>
  measured('works', { kind: 'range', lowBasisPoints: low * 100, highBasisPoints: high * 100 }, june30);
const fitOut = measured('fit-out', percent(50), june30);

function gapOf(...entries: Entry[]) {
  const { watched } = dueAlerts(foldProject(history(plan, ...entries)), defaultRules, july10);
  const gap = watched.find(({ rule }) => rule === 'money-gap');
  return gap && { severity: gap.severity, isHeld: gap.isHeld, clears: gap.clears, reason: gap.reason };
}
const severity = (...entries: Entry[]) => gapOf(...entries)?.severity;

test('no gap while the share of the money can lie between the least and the most that may be done', () => {
  const works = [range(20, 80), fitOut];
  // At least 35 %, at most 65 %.
  expect(
    [350, 500, 650, 849, 850, 149, 150].map((money) => severity(...works, invested(wan(money), june30))),
  ).toEqual([null, null, null, null, 'yellow', 'yellow', 'yellow']);
});

test('works that nobody reported may be anywhere, and raise nothing', () => {
  expect(severity(invested(wan(900), june30))).toBeNull();
  expect(severity(fitOut, invested(wan(900), june30))).toBeNull();
});

test('a range of money is compared by its ends', () => {
  const works = [measured('works', percent(50), june30), fitOut];
  const about = (low: number, high: number) =>
    invested({ ...wan(low), lowMinor: low * 1_000_000, highMinor: high * 1_000_000 }, june30);
  expect(severity(...works, about(650, 900))).toBeNull();
  expect(severity(...works, about(700, 900))).toBe('yellow');
});

test('nothing reported is not 0 %, and raises nothing', () => {
  expect(gapOf(measured('works', percent(90), june30), fitOut)).toBeUndefined();
});

test('a gap that is over the limit says by which reports it ends, and they end it', () => {
  const works = [measured('works', percent(90), june30), measured('fit-out', percent(90), june30)];
  const low = invested(wan(100), june30, { basis: 'statistics' });
  expect(gapOf(...works, low)).toMatchObject({
    severity: 'red',
    reason: {
      en: 'The money is at 10 % of the plan (computed, in the statistics register), the works are at 90 %: 80 points apart; the rules warn from 20 points, red from 40.',
    },
    clears: {
      en: 'A report of money invested since the start (in the statistics register) of at least 75 % of the plan (750 万元), or a correction of the works.',
    },
  });
  const after = (amount: number, basis: 'statistics' | 'accounting') =>
    gapOf(...works, low, invested(wan(amount), july10, { basis }));
  expect(after(750, 'statistics')).toMatchObject({ severity: null, isHeld: false });
  expect(after(749, 'statistics')).toMatchObject({ severity: null, isHeld: true });
  expect(after(750, 'accounting')).toMatchObject({ severity: 'red' });
});

test('works that catch up with the money end the gap', () => {
  const money = invested(wan(900), june30);
  const at = (points: number, asOf: string) =>
    ['works', 'fit-out'].map((id) => measured(id, percent(points), asOf));
  expect(gapOf(...at(20, june30), money)?.clears.en).toBe(
    'Reports that bring the works to 75 % or more, or a correction of the money (basis not stated) to at most 35 % of the plan (350 万元).',
  );
  expect(gapOf(...at(20, june30), money, ...at(75, july10))).toMatchObject({ severity: null, isHeld: false });
  expect(gapOf(...at(20, june30), money, ...at(74, july10))).toMatchObject({ isHeld: true });
});

test('more than all of the works is never asked for: money far above the plan is to be corrected', () => {
  const far = gapOf(measured('works', percent(50), june30), invested(wan(4_000), june30));
  expect(far?.reason.en).toContain('400 % of the plan');
  expect(far?.clears.en).toMatch(
    /^A correction of the money \(basis not stated\) to at most \d+ % of the plan \(.*\)\.$/,
  );
  expect(far?.clears.zh).toMatch(/^更正投资（口径未说明），使其不超过计划的 \d+%（.*）。$/);
});

test('money of another kind, of an item or of a less preferred basis neither raises nor clears it', () => {
  const others = fc.array(
    fc.record({
      kind: fc.constantFrom(
        'paid' as const,
        'funds' as const,
        'contract' as const,
        'budget' as const,
        'item',
        'accounts',
      ),
      amount: fc.integer({ min: 0, max: 2_000 }),
      day: fc.constantFrom(june30, july10),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(others, fc.integer({ min: 0, max: 1_000 }), fc.nat(100), (drawn, amount, done) => {
      const works = [measured('works', percent(done), june30), measured('fit-out', percent(done), june30)];
      const money = invested(wan(amount), june30, { basis: 'physical' });
      const more = drawn.map(({ kind, amount: other, day }) => {
        if (kind === 'item') return invested(wan(other), day, { item: 'works', basis: 'physical' });
        if (kind === 'accounts') return invested(wan(other), day, { basis: 'accounting' });
        return moneyOf(kind, wan(other), day);
      });
      expect(gapOf(...works, money, ...more)).toEqual(gapOf(...works, money));
    }),
    { numRuns: 150, seed: 20180630 },
  );
});
