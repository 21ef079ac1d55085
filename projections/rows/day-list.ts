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
    let low = 0;
    let high = this.days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.days[middle] as number) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
