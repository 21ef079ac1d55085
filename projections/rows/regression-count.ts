/** The minimum and maximum of one statement; `count` of what is counted, if both may be of a total that has grown. */
export interface StatedRange {
  floor: number;
  ceiling: number;
  count?: { kind: string; done: number } | undefined;
}

/**
 * The number of regressions, as found by `regressionsOf` in the statements of one subject in order, that no other
 * report has settled.
 */
export class RegressionCount {
  private highest: StatedRange | undefined;
  private day = -Infinity;
  private last: StatedRange | undefined;
  private before = 0;
  /** Open regressions. */
  open = 0;

  /** Adds a statement about the same day or a later one; returns the change in open regressions. */
  say(day: number, said: StatedRange): number {
    const { last } = this;
    if (last && day !== this.day) {
      const { highest } = this;
      this.before = this.open;
      if (!highest || last.ceiling < highest.floor || last.floor >= highest.floor) this.highest = last;
    }
    this.day = day;
    this.last = said;
    const open = this.before + (this.highest && isFall(this.highest, said) ? 1 : 0);
    const more = open - this.open;
    this.open = open;
    return more;
  }

  /** A copy, to which others are added. */
  copy(): RegressionCount {
    return Object.assign(new RegressionCount(), this);
  }
}

/** A lower share is no regression if as many are done of a total that has grown. */
function isFall(earlier: StatedRange, later: StatedRange): boolean {
  if (later.ceiling >= earlier.floor) return false;
  const { count } = later;
  return !(count && earlier.count?.kind === count.kind && count.done >= earlier.count.done);
}
