import { daysBetween } from '../../domain/values/days/calendar.js';
import type { When } from '../../domain/values/when.js';

/** Days by which an expected time moved, the smaller and the larger of its two ends; positive is later. */
export interface SlipDays {
  leastDays: number;
  mostDays: number;
}

/**
 * The slip from one expected time to another, comparing earliest with earliest and latest with latest; null if they
 * have no end in common.
 *
 * A time that only got narrower did not move, and one that got wider on both sides moved by 0 days at least and by those
 * of its last day at most.
 */
export function slipDaysBetween(before: When, after: When): SlipDays | null {
  const earliest = between(before.earliest, after.earliest);
  const latest = between(before.latest, after.latest);
  if (earliest === null || latest === null) {
    const only = earliest ?? latest;
    return only === null ? null : { leastDays: only, mostDays: only };
  }
  if (earliest >= 0 && latest <= 0) return { leastDays: 0, mostDays: 0 };
  if (earliest < 0 && latest > 0) return { leastDays: 0, mostDays: latest };
  return { leastDays: Math.min(earliest, latest), mostDays: Math.max(earliest, latest) };
}

/** Days from one end of a time to another; null if one of them was not named. */
export function between(from: string | undefined, to: string | undefined): number | null {
  return from === undefined || to === undefined ? null : daysBetween(from, to);
}
