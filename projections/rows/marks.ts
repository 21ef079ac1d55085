import type { ProjectSoFar } from './project-so-far.js';

/** A copy of the state after a number of entries. */
interface Mark {
  count: number;
  state: ProjectSoFar;
}

/** Fewest entries between two marks, and from what share of all entries on they are set further apart. */
const leastApart = 16;
const share = 64;
/** Fewer entries are added again for less than a copy costs. */
const fewest = 32;

/**
 * Copies of the state of a row after some of its entries, so that a late entry need not begin with the first.
 *
 * Near the end they are close together, further back each distance is twice the one after it; so there are few, and a
 * pass from one of them is at most about twice as long as the entries that it has to add.
 */
export class Marks {
  /** In the order of their entries. */
  private marks: Mark[] = [];
  /** An entry was late; until then none is needed. */
  private isWanted = false;

  /** Keeps the state after the entries of whole days, if the last mark is far enough behind. */
  pass(state: ProjectSoFar, count: number): void {
    if (!this.isWanted || count < fewest) return;
    const apart = Math.max(leastApart, Math.floor(count / share));
    if (count - (this.marks.at(-1)?.count ?? 0) < apart) return;
    this.marks.push({ count, state: state.copy() });
    this.thin(count, apart);
  }

  /** The last one after at most so many entries. */
  lastUpTo(most: number): Mark | undefined {
    return this.marks.findLast(({ count }) => count <= most);
  }

  /** A late entry came or an entry went at a place: forgets those with entries from there on. */
  forgetFrom(place: number): void {
    const { marks } = this;
    this.isWanted = true;
    while (marks.length > 0 && (marks[marks.length - 1] as Mark).count > place) marks.pop();
  }

  /** Of those at about the same distance from the end, keeps the first and the last. */
  private thin(end: number, apart: number): void {
    const bandOf = ({ count }: Mark) => Math.floor(Math.log2((end - count) / apart + 1));
    this.marks = this.marks.filter((mark, at, all) => {
      const [before, after] = [all[at - 1], all[at + 1]];
      const isBetween = before && after && bandOf(before) === bandOf(mark) && bandOf(after) === bandOf(mark);
      return !isBetween;
    });
  }
}
