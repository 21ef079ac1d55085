import type { WorkItem } from '../../../../domain/project/events.js';
import { type Bounds, drawn, never } from './bounds.js';
import { highOf, type Known, lowOf, pointOf } from './figures.js';
import { all, isBelow } from './reading.js';
import { aboveOf, find, shareIn, treeOf, within } from './tree.js';

/** One change of the own bounds of a node, which a plan may have to repeat with another total. */
type Change = (before: Bounds | undefined, item: WorkItem | undefined) => Bounds | undefined;

/** What holds of every node under the plan in force, and how it came about. */
export class Nodes implements Known {
  bounds = new Map<string, Bounds>();
  resets = new Map<string, string>();
  ends = new Map<string, Map<string, { low: number; high: number }>>();
  items: readonly WorkItem[] = [];
  root = treeOf([]);
  protected changes = new Map<string, Change[]>();
  protected day = never;

  protected apply(key: string, change: Change): void {
    this.changes.set(key, [...(this.changes.get(key) ?? []), change]);
    const after = change(this.bounds.get(key), this.itemOf(key));
    if (after) this.bounds.set(key, after);
    else this.bounds.delete(key);
  }

  /** R6: lowers words of earlier days on the groups above a node that is lower on purpose. */
  protected lowerAbove(key: string, before: FigureOn): void {
    const branch = find(this.root, key);
    if (!branch) return;
    const after = this.figureOf(key);
    const { day } = this;
    for (const group of aboveOf(branch)) {
      const own = this.bounds.get(group.key);
      if (!own) continue;
      const share = shareIn(branch, group);
      const mayHaveBeen = before.on >= own.on.low && before.on !== never ? before.high : all;
      const lost = share * Math.max(0, mayHaveBeen - after.low);
      const fall = share * Math.max(0, before.point - after.point);
      this.apply(group.key, (bounds) => bounds && lowered(bounds, day, lost, fall));
    }
  }

  protected figureOf(key: string): FigureOn {
    const own = this.bounds.get(key);
    const branch = find(this.root, key);
    if (branch)
      return {
        low: lowOf(this, branch),
        point: pointOf(this, branch),
        high: highOf(this, branch),
        on: own?.on.high ?? never,
      };
    return {
      low: own?.low ?? 0,
      point: own?.point ?? own?.low ?? 0,
      high: own?.high ?? all,
      on: own?.on.high ?? never,
    };
  }

  /** Folds the statements on a node again with the totals of the plan in force; tells nothing. */
  protected readAgain(key: string): void {
    const before = this.figureOf(key);
    let bounds: Bounds | undefined;
    for (const change of this.changes.get(key) ?? []) bounds = change(bounds, this.itemOf(key));
    if (bounds) this.bounds.set(key, bounds);
    if (isBelow(this.figureOf(key).low, before.low)) this.lowerAbove(key, before);
  }

  protected end(): Map<string, { low: number; high: number }> {
    const ends = new Map<string, { low: number; high: number }>();
    for (const [key, { low, high }] of this.bounds) ends.set(key, { low, high });
    for (const branch of within(this.root))
      ends.set(branch.key, { low: lowOf(this, branch), high: highOf(this, branch) });
    return ends;
  }

  protected itemOf(key: string): WorkItem | undefined {
    return this.items.find(({ id }) => id === key.split('/')[0]);
  }
}

/** The figure of a node before a statement. */
interface FigureOn {
  low: number;
  point: number;
  high: number;
  /** The day of high. */
  on: string;
}

function lowered(own: Bounds, day: string, lost: number, fall: number): Bounds {
  const less = (figure: number, on: string, by: number) => (on < day ? Math.max(0, figure - by) : figure);
  return drawn({
    ...own,
    low: less(own.low, own.on.low, lost),
    exactLow: less(own.exactLow, own.on.exactLow, lost),
    ...(own.point === undefined ? {} : { point: less(own.point, own.on.point, fall) }),
  });
}
