import { firstWhere } from '../../domain/values/search.js';

/** A sorted multiset of days. */
export class DayList {
  private readonly days: number[] = [];

  /** The day is no earlier than those added before. */
  add(day: number): void {
    this.days.push(day);
  }

  /** The number of days in a range, both ends inclusive. */
  between(from: number, to: number): number {
    return Math.max(0, this.countBefore(to + 1) - this.countBefore(from));
  }

  private countBefore(day: number): number {
    const { days } = this;
    return firstWhere(0, days.length, (index) => (days[index] as number) >= day);
  }
}
