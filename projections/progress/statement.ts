import type { Measure, WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type Decimal, wholeDecimal } from '../../domain/values/decimal.js';
import { type Lexicon, lexiconWord } from '../../domain/values/lexicon.js';
import { compareQuantities, type Quantity, ratio } from '../../domain/values/quantity.js';

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

/** The amount of a statement. */
export interface Amount {
  /** Storeys compare with storeys only. */
  isStoreys: boolean;
  done: Quantity;
  /** The total, its own or the plan's; null without one. */
  of: Quantity | null;
  isOwnTotal: boolean;
}

/** The members of an item of the plan that give a statement what it left out. */
type Totals = Pick<WorkItem, 'of' | 'total' | 'below' | 'unit'>;

/** The statement that something is done. */
export const saysDone: Statement = exactly(wholeBasisPoints, null);

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
      const { done, of, unit } = measure;
      const own = of === undefined ? undefined : quantity(wholeDecimal(of), unit);
      return amountStated(quantity(wholeDecimal(done), unit), undefined, own, item);
    }
    case 'quantity': {
      const { done, upTo, of, unit } = measure;
      return amountStated(quantity(done, unit), upTo, of && quantity(of, unit), item);
    }
    case 'storeys':
      return storeysStated(measure, item);
    case 'word': {
      const range = lexiconWord(measure.word, lexicon)?.range;
      if (!range) return vaguely(0, null, wholeBasisPoints, null);
      const { low, point, high } = range;
      return low === high ? exactly(low, null) : vaguely(low, point, high, null);
    }
  }
}

/** Below 0, 0 or above 0 as the first amount is smaller, equal or larger; undefined where they do not compare. */
export function compareAmounts(a: Amount, b: Amount): number | undefined {
  return a.isStoreys === b.isStoreys ? compareQuantities(a.done, b.done) : undefined;
}

/** True if as much or more is done of a total that has grown: a lower share is then no less work. */
export function isOfMore(earlier: Amount | null, later: Amount | null): boolean {
  if (!earlier?.of || !later?.of) return false;
  const grown = compareQuantities(later.of, earlier.of) ?? 0;
  return grown > 0 && (compareAmounts(later, earlier) ?? -1) >= 0;
}

function amountStated(
  done: Quantity,
  upTo: Decimal | undefined,
  own: Quantity | undefined,
  item: Totals | undefined,
): Statement {
  const total = own ?? totalOf(item);
  const share = total && shareOf(done, total);
  const amount: Amount = { isStoreys: false, done, of: null, isOwnTotal: own !== undefined };
  if (!total || share === undefined) return ofUnknown(done.amount.digits > 0, wholeBasisPoints, amount);
  amount.of = total;
  if (upTo === undefined) return exactly(share, amount);
  const most = shareOf({ ...done, amount: upTo }, total) ?? wholeBasisPoints;
  return vaguely(share, (share + most) / 2, most, amount);
}

/** Storeys of both sides of the ground are one measure: two below of two and 18 above, the third is 5 of 20. */
function storeysStated(measure: Extract<Measure, { kind: 'storeys' }>, item: Totals | undefined): Statement {
  const below = measure.below ?? item?.below ?? 0;
  const reached = Math.max(0, measure.reached + below);
  const total = measure.of ?? item?.of;
  const complete = measure.isUnderWay ? Math.max(0, reached - 1) : reached;
  const amount: Amount = {
    isStoreys: true,
    done: quantity(wholeDecimal(complete), undefined),
    of: total === undefined ? null : quantity(wholeDecimal(total + below), undefined),
    isOwnTotal: measure.of !== undefined,
  };
  if (!amount.of) return ofUnknown(reached > 0 || measure.reached < 0, mostStoreys, amount);
  const low = shareOf(amount.done, amount.of) ?? 0;
  if (!measure.isUnderWay) return exactly(low, amount);
  const high = shareOf(quantity(wholeDecimal(reached), undefined), amount.of) ?? 0;
  return vaguely(low, low, high, amount);
}

/** An amount of an unknown total: something, or nothing yet. */
function ofUnknown(isBegun: boolean, most: number, amount: Amount): Statement {
  return isBegun ? vaguely(100, null, most, amount) : vaguely(0, null, mostStoreys, amount);
}

const mostStoreys = 9900;

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
