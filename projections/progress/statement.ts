import type { Measure, WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Decimal, wholeDecimal } from '../../domain/values/amounts/decimal.js';
import { compareQuantities, type Quantity, ratio } from '../../domain/values/amounts/quantity.js';
import { type Lexicon, lexiconWord, namesEnd } from '../../domain/values/lexicon.js';

/** What one statement says of its item: it lies between `low` and `high`, in basis points (85 % is 8500), not rounded. */
export interface Statement {
  low: number;
  /** The best estimate; null where none was meant, as for an amount without a total. */
  point: number | null;
  high: number;
  /** True for a percentage, an amount with a total, done, not started; false for words, ranges, amounts without one. */
  isExact: boolean;
  amount: Amount | null;
}

/** The amount of a statement; storeys are amounts in the unit `storey`. */
export interface Amount {
  done: Quantity;
  /** The end of a range of amounts; `done` for a single one. */
  upTo: Quantity;
  /** The total, its own or the plan's; null without one. */
  of: Quantity | null;
  isOwnTotal: boolean;
}

/** The members of an item of the plan that give a statement what it left out. */
type Totals = Pick<WorkItem, 'of' | 'total' | 'below' | 'unit' | 'states'>;

/** The statement that something is done. */
export const done: Statement = exactly(wholeBasisPoints, null);

/**
 * The bounds that a measure states of its item.
 *
 * A missing total is that of the plan's item. Without one, or in a unit that does not convert to the plan's, the bounds
 * stay wide: a total is never invented. A word that the lexicon does not have states nothing.
 */
export function statementOf(measure: Measure, item: Totals | undefined, lexicon: Lexicon): Statement {
  switch (measure.kind) {
    case 'percent':
      return exactly(measure.basisPoints, null);
    case 'range': {
      const { lowBasisPoints: low, highBasisPoints: high, pointBasisPoints } = measure;
      return vaguely(low, pointBasisPoints ?? (low + high) / 2, high, null);
    }
    case 'count': {
      const { done: number, of, unit = item?.unit } = measure;
      const own = of === undefined ? undefined : quantity(wholeDecimal(of), unit);
      return amountStated(quantity(wholeDecimal(number), unit), undefined, own, item);
    }
    case 'quantity': {
      const { done: amount, upTo, of, unit } = measure;
      return amountStated(quantity(amount, unit), upTo, of && quantity(of, unit), item);
    }
    case 'storeys':
      return storeysStated(measure, item);
    case 'word': {
      const word = measure.meaning ?? lexiconWord(measure.word, lexicon);
      if (!word) return vaguely(0, null, wholeBasisPoints, null);
      // "Topped out" of an item that stands for topping out says that this item is reached.
      if (item?.states !== undefined && namesEnd(word)) return done;
      const { low, point, high } = word.range;
      return low === high ? exactly(low, null) : vaguely(low, point, high, null);
    }
  }
}

/** The level that a report states of its item, in basis points: the best estimate, or the least without one. */
export function levelOf(measure: Measure, item: Totals | undefined, lexicon: Lexicon): number {
  const { low, point } = statementOf(measure, item, lexicon);
  return point ?? low;
}

/** True for a measure that states an amount. */
export function isAmount(
  measure: Measure,
): measure is Extract<Measure, { kind: 'count' | 'quantity' | 'storeys' }> {
  return measure.kind === 'count' || measure.kind === 'quantity' || measure.kind === 'storeys';
}

/** True for an amount that may get its total from a plan. */
export function isWithoutTotal(measure: Measure): boolean {
  return isAmount(measure) && measure.of === undefined;
}

/** True for a statement that something is done. */
export function isDone(said: Statement): boolean {
  return said.isExact && said.low === wholeBasisPoints;
}

/** True if an amount is smaller than another one in the same unit. */
export function isSmaller(later: Amount | null, earlier: Amount | null): boolean {
  return later !== null && earlier !== null && (compared(later.upTo, earlier.done) ?? 0) < 0;
}

/** True if an amount is as large as another one in the same unit, or larger. */
export function isAsMuch(later: Amount | null, earlier: Amount | null): boolean {
  return later !== null && earlier !== null && (compared(later.done, earlier.upTo) ?? -1) >= 0;
}

/** True if as much or more is done of a total that has grown: a lower share is then no less work. */
export function isOfMore(later: Amount | null, earlier: Amount | null): boolean {
  if (!earlier?.of || !later?.of || !isAsMuch(later, earlier)) return false;
  return (compared(later.of, earlier.of) ?? 0) > 0;
}

/** An amount without a unit compares with others without one only. */
function compared(a: Quantity, b: Quantity): number | undefined {
  return (a.unit === undefined) === (b.unit === undefined) ? compareQuantities(a, b) : undefined;
}

function amountStated(
  done: Quantity,
  upTo: Decimal | undefined,
  own: Quantity | undefined,
  item: Totals | undefined,
): Statement {
  const total = own ?? totalOf(item);
  const share = total && shareOf(done, total);
  const most = upTo ? { ...done, amount: upTo } : done;
  const amount: Amount = { done, upTo: most, of: null, isOwnTotal: own !== undefined };
  if (!total || share === undefined) return ofUnknown(amount, wholeBasisPoints);
  amount.of = total;
  if (upTo === undefined) return exactly(share, amount);
  const high = shareOf(most, total) ?? wholeBasisPoints;
  return vaguely(share, (share + high) / 2, high, amount);
}

/** Storeys of both sides of the ground are one measure: two below of two and 18 above, the third is 5 of 20. */
function storeysStated(measure: Extract<Measure, { kind: 'storeys' }>, item: Totals | undefined): Statement {
  const below = measure.below ?? item?.below ?? 0;
  const reached = Math.max(0, measure.reached + below);
  const total = measure.of ?? item?.of;
  const amount: Amount = {
    done: storeys(measure.isUnderWay ? Math.max(0, reached - 1) : reached),
    upTo: storeys(reached),
    of: total === undefined ? null : storeys(total + below),
    isOwnTotal: measure.of !== undefined,
  };
  if (!amount.of) return ofUnknown(amount, mostOfStoreys);
  const low = shareOf(amount.done, amount.of) ?? 0;
  if (!measure.isUnderWay) return exactly(low, amount);
  return vaguely(low, low, shareOf(amount.upTo, amount.of) ?? 0, amount);
}

function storeys(number: number): Quantity {
  return quantity(wholeDecimal(number), 'storey');
}

/** An amount of an unknown total: something, or nothing yet. */
function ofUnknown(amount: Amount, most: number): Statement {
  if (amount.done.amount.digits > 0) return vaguely(100, null, most, amount);
  return vaguely(0, null, amount.upTo.amount.digits > 0 ? most : mostOfStoreys, amount);
}

const mostOfStoreys = 9900;

/** In basis points, at most 10,000, by one division; undefined where the units do not convert. */
function shareOf(done: Quantity, of: Quantity): number | undefined {
  if (of.amount.digits === 0) return 0;
  const share = ratio(done, of);
  if (!share) return undefined;
  const { numerator, denominator } = share;
  return numerator >= denominator ? wholeBasisPoints : (numerator * wholeBasisPoints) / denominator;
}

function totalOf(item: Totals | undefined): Quantity | undefined {
  const total = item?.total ?? (item?.of === undefined ? undefined : wholeDecimal(item.of));
  return total && quantity(total, item?.unit);
}

function quantity(amount: Decimal, unit: string | undefined): Quantity {
  return unit === undefined ? { amount } : { amount, unit };
}

function exactly(basisPoints: number, amount: Amount | null): Statement {
  return { low: basisPoints, point: basisPoints, high: basisPoints, isExact: true, amount };
}

function vaguely(low: number, point: number | null, high: number, amount: Amount | null): Statement {
  return { low, point, high, isExact: false, amount };
}
