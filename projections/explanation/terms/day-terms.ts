import { type Day, dayNumber } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';
import { exactly } from './exact.js';
import { between, leaf, type Term, type TermOf } from './term.js';

/**
 * A day that an entry, the plan or the calendar gives.
 *
 * @param on the day, or its number of days after 1970-01-01
 */
export function dayTerm(on: Day | number, name: Words, entries: readonly (Uuid | undefined)[] = []): Term {
  const known = entries.filter((entry) => entry !== undefined);
  return leaf('given', exactly(typeof on === 'number' ? on : dayNumber(on)), {
    name,
    unit: 'day',
    words: known.length > 0 ? byEntry : byCalendar,
    ...(known.length > 0 ? { entries: known } : {}),
  });
}

/** The days from one day to a later one; below 0 if it is earlier. */
export function daysTerm(until: Term, from: Term, of: Omit<TermOf, 'unit'>): Term {
  return between('difference', until, from, { ...of, unit: 'days' });
}

/** The day that an explanation is about. */
export function todayTerm(asOf: Day): Term {
  return dayTerm(asOf, { en: 'The day of the answer', zh: '截止日期' });
}

const byEntry = { en: 'The entry gives the day.', zh: '该日期由记录给出。' };
const byCalendar = { en: 'The calendar gives the day.', zh: '由日历得出。' };
