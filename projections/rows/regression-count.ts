/** What one statement says at least and at most; `count` of what is counted, when both may be of a total that has grown. */
export interface StatedRange {
  floor: number;
  ceiling: number;
  count?: { kind: string; done: number } | undefined;
}

/** How many of the falls that `fallsOf` finds in the statements of one subject, taken in order, no other word has settled. */
export class RegressionCount {
  private highest: StatedRange | undefined;
  private day = -Infinity;
  private last: StatedRange | undefined;
  private before = 0;
  /** Falls that stand. */
  open = 0;

  /** One more statement about the same day or a later one; answers by how many the falls that stand have become more. */
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

  /** The same words so far, to which others are added. */
  copy(): RegressionCount {
    return Object.assign(new RegressionCount(), this);
  }
}

/** A fall in the share is none of the work when as many are done of a total that has grown. */
function isFall(earlier: StatedRange, later: StatedRange): boolean {
  if (later.ceiling >= earlier.floor) return false;
  const { count } = later;
  return !(count && earlier.count?.kind === count.kind && count.done >= earlier.count.done);
}
