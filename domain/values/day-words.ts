import type { Day } from './days/calendar.js';
import type { Words } from './text.js';

/**
 * A day or a month in a sentence: `2018-07-10`, `2018年7月10日`; `2018-07`, `2018年7月`. Every Chinese sentence takes it from here; tables keep the plain day,
 * which sorts as text (docs/decisions/0085).
 */
export function dayWords(dayOrMonth: string): Words {
  const [year, month, date] = dayOrMonth.split('-');
  const ofDay = date === undefined ? '' : `${Number(date)}日`;
  return { en: dayOrMonth, zh: `${year}年${Number(month)}月${ofDay}` };
}

/** What is expected where a month that has not ended was given, if today is a day. */
export function endedMonthExpected(today: Day): Words {
  const { en, zh } = dayWords(today);
  return { en: `a month that has ended by ${en}, or a day`, zh: `截至 ${zh}已结束的月份，或某一天` };
}
