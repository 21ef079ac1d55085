/** A state of a fold that can be copied. */
export interface Copyable {
  copy(): this;
}

/** A copy of the state after a number of entries. */
interface Mark<State> {
  count: number;
  state: State;
}

/** Fewest entries between two marks. */
const leastApart = 16;
/** Fewer entries are added again for less than a copy costs. */
const fewest = 32;

/**
 * Copies of the state of a fold after some of its entries, so that a late entry need not begin with the first.
 *
 * Near the end they are close together, further back each distance is twice the one after it; so there are few, and a
 * pass from one of them is at most about twice as long as the entries that it has to add.
 */
export class Marks<State extends Copyable> {
  /** In the order of their entries. */
  private marks: Mark<State>[] = [];
  /** An entry was late; until then none is needed. */
  private isWanted = false;

  /** @param share from this share of all entries on, marks are set further apart */
  constructor(private readonly share = 64) {}

  /**
   * Keeps the state after the entries of whole days, if the last mark is far enough behind.
   *
   * @param end how many entries are known: a mark that would not be kept at the end is not set
   */
  pass(state: State, count: number, end = count): void {
    if (!this.isWanted || count < fewest) return;
    const apart = Math.max(leastApart, Math.floor(end / this.share));
    const last = this.marks.at(-1)?.count ?? 0;
    if (count - last < apart) return;
    const bandOf = bandsBefore(end, apart);
    if (end - count > apart && bandOf(last) === bandOf(count)) return;
    this.marks.push({ count, state: state.copy() });
    this.thin(bandOf);
  }

  /** The last one after at most so many entries. */
  lastUpTo(most: number): Mark<State> | undefined {
    return this.marks.findLast(({ count }) => count <= most);
  }

  /** A late entry came or an entry went at a place: forgets those with entries from there on. */
  forgetFrom(place: number): void {
    const { marks } = this;
    this.isWanted = true;
    while (marks.length > 0 && (marks[marks.length - 1] as Mark<State>).count > place) marks.pop();
  }

  /** Of those at about the same distance from the end, keeps the first and the last. */
  private thin(bandOf: (count: number) => number): void {
    this.marks = this.marks.filter((mark, at, all) => {
      const [before, after] = [all[at - 1], all[at + 1]];
      const isBetween =
        before &&
        after &&
        bandOf(before.count) === bandOf(mark.count) &&
        bandOf(after.count) === bandOf(mark.count);
      return !isBetween;
    });
  }
}

/** Numbers distances from the end: each is twice as long as the one after it. */
function bandsBefore(end: number, apart: number): (count: number) => number {
  return (count) => Math.floor(Math.log2((end - count) / apart + 1));
}
