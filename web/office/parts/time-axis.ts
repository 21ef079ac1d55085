import { type Day, dayNumber, dayOf } from '../../../domain/values/days/calendar.js';
import type { Language } from '../../shared/language.js';

/** A line of time: days, and their places from the left. */
export interface TimeAxis {
  first: Day;
  last: Day;
  /** The place of a day, in the unit of the width. */
  place(day: Day): number;
}

/** A line of time over some days; the width is in any unit. */
export function timeAxis(days: readonly Day[], width: number): TimeAxis {
  const numbers = days.map(dayNumber);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const length = Math.max(1, last - first);
  return {
    first: dayOf(first),
    last: dayOf(last),
    place: (day) => ((dayNumber(day) - first) / length) * width,
  };
}

/** Months between two named ones. */
const steps = [1, 2, 3, 6, 12, 24, 60, 120];

/** The first days of the months on an axis, with their names; a January is named by its year. At most so many. */
export function monthsOn(
  { first, last }: Pick<TimeAxis, 'first' | 'last'>,
  most: number,
  language: Language,
): { day: Day; words: string }[] {
  const monthOf = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const [from, to] = [monthOf(first) + (first.endsWith('-01') ? 0 : 1), monthOf(last)];
  const step = steps.find((one) => (to - from) / one < most) ?? 120;
  const months: { day: Day; words: string }[] = [];
  for (let month = Math.ceil(from / step) * step; month <= to; month += step) {
    const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
    const day = `${year}-${String(number).padStart(2, '0')}-01`;
    months.push({ day, words: number === 1 ? yearWords(year, language) : monthWords(day, language) });
  }
  return months;
}

const englishMonths = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

function monthWords(day: Day, language: Language): string {
  return language === 'zh'
    ? `${Number(day.slice(5, 7))}月`
    : englishMonths.format(new Date(`${day}T00:00:00Z`));
}

function yearWords(year: number, language: Language): string {
  return language === 'zh' ? `${year}年` : String(year);
}
