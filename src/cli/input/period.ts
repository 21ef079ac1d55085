import { addDays, type Day, isDay, isMonth } from '../../../domain/values/days/calendar.js';
import { type Period, periodIn } from '../../../domain/values/when.js';
import { invalid, usage } from '../client/failure.js';

/**
 * Parses a day, month, quarter, half year or year, or two of them with `..` between.
 *
 * `2019-03` is all of March, `2018-H2` July to December, `2018-07..2018-09` the same as `2018-Q3`.
 *
 * @throws Failure for anything else, naming its option
 */
export function periodOf(text: string, option: string): Period {
  const [first = '', second, ...rest] = text.split('..');
  const from = rest.length === 0 ? periodIn(first) : undefined;
  const to = second === undefined ? from : periodIn(second);
  if (!from || !to) {
    throw invalid(option, text, {
      en: 'a day (2018-06-30), month (2018-06), quarter (2018-Q2), half year (2018-H1) or year (2018), or two of them as FROM..TO',
      zh: '日期（2018-06-30）、月份（2018-06）、季度（2018-Q2）、半年（2018-H1）、年份（2018），或写作 起..止 的两个',
    });
  }
  if (to.to < from.from)
    throw usage({
      en: `${option} "${text}": it ends before it begins; expected FROM..TO.`,
      zh: `${option} “${text}”：终止早于起始；应为 起..止。`,
    });
  return { from: from.from, to: to.to };
}

/** Parses a day like `dayOf`, or a month that has ended, which stands for its last day. */
export function dayOrMonthOf(text: string, option: string, today: Day): string {
  return isMonth(text.trim()) ? text.trim() : dayOf(text, option, today);
}

/**
 * Parses a day, `today` or `yesterday`.
 *
 * @param today the business day of the service
 */
export function dayOf(text: string, option: string, today: Day): Day {
  const wanted = text.trim().toLowerCase();
  if (wanted === 'today') return today;
  if (wanted === 'yesterday') return addDays(today, -1);
  if (isDay(wanted)) return wanted;
  throw invalid(option, text, {
    en: 'a day of the calendar such as 2018-06-30, today or yesterday',
    zh: '日历上的一天，如 2018-06-30、today 或 yesterday',
  });
}

/** Refuses what `dayOf` cannot parse, before the business day is requested. */
export function checkDay(text: string, option: string): void {
  dayOf(text, option, '2000-01-01');
}
