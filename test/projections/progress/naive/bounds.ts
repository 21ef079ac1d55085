import { type Amount, all, compareAmounts, isBelow, type Reading } from './reading.js';

/** What holds of one node, with the entry and the day that set each figure. */
export interface Bounds {
  low: number;
  point?: number;
  high: number;
  /** The largest low that was said exactly since the last word that held as it was. */
  exactLow: number;
  by: { low?: string; point?: string; high?: string; exactLow?: string };
  on: { low: string; point: string; high: string; exactLow: string };
  isHighExact: boolean;
  /** The day of its last own statement, though that may have lost; none for a step of which only later steps were said. */
  lastOn: string;
  /** False for a step of which only later steps were said. */
  isOwn: boolean;
  amount?: Amount;
}

/** One statement on one node. */
export interface Statement {
  reading: Reading;
  entry: string;
  day: string;
  change?: 're-measured' | 'undone';
}

/** What a statement does to a node. */
export interface Outcome {
  bounds: Bounds;
  told?: 'fell' | 'smaller';
  /** A vague word that lost against an exact one changes nothing. */
  isLost?: true;
  hasGrown?: true;
}

/** No day: before every day. */
export const never = '';

/** R2: a new statement against what holds of its node. */
export function folded(before: Bounds | undefined, said: Statement): Outcome {
  if (!before) return { bounds: asItIs(said) };
  const { reading } = said;
  if (said.change) return { bounds: asItIs(said) };
  if (isBelow(reading.high, before.low)) return fallen(before, said);
  return { bounds: joined(before, said), ...(isSmaller(before, reading) ? { told: 'smaller' } : {}) };
}

/** R2.3 and R2.4. */
function fallen(before: Bounds, said: Statement): Outcome {
  const { reading, entry, day } = said;
  if (hasGrown(before, reading)) return { bounds: asItIs(said), hasGrown: true };
  if (reading.isExact) return { bounds: asItIs(said), told: 'fell' };
  if (isBelow(reading.high, before.exactLow))
    return { bounds: { ...before, lastOn: day }, told: 'fell', isLost: true };
  const bounds = asItIs(said);
  const isExactMore = before.exactLow > reading.low;
  return {
    told: 'fell',
    bounds: drawn({
      ...bounds,
      low: Math.max(reading.low, before.exactLow),
      exactLow: before.exactLow,
      by: { ...bounds.by, low: isExactMore ? before.by.exactLow : entry, exactLow: before.by.exactLow },
      on: { ...bounds.on, low: isExactMore ? before.on.exactLow : day, exactLow: before.on.exactLow },
    }),
  };
}

/** R2.5 and R2.6. */
function joined(before: Bounds, said: Statement): Bounds {
  const { reading, entry, day } = said;
  const after: Bounds = {
    ...before,
    by: { ...before.by },
    on: { ...before.on },
    isOwn: true,
    lastOn: day,
  };
  if (reading.low >= before.low) {
    after.low = reading.low;
    after.by.low = entry;
    after.on.low = day;
  }
  const { isExact } = reading;
  const isSameDay = before.on.high === day;
  if (!isSameDay || reading.low > before.high || reading.high <= before.high) {
    after.high = reading.high;
    after.by.high = entry;
    after.on.high = day;
    after.isHighExact = isExact;
  }
  if (isExact) {
    // It is not below low, so none said exactly before it was more.
    after.exactLow = reading.low;
    after.by.exactLow = entry;
    after.on.exactLow = day;
  }
  const isInside = before.point !== undefined && before.point >= reading.low && before.point <= reading.high;
  if (isExact || !isInside) {
    delete after.point;
    if (reading.point !== undefined) after.point = reading.point;
    after.by.point = entry;
    after.on.point = day;
  }
  return drawn(withAmount(after, before, reading.amount));
}

/** R3: what a statement on a later step says of an earlier one. */
export function raised(before: Bounds | undefined, { reading, entry, day }: Statement): Bounds {
  const after: Bounds = before
    ? { ...before, by: { ...before.by }, on: { ...before.on } }
    : { ...asItIs({ reading: nothing, entry, day }), by: {}, on: { ...noDays }, isOwn: false, lastOn: never };
  if (reading.low >= after.low) {
    after.low = reading.low;
    after.by.low = entry;
    after.on.low = day;
  }
  const point = Math.max(after.point ?? 0, reading.point ?? 0);
  if (point > (after.point ?? 0)) {
    after.point = point;
    after.by.point = entry;
    after.on.point = day;
  }
  if (reading.isExact && reading.low >= after.exactLow) {
    after.exactLow = reading.low;
    after.by.exactLow = entry;
    after.on.exactLow = day;
  }
  if (isBelow(after.high, after.low)) {
    after.high = 10_000;
    after.on.high = never;
    delete after.by.high;
    after.isHighExact = false;
  }
  return drawn(after);
}

const nothing: Reading = { low: 0, high: 10_000, isExact: false };
const noDays = { low: never, point: never, high: never, exactLow: never };

/** The statement holds as it is. */
function asItIs({ reading, entry, day }: Statement): Bounds {
  const { isExact } = reading;
  return {
    low: reading.low,
    ...(reading.point === undefined ? {} : { point: reading.point }),
    high: reading.high,
    exactLow: isExact ? reading.low : 0,
    by: { low: entry, point: entry, high: entry, ...(isExact ? { exactLow: entry } : {}) },
    on: { low: day, point: day, high: day, exactLow: isExact ? day : never },
    isHighExact: isExact,
    lastOn: day,
    isOwn: true,
    ...(reading.amount ? { amount: reading.amount } : {}),
  };
}

/** A total that grew, with an amount that did not fall. */
function hasGrown({ amount: before }: Bounds, { amount: now }: Reading): boolean {
  if (!before?.of || !now?.of) return false;
  const amounts = compareAmounts(now.done, before.upTo ?? before.done);
  const totals = compareAmounts(now.of, before.of);
  return amounts !== undefined && amounts >= 0 && totals !== undefined && totals > 0;
}

function isSmaller({ amount: before }: Bounds, { amount: now }: Reading): boolean {
  if (!before || !now) return false;
  const amounts = compareAmounts(now.upTo ?? now.done, before.done);
  return amounts !== undefined && amounts < 0;
}

/** The last amount that was said of the node since a word held as it was. */
function withAmount(bounds: Bounds, before: Bounds, amount: Amount | undefined): Bounds {
  const last = amount ?? before.amount;
  return last ? { ...bounds, amount: last } : bounds;
}

/** Done by a stage, or by the item that states this one: holds unless something was said of the node later. */
export function withDerived(own: Bounds | undefined, derived: { day: string; entry: string } | undefined) {
  if (!derived || (own && own.lastOn >= derived.day)) return own;
  const done = asItIs({ ...derived, reading: { low: all, point: all, high: all, isExact: false } });
  if (!own) return done;
  const by = { ...done.by, ...(own.by.exactLow === undefined ? {} : { exactLow: own.by.exactLow }) };
  return { ...done, exactLow: own.exactLow, by, on: { ...done.on, exactLow: own.on.exactLow } };
}

/** The point within low and high. */
export function drawn(bounds: Bounds): Bounds {
  if (bounds.point === undefined) return bounds;
  return { ...bounds, point: Math.min(Math.max(bounds.point, bounds.low), bounds.high) };
}
