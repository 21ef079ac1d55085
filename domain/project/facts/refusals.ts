import type { Day } from '../../values/calendar.js';
import { CommandRejected } from '../../values/rejections.js';

/**
 * Refuses a day that has not begun.
 *
 * @throws CommandRejected `day-not-begun`
 */
export function requireBegun(member: string, day: Day, latestDay: Day): void {
  if (day <= latestDay) return;
  throw new CommandRejected('day-not-begun', {
    member,
    seen: day,
    expected: {
      en: `${latestDay} or earlier: a fact is about a day that has begun`,
      zh: `${latestDay} 或以前的日期：记录只能针对已到来的日期`,
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
  throw new CommandRejected('period-reversed', {
    member: endMember,
    seen: end,
    expected: { en: `${start} (${startMember}) or later`, zh: `${start}（${startMember}）或以后` },
  });
}
