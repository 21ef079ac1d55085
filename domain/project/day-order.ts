import type { Day } from '../values/days/calendar.js';

/** The place of an entry: its day, and its place among the entries of that day. */
export interface DayPlace {
  asOf: Day;
  place: number;
}

/**
 * The place of an entry among those of its day (docs/decisions/0001): that of the corrected entry, if both are about
 * the same day, and else its own place in the log.
 */
export function placeOnDay(asOf: Day, own: number, corrected: DayPlace | undefined): number {
  return corrected?.asOf === asOf ? corrected.place : own;
}
