import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Decimal, decimalOf, decimalText } from '../../domain/values/amounts/decimal.js';
import { compareFractions } from '../../domain/values/amounts/fraction.js';
import { compareQuantities, converted, type Quantity, ratio } from '../../domain/values/amounts/quantity.js';
import { unitOf } from '../../domain/values/amounts/units.js';

const quantity = (amount: number | string, unit?: string): Quantity => ({
  amount: decimalOf(amount) as Decimal,
  unit,
});

/** The share in percent, to be read by people. */
function percent(done: Quantity, of: Quantity): number | undefined {
  const share = ratio(done, of);
  return share && (share.numerator / share.denominator) * 100;
}

describe('A decimal', () => {
  test.each([
    ['7,400', { digits: 7400, scale: 0 }],
    ['12.6', { digits: 126, scale: 1 }],
    [12.6, { digits: 126, scale: 1 }],
    ['7.40', { digits: 74, scale: 1 }],
    ['００７.５', { digits: 75, scale: 1 }],
    ['1 234 567.5', { digits: 12_345_675, scale: 1 }],
    ['0', { digits: 0, scale: 0 }],
    [0.000001, { digits: 1, scale: 6 }],
    [115.7, { digits: 1157, scale: 1 }],
  ])('is read from %j without rounding', (said, decimal) => {
    expect(decimalOf(said as string | number)).toEqual(decimal);
  });

  test.each(['7,40', '1,2345', '-3', '1e3', '.5', '5.', '', '1234567890123', '0.0000001', '七', Number.NaN])(
    'is not %j',
    (said) => {
      expect(decimalOf(said)).toBeUndefined();
    },
  );

  test.each([
    ['7400', '7,400'],
    ['0.05', '0.05'],
    ['1234567.5', '1,234,567.5'],
  ])('of %s is shown as %s', (said, shown) => {
    expect(decimalText(decimalOf(said) as Decimal)).toBe(shown);
  });
});

describe('A unit', () => {
  test.each([
    ['公里', 'km'],
    ['千米', 'KM'],
    ['里', '500 m'],
    ['延米', 'metres'],
    ['㎡', '平方米'],
    ['平米', 'm²'],
    ['公顷', 'ha'],
    ['km²', '平方公里'],
    ['m³', '立方米'],
    ['㎥', 'cubic metres'],
    ['吨', 't'],
    ['公斤', 'kg'],
    ['栋', 'buildings'],
    ['户', 'households'],
    ['piles', 'pile'],
    ['sq ft', 'square feet'],
  ])('%s is the same as %s', (one, other) => {
    const [, times = '1', name = other] = /^(\d+) (.+)$/.exec(other) ?? [];
    expect(percent(quantity(1, one), quantity(times, name))).toBe(100);
  });

  test.each([
    ['万 m³', 'm³', 10_000],
    ['百万立方米', '万方', 100],
    ['亿 m²', '平方公里', 100],
    ['百米', '米', 100],
    ['万块', '块', 10_000],
    ['million m³', '万方', 100],
    ['千亩', '亩', 1000],
  ])('one %s is %s times the other', (unit, other, times) => {
    expect(percent(quantity(1, unit), quantity(times, other))).toBe(100);
  });

  test.each([
    ['栋', '户'],
    ['座', '栋'],
    ['根', 'piles'],
    ['台', '套'],
    ['米', 'm²'],
    ['m²', 'm³'],
    ['t', 'm³'],
    ['万', 'm²'],
    ['栋', 'm²'],
  ])('%s does not convert to %s', (one, other) => {
    expect(ratio(quantity(1, one), quantity(1, other))).toBeUndefined();
    expect(compareQuantities(quantity(1, other), quantity(1, one))).toBeUndefined();
  });

  test('方 takes the dimension of the other unit', () => {
    expect(percent(quantity(9, '万方'), quantity(30, '万 m³'))).toBe(30);
    expect(percent(quantity(9, '万方'), quantity(30, '万平方米'))).toBe(30);
    expect(percent(quantity(9, '万方'), quantity(30, '万方'))).toBe(30);
    expect(percent(quantity(9, '方'), quantity(30, '米'))).toBeUndefined();
  });
});

describe('A share', () => {
  test.each([
    ['7400', '米', '12', '公里', 7400 / 120],
    ['90000', 'm³', '30', '万方', 30],
    ['6', '公里', '12,000', '米', 50],
    ['7.4', 'km', '12.6', 'km', (7.4 / 12.6) * 100],
    ['115.7', '万 m³', '1157000', '立方米', 100],
    ['2.95', '万块', '59000', '块', 50],
    ['300', '亩', '20', '公顷', 100],
    ['5', '里', '2.5', 'km', 100],
    ['2.95', '万', '59000', '块', 50],
    ['160', 'households', '100', '户', 160],
  ])('%s %s of %s %s is %d %%', (done, unit, total, totalUnit, share) => {
    expect(percent(quantity(done, unit), quantity(total, totalUnit))).toBeCloseTo(share, 10);
  });

  test('is in one unit where only one of them was named', () => {
    expect(percent(quantity(3), quantity(4, '栋'))).toBe(75);
    expect(percent(quantity(3, '栋'), quantity(4))).toBe(75);
  });

  test('of nothing is none', () => {
    expect(ratio(quantity(3), quantity(0))).toBeUndefined();
  });
});

/** Amounts with up to nine digits, in any of the units that convert to each other. */
const units = {
  length: ['m', 'km', '里', '百米', 'cm', 'mile', 'ft'],
  area: ['m²', '亩', '公顷', '万方', '平方公里', 'acres', 'sq ft'],
  volume: ['m³', '万方', '亿立方米', 'cubic yards', 'l'],
  mass: ['t', 'kg', '万吨', '斤'],
};
const amount = fc
  .record({ digits: fc.nat(999_999_999), scale: fc.nat(6) })
  .map(({ digits, scale }) => decimalOf((digits / 10 ** scale).toFixed(scale)) as Decimal);
const pair = fc
  .constantFrom(...Object.values(units))
  .chain((same) => fc.tuple(amount, fc.constantFrom(...same), fc.constantFrom(...same)));

describe('Units of one dimension', () => {
  test('convert there and back without a change', () => {
    fc.assert(
      fc.property(pair, ([value, from, to]) => {
        const there = converted({ amount: value, unit: from }, to);
        if (there) expect(converted({ amount: there, unit: to }, from)).toEqual(value);
        if (there)
          expect(compareQuantities({ amount: there, unit: to }, { amount: value, unit: from })).toBe(0);
      }),
    );
  });

  test('give the same share in whichever unit the whole is named', () => {
    fc.assert(
      fc.property(pair, amount, ([value, from, to], done) => {
        const whole = converted({ amount: value, unit: from }, to);
        if (!whole || value.digits === 0) return;
        const [one, other] = [
          ratio({ amount: done, unit: from }, { amount: value, unit: from }),
          ratio({ amount: done, unit: from }, { amount: whole, unit: to }),
        ];
        if (!one || !other) throw new Error('There is a share.');
        expect(one.numerator / one.denominator).toBeCloseTo(other.numerator / other.denominator, 12);
      }),
    );
  });
});

test('fractions are compared to the last digit', () => {
  const large = Number.MAX_SAFE_INTEGER;
  const a = { numerator: large - 1, denominator: large };
  const b = { numerator: large - 2, denominator: large - 1 };
  expect([compareFractions(a, b), compareFractions(b, a), compareFractions(a, a)]).toEqual([1, -1, 0]);
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1 }), fc.nat(), fc.integer({ min: 1 }), (n, d, m, e) => {
      const exact = BigInt(n) * BigInt(e) - BigInt(m) * BigInt(d);
      expect(compareFractions({ numerator: n, denominator: d }, { numerator: m, denominator: e })).toBe(
        exact > 0n ? 1 : exact < 0n ? -1 : 0,
      );
    }),
  );
});

test('every unit of the table reads its own name', () => {
  expect(unitOf('万 m³')).toEqual({ dimension: 'volume', size: { numerator: 10_000, denominator: 1 } });
  expect(unitOf('钢管桩')).toEqual({ dimension: '钢管桩', size: { numerator: 1, denominator: 1 } });
});
