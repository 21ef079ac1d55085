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
    expected: `${latestDay} or earlier: a fact is about a day that has begun`,
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
    expected: `${start} (${startMember}) or later`,
  });
}
