import type { Measure, WorkItem } from '../../../../domain/project/events.js';
import { compareQuantities, type Quantity, ratio } from '../../../../domain/values/amounts/quantity.js';
import { lexiconWord } from '../../../../domain/values/lexicon.js';

/** What a statement says of its node, in basis points, not rounded. */
export interface Reading {
  low: number;
  /** Absent where no point was meant. */
  point?: number;
  high: number;
  isExact: boolean;
  amount?: Amount;
}

/** An amount that was said, with its total if there is one. */
export interface Amount {
  done: Quantity;
  upTo?: Quantity;
  of?: Quantity;
}

export const all = 10_000;
/** Two figures closer than this are the same; only rounding lies between them. */
export const tolerance = 1e-6;

export const isBelow = (a: number, b: number): boolean => a < b - tolerance;

/** Done: said exactly. */
export const doneReading: Reading = { low: all, point: all, high: all, isExact: true };

/** A measure under the item of the plan in force, which may give it a total. */
export function readingOf(measure: Measure, item: WorkItem | undefined): Reading {
  switch (measure.kind) {
    case 'percent':
      return exactly(measure.basisPoints);
    case 'range': {
      const { lowBasisPoints: low, highBasisPoints: high, pointBasisPoints } = measure;
      return { low, point: pointBasisPoints ?? (low + high) / 2, high, isExact: false };
    }
    case 'word': {
      const { range, state } = lexiconWord(measure.word) ?? {};
      // A word for a state says that an item which stands for that state is reached.
      if (item?.states !== undefined && state !== undefined && state !== 'started') return doneReading;
      return range ? { ...range, isExact: range.low === range.high } : { low: 0, high: all, isExact: false };
    }
    case 'count':
      return counted(whole(measure.done, measure.unit ?? item?.unit), measure.of ?? item?.of);
    case 'storeys':
      return storeys(measure, item);
    case 'quantity': {
      const done = { amount: measure.done, unit: measure.unit };
      const own = measure.of && { amount: measure.of, unit: measure.unit };
      const planned = item?.total && {
        amount: item.total,
        ...(item.unit === undefined ? {} : { unit: item.unit }),
      };
      const of = own ?? planned;
      const upTo = measure.upTo && { amount: measure.upTo, unit: measure.unit };
      return amountOf({ done, ...(upTo ? { upTo } : {}), ...(of ? { of } : {}) }, all);
    }
  }
}

/** Below 0, 0 or above 0 as the first amount is smaller, equal or larger; undefined for units that do not convert. */
export function compareAmounts(a: Quantity, b: Quantity): number | undefined {
  return a.unit === b.unit || (a.unit !== undefined && b.unit !== undefined)
    ? compareQuantities(a, b)
    : undefined;
}

function exactly(share: number): Reading {
  return { low: share, point: share, high: share, isExact: true };
}

function whole(number: number, unit: string | undefined): Quantity {
  return { amount: { digits: number, scale: 0 }, ...(unit === undefined ? {} : { unit }) };
}

function counted(done: Quantity, of: number | undefined, mostUnknown = all): Reading {
  const total = of === undefined ? undefined : whole(of, done.unit);
  return amountOf({ done, ...(total ? { of: total } : {}) }, mostUnknown);
}

function storeys(measure: Measure & { kind: 'storeys' }, item: WorkItem | undefined): Reading {
  const above = measure.of ?? item?.of;
  const below = measure.below ?? item?.below ?? 0;
  const reached = Math.max(0, measure.reached + below);
  const of = above === undefined ? undefined : above + below;
  if (!measure.isUnderWay) return counted(whole(reached, 'storey'), of, 9900);
  const done = whole(Math.max(0, reached - 1), 'storey');
  const upTo = whole(reached, 'storey');
  const total = of === undefined ? undefined : whole(of, 'storey');
  const reading = amountOf({ done, upTo, ...(total ? { of: total } : {}) }, 9900);
  return total ? { ...reading, point: reading.low } : reading;
}

/** The share that an amount is of its total; wide without a total, or where the units do not convert. */
function amountOf(amount: Amount, mostUnknown: number): Reading {
  const { done, upTo, of } = amount;
  const low = of && shareOf(done, of);
  const high = of && shareOf(upTo ?? done, of);
  if (low === undefined || high === undefined) {
    const isNone = done.amount.digits === 0;
    const most = isNone && upTo === undefined ? 9900 : mostUnknown;
    return { low: isNone ? 0 : 100, high: most, isExact: false, amount: { done, ...(upTo ? { upTo } : {}) } };
  }
  return { low, point: (low + high) / 2, high, isExact: upTo === undefined, amount };
}

function shareOf(done: Quantity, of: Quantity): number | undefined {
  if (of.amount.digits === 0) return 0;
  const share = ratio(done, of);
  return share && Math.min(all, (share.numerator * all) / share.denominator);
}
