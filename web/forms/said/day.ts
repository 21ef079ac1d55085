import type { EntryMetadata } from '../../../domain/project/events.js';
import { markedDay } from '../../../domain/values/day-marks.js';
import { dayWords, endedMonthExpected } from '../../../domain/values/day-words.js';
import { type Day, isDay, isMonth, lastDayOf } from '../../../domain/values/days/calendar.js';
import { monthWords } from '../../../domain/values/words.js';
import { knownDayWords } from '../../shared/figures.js';
import type { Language } from '../../shared/language.js';
import type { Fault } from '../fault.js';

/** The day of a fact as it is sent: a day or a month, how exactly it is known, and whether it was inferred. */
export type DaySaid = {
  asOf: string;
  precision?: EntryMetadata['precision'];
  isInferred?: true;
};

/** The day that stands for a day or a month; `otherwise` while it is not one. */
export function dayMeant(asOf: string, otherwise: Day): Day {
  return isDay(asOf) || isMonth(asOf) ? lastDayOf(asOf) : otherwise;
}

/** What is wrong with the day of a fact, if today is `on`. */
export function dayFault(asOf: string, on: Day, label: string): Fault | undefined {
  if (asOf === '') return { label };
  if (!isDay(asOf) && !isMonth(asOf))
    return { label, seen: asOf, expected: { en: 'a day or a month', zh: '某一天或某月' } };
  if (lastDayOf(asOf) <= on) return undefined;
  const expected = isMonth(asOf)
    ? endedMonthExpected(on)
    : { en: `${dayWords(on).en} at the latest`, zh: `不晚于 ${dayWords(on).zh}` };
  return { label, seen: asOf, expected };
}

/** The day of a fact as it is said, in words: a month by its name, with how exactly it is known. */
export function daySaidWords({ asOf, precision = 'day', isInferred }: DaySaid, language: Language): string {
  const known = { precision, ...(isInferred ? { isInferred } : {}) };
  if (!isMonth(asOf)) return knownDayWords(asOf, known, language);
  return markedDay(monthWords(lastDayOf(asOf))[language], known, language);
}

/** The day of a recorded entry, as it is said again. */
export function dayAgain({
  asOf,
  precision,
  isInferred,
}: Pick<EntryMetadata, 'asOf' | 'precision' | 'isInferred'>): DaySaid {
  const month = asOf.slice(0, 7);
  const isWholeMonth = precision === 'month' && lastDayOf(month) === asOf;
  return {
    asOf: isWholeMonth ? month : asOf,
    ...(precision === 'day' || isWholeMonth ? {} : { precision }),
    ...(isInferred ? { isInferred } : {}),
  };
}
