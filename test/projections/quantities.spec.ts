import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Measure } from '../../domain/project/events.js';
import type { PlannedTotal } from '../../domain/project/facts/measure.js';
import { measureWords } from '../../domain/project/facts/measure-words.js';
import { type Decimal, decimalOf } from '../../domain/values/amounts/decimal.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { isOfMore, isSmaller, statementOf } from '../../projections/progress/statement.js';

const decimal = (text: string): Decimal => decimalOf(text) as Decimal;
const said = (done: string, unit: string, of?: string): Measure => ({
  kind: 'quantity',
  done: decimal(done),
  unit,
  ...(of === undefined ? {} : { of: decimal(of) }),
});
const planned = (total: string, unit: string): PlannedTotal => ({ total: decimal(total), unit });
const count = (done: number, of?: number): Measure => ({ kind: 'count', done, ...(of ? { of } : {}) });
const stated = (measure: Measure, item?: PlannedTotal) => statementOf(measure, item, shippedLexicon);

/** Low, point and high in percent with one decimal. */
function bounds(measure: Measure, item?: PlannedTotal): (number | null)[] {
  const { low, point, high } = stated(measure, item);
  return [low, point, high].map((one) => one && Math.round(one / 10) / 10);
}

describe('What real reports say of amounts', () => {
  test.each<[string, Measure, PlannedTotal | undefined, number]>([
    ['7,400 米 of 12 公里', said('7400', '米'), planned('12', '公里'), 61.7],
    ['90,000 m³ of 30 万方', said('90000', 'm³'), planned('30', '万方'), 30],
    ['6 公里 of 12,000 米', said('6', '公里'), planned('12000', '米'), 50],
    ['24 里 of 12 km', said('24', '里'), planned('12', 'km'), 100],
    ['6 公顷 of 300 亩', said('6', '公顷'), planned('300', '亩'), 30],
    ['500 kg of 2 t', said('500', 'kg'), planned('2', 't'), 25],
    ['7.4 of 12.6 km', said('7.4', 'km', '12.6'), undefined, 58.7],
    ['115.7 of 200 万 m³', said('115.7', '万 m³'), planned('200', '万方'), 57.9],
    ['2.95 of 5.9 万块', said('2.95', '万块', '5.9'), undefined, 50],
    ['80 of 100 households', count(80), { of: 100, unit: '户' }, 80],
    ['more than there is', said('13', 'km'), planned('12.6', '公里'), 100],
    ['two storeys below ground of 2, 18 above', { kind: 'storeys', reached: 0 }, { of: 18, below: 2 }, 10],
    ['one of them', { kind: 'storeys', reached: -1, of: 18, below: 2 }, undefined, 5],
    ['the third floor', { kind: 'storeys', reached: 3 }, { of: 18, below: 2 }, 25],
  ])('%s is exact', (_, measure, item, percent) => {
    expect(bounds(measure, item)).toEqual([percent, percent, percent]);
  });

  test('piles without a total rise each time, and their share stays open', () => {
    const piles = [6, 80, 200, 300].map((done) => said(String(done), '根'));
    for (const measure of piles) expect(bounds(measure, undefined)).toEqual([1, null, 100]);
    const amounts = piles.map((measure) => stated(measure).amount);
    for (const [index, amount] of amounts.entries()) {
      const before = amounts[index - 1] ?? null;
      if (index > 0) expect([isSmaller(before, amount), isSmaller(amount, before)]).toEqual([true, false]);
    }
  });

  test('80 of 100 households, later 100 of 160, is of more and not less work', () => {
    const [before, after] = [stated(count(80, 100)), stated(count(100, 160))];
    expect([before.low, after.low]).toEqual([8000, 6250]);
    expect(isOfMore(after.amount, before.amount)).toBe(true);
    expect(isOfMore(stated(count(70, 160)).amount, before.amount)).toBe(false);
  });

  test('the third floor being poured is 2 to 3 of 18, and 2 is meant', () => {
    const poured: Measure = { kind: 'storeys', reached: 3, of: 18, isUnderWay: true };
    expect(bounds(poured)).toEqual([11.1, 11.1, 16.7]);
  });

  test('an amount in a unit that does not convert leaves the range open', () => {
    expect(bounds(said('80', '户'), planned('5', '栋'))).toEqual([1, null, 100]);
    expect(bounds(said('7400', '米'), planned('12', '亩'))).toEqual([1, null, 100]);
  });
});

const amount = fc
  .record({ digits: fc.integer({ min: 0, max: 99_999 }), scale: fc.nat(3) })
  .map(({ digits, scale }) => decimal((digits / 10 ** scale).toFixed(scale)));
const unit = fc.constantFrom('米', '公里', '亩', 'm²', '万方', 'm³', '栋', '户', '根', '万');
const total = fc.oneof(
  fc.constant({}),
  fc.record({ of: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ of: fc.integer({ min: 1, max: 500 }), unit }),
  fc.record({ total: amount.filter(({ digits }) => digits > 0), unit }),
);
const measure: fc.Arbitrary<Measure> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), done: fc.nat(500) }),
  fc.record({ kind: fc.constant('count' as const), done: fc.nat(500), unit }),
  fc.record({ kind: fc.constant('quantity' as const), done: amount, unit }),
  fc.record({
    kind: fc.constant('quantity' as const),
    done: amount,
    of: amount.filter(({ digits }) => digits > 0),
    unit,
  }),
  fc.record({ kind: fc.constant('storeys' as const), reached: fc.integer({ min: 1, max: 40 }) }),
);

test('the words leave the total open exactly where the figure does', () => {
  fc.assert(
    fc.property(measure, total, (one, item) => {
      const { en, zh } = measureWords(one, item);
      const isOpen = stated(one, item).amount?.of === null;
      const says = / of how many was not said$|, the plan has /;
      expect([says.test(en), /未说明$|，计划为 /.test(zh)]).toEqual([isOpen, isOpen]);
    }),
    { numRuns: 2000 },
  );
});
