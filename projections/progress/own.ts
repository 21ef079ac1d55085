import type { Measure } from '../../domain/project/events.js';
import type { Change } from '../../domain/project/facts/progress-measured.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Derived, NodeState, Own } from './state.js';
import { isOfMore, isSmaller, type Statement } from './statement.js';

/** The largest difference that is only rounding, in basis points. */
export const rounding = 1e-6;

/** Where a statement comes from. */
export interface Saying {
  day: number;
  /** The id of its entry. */
  entry: string;
  change: Change | undefined;
  /** Its measure, if that is an amount without a total. */
  withoutTotal: Measure | null;
}

/** A statement on a node, combined with what held. */
export interface Combined {
  own: Own;
  /** Less than what held, and nobody said why: the shares, or only the amounts. */
  fell?: 'fell' | 'amount-fell';
  /** A lower share of a total that has grown. */
  hasGrown?: boolean;
}

/** Combines a statement on a node with what holds of it (docs/decisions/0052). */
export function combined(own: Own | null, said: Statement, saying: Saying): Combined {
  if (!own || saying.change) return { own: alone(said, saying) };
  const isLess = said.high < own.low - rounding;
  if (isLess && isOfMore(said.amount, own.amount)) return { own: alone(said, saying), hasGrown: true };
  if (isLess) return { own: lower(own, said, saying), fell: 'fell' };
  const now = further(own, said, saying);
  return isSmaller(said.amount, own.amount) ? { own: now, fell: 'amount-fell' } : { own: now };
}

/** What holds by a statement alone. */
function alone(said: Statement, { day, entry, withoutTotal }: Saying): Own {
  return {
    lastOn: day,
    lastBy: entry,
    low: said.low,
    lowOn: day,
    lowBy: entry,
    exactLow: said.isExact ? said.low : null,
    exactOn: day,
    exactBy: entry,
    point: said.point,
    pointOn: day,
    pointBy: entry,
    high: said.high,
    highOn: day,
    highBy: entry,
    isHighExact: said.isExact,
    amount: said.amount,
    amountBy: said.amount && entry,
    withoutTotal,
  };
}

/** A vague statement never lowers an exact one. */
function lower(own: Own, said: Statement, saying: Saying): Own {
  if (said.isExact) return alone(said, saying);
  if (own.exactLow !== null && said.high < own.exactLow - rounding)
    return { ...own, lastOn: saying.day, lastBy: saying.entry };
  const now = withExact(alone(said, saying), own);
  if (own.exactLow !== null && own.exactLow > said.low) {
    now.low = own.exactLow;
    now.lowOn = own.exactOn;
    now.lowBy = own.exactBy;
  }
  return withPoint(now, own, said);
}

/** The usual case: the low stays or rises, the high is stated again. */
function further(own: Own, said: Statement, saying: Saying): Own {
  const now = alone(said, saying);
  if (!said.amount) {
    now.amount = own.amount;
    now.amountBy = own.amountBy;
  }
  if (said.low < own.low) {
    now.low = own.low;
    now.lowOn = own.lowOn;
    now.lowBy = own.lowBy;
  }
  if (said.isExact) return now;
  withExact(now, own);
  // Of one day the lower high holds, unless it lies below what is said now.
  if (own.highOn === saying.day && own.high < said.high && own.high >= now.low) {
    now.high = own.high;
    now.highBy = own.highBy;
    now.isHighExact = own.isHighExact;
  }
  return withPoint(now, own, said);
}

/** A vague statement leaves the exact low as it is. */
function withExact(now: Own, own: Own): Own {
  now.exactLow = own.exactLow;
  now.exactOn = own.exactOn;
  now.exactBy = own.exactBy;
  return now;
}

/** A vague statement keeps a point within its own bounds; in any case the point lies within what holds. */
function withPoint(now: Own, own: Own, said: Statement): Own {
  if (own.point !== null && own.point >= said.low && own.point <= said.high) {
    now.point = own.point;
    now.pointOn = own.pointOn;
    now.pointBy = own.pointBy;
  }
  return drawn(now);
}

/** Draws the point of a new state into its bounds. */
export function drawn(own: Own): Own {
  if (own.point === null) return own;
  if (own.point < own.low) {
    own.point = own.low;
    own.pointOn = own.lowOn;
    own.pointBy = own.lowBy;
  } else if (own.point > own.high) {
    own.point = own.high;
    own.pointBy = own.highBy ?? own.pointBy;
  }
  return own;
}

/** A statement on a later step says at least as much of the steps before it. */
export function atLeast(own: Own | null, said: Statement, { day, entry }: Saying): Own {
  const now = own ? { ...own } : { ...untouched(day, entry) };
  if (said.low >= now.low) {
    now.low = said.low;
    now.lowOn = day;
    now.lowBy = entry;
    if (said.isExact) {
      now.exactLow = said.low;
      now.exactOn = day;
      now.exactBy = entry;
    }
  }
  if (said.point !== null && said.point > (now.point ?? 0)) {
    now.point = said.point;
    now.pointOn = day;
    now.pointBy = entry;
  }
  if (now.low > now.high) {
    now.high = wholeBasisPoints;
    now.highOn = null;
    now.highBy = null;
    now.isHighExact = false;
  }
  return drawn(now);
}

function untouched(day: number, entry: string): Own {
  const nothing: Statement = { low: 0, point: null, high: wholeBasisPoints, isExact: false, amount: null };
  const own = alone(nothing, { day, entry, change: undefined, withoutTotal: null });
  return { ...own, lastOn: null, lastBy: null, highOn: null, highBy: null };
}

/** What holds of a node: its own statements, or a later derived one; null if nothing was said. */
export function holding(state: NodeState | undefined): Own | null {
  if (!state) return null;
  const { own, derived } = state;
  if (!derived || (own?.lastOn != null && own.lastOn >= derived.on)) return own;
  return doneBy(derived, own);
}

function doneBy({ on, by }: Derived, own: Own | null): Own {
  const done = { low: wholeBasisPoints, point: wholeBasisPoints, high: wholeBasisPoints };
  const stated = alone(
    { ...done, isExact: false, amount: null },
    { day: on, entry: by, change: undefined, withoutTotal: null },
  );
  return own ? withExact(stated, own) : stated;
}
