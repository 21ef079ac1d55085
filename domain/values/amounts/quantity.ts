import { type Decimal, mostDecimals } from './decimal.js';
import { compareFractions, type Fraction, fractionOf, inverse, isExact, product } from './fraction.js';
import { isMeasured, type Unit, unitOf } from './units.js';

/** An amount in a unit as it was said; without a unit it is in the unit of the amount that it is compared with. */
export interface Quantity {
  amount: Decimal;
  unit?: string;
}

/**
 * The share that one amount is of another one; undefined where one unit does not convert to the other, or the whole is 0.
 *
 * 7,400 米 of 12 公里 is 7400/12000. More than the whole is more than 1.
 */
export function ratio(done: Quantity, of: Quantity): Fraction | undefined {
  if (of.amount.digits === 0) return undefined;
  const factor = conversion(done.unit, of.unit);
  if (!factor) return undefined;
  // Nearly all are counts, or amounts that were stated in the same unit.
  if (factor === one && done.amount.scale === of.amount.scale)
    return { numerator: done.amount.digits, denominator: of.amount.digits };
  return product([fractionOf(done.amount), factor, inverse(fractionOf(of.amount))]);
}

/** Below 0, 0 or above 0 as the first amount is smaller, equal or larger; undefined where the units do not convert. */
export function compareQuantities(a: Quantity, b: Quantity): number | undefined {
  const factor = conversion(a.unit, b.unit);
  if (factor === one && a.amount.scale === b.amount.scale)
    return Math.sign(a.amount.digits - b.amount.digits);
  return factor && compareFractions(product([fractionOf(a.amount), factor]), fractionOf(b.amount));
}

/** The amount in another unit, if it is a decimal there: 12 公里 are 12,000 米, and 1 亩 is none in m². */
export function converted({ amount, unit }: Quantity, to: string): Decimal | undefined {
  const factor = conversion(unit, to);
  return factor && decimalIn(product([fractionOf(amount), factor]));
}

/** An amount times so many tenths: 3 times 9 tenths is 2.7. */
export function scaled({ digits, scale }: Decimal, tenths: number): Decimal {
  const product = digits * tenths;
  return product % 10 === 0 ? { digits: product / 10, scale } : { digits: product, scale: scale + 1 };
}

/** True if an amount in one unit is one in the other unit too; an absent unit is whatever the other one is. */
export function isConvertible(from: string | undefined, to: string | undefined): boolean {
  return conversion(from, to) !== undefined;
}

/** By how much an amount in one unit is multiplied in another one; undefined where they do not convert. */
function conversion(from: string | undefined, to: string | undefined): Fraction | undefined {
  if (from === to || from === undefined || to === undefined) return one;
  const pair = `${from}\n${to}`;
  let factor = factors.get(pair);
  if (factor === undefined) {
    const [a, b] = [unitOf(from), unitOf(to)];
    factor = isOneDimension(a, b) ? product([a.size, inverse(b.size)]) : null;
    if (factors.size === mostFactors) factors.clear();
    factors.set(pair, factor);
  }
  return factor ?? undefined;
}

/** Factors by both units; null for units that do not convert. Cached, since every entry of an item has the same ones. */
const factors = new Map<string, Fraction | null>();
const mostFactors = 1000;
const one: Fraction = { numerator: 1, denominator: 1 };

function isOneDimension(a: Unit, b: Unit): boolean {
  return a.dimension === b.dimension || isOpenTo(a, b) || isOpenTo(b, a);
}

/** 方 takes the dimension of the other unit, if that is area or volume; a bare 万 counts what the other one counts. */
function isOpenTo({ dimension }: Unit, other: Unit): boolean {
  if (dimension === 'area-or-volume') return other.dimension === 'area' || other.dimension === 'volume';
  return dimension === '' && !isMeasured(other);
}

/** The decimal that a fraction is; undefined for one that never ends or has too many digits. */
function decimalIn(fraction: Fraction): Decimal | undefined {
  for (let scale = 0; scale <= mostDecimals; scale += 1) {
    const digits = product([fraction, { numerator: 10 ** scale, denominator: 1 }]);
    if (!isExact(digits)) return undefined;
    if (digits.numerator % digits.denominator === 0)
      return { digits: digits.numerator / digits.denominator, scale };
  }
  return undefined;
}
