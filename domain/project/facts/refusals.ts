import { dayWords } from '../../values/day-words.js';
import type { Day } from '../../values/days/calendar.js';
import { CommandRejected } from '../../values/rejections.js';

/**
 * Refuses a day that has not begun.
 *
 * @throws CommandRejected `day-not-begun`
 */
export function requireBegun(member: string, day: Day, latestDay: Day): void {
  if (day <= latestDay) return;
  const { en, zh } = dayWords(latestDay);
  throw new CommandRejected('day-not-begun', {
    member,
    seen: day,
    expected: {
      en: `${en} or earlier: a fact is about a day that has begun`,
      zh: `${zh}或以前的日期：记录只能针对已到来的日期`,
    },
  });
}

/**
 * Refuses a period that ends before it begins.
 *
 * @throws CommandRejected `period-reversed`
 */
export function requireOrder(
  [startMember, start]: [string, Day],
  [endMember, end]: [string, Day | undefined],
): void {
  if (end === undefined || start <= end) return;
  const { en, zh } = dayWords(start);
  throw new CommandRejected('period-reversed', {
    member: endMember,
    seen: end,
    expected: { en: `${en} (${startMember}) or later`, zh: `${zh}（${startMember}）或以后` },
  });
}
