import { type Day, isMonth, lastDayOfMonth } from './days/calendar.js';
import { monthWords, type Words } from './words.js';

/** The quarter of a day: `2018-Q2`. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** True for a year, a quarter or a month of the calendar. */
export function isCalendarPeriod(text: string): boolean {
  return lastDayOfPeriod(text) !== undefined;
}

/** The last day of a year, quarter or month; undefined for any other text. */
export function lastDayOfPeriod(text: string): Day | undefined {
  if (isMonth(text)) return lastDayOfMonth(text);
  const [, year, quarter = '4'] = /^(\d{4})(?:-Q([1-4]))?$/.exec(text) ?? [];
  const month = `${year}-${String(3 * Number(quarter)).padStart(2, '0')}`;
  return year !== undefined && isMonth(month) ? lastDayOfMonth(month) : undefined;
}

/** The first day of a year, quarter or month that `isCalendarPeriod` accepts. */
export function firstDayOfPeriod(text: string): Day {
  if (isMonth(text)) return `${text}-01`;
  const [year, quarter = 'Q1'] = text.split('-');
  return `${year}-${String(3 * Number(quarter.slice(1)) - 2).padStart(2, '0')}-01`;
}

/** A year, quarter or month in words: `2018`, `Q2 2018`, `June 2018`. */
export function periodWordsOf(period: string): Words {
  const [year = '', part] = period.split('-');
  if (part === undefined) return { en: year, zh: `${year}年` };
  if (part.startsWith('Q'))
    return { en: `${part} ${year}`, zh: `${year}年${'一二三四'[Number(part.slice(1)) - 1]}季度` };
  return monthWords(`${period}-01`);
}
