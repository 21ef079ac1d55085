import type { Measure, Stage, WorkItem } from '../../../../domain/project/events.js';
import { type Bounds, drawn, folded, never, withDerived } from './bounds.js';
import { highOf, highSince, type Known, lowOf, pointOf } from './figures.js';
import { compareAmounts, isBelow, type Reading, readingOf } from './reading.js';
import { aboveOf, find, shareIn, treeOf, within } from './tree.js';

/** A statement as it was said of a node, to be read with the plan in force. */
export interface Said {
  measure: Measure | undefined;
  entry: string;
  day: string;
  change?: 're-measured' | 'undone';
}

/** What holds of every node under the plan in force, and how it came about. */
export class Nodes implements Known {
  /** What holds by own statements, and by stages. */
  bounds = new Map<string, Bounds>();
  resets = new Map<string, string>();
  ends = new Map<string, Map<string, { low: number; high: number }>>();
  items: readonly WorkItem[] = [];
  root = treeOf([]);
  protected own = new Map<string, Bounds>();
  protected derived = new Map<string, { day: string; entry: string }>();
  protected stages: { stage: Stage; day: string; entry: string }[] = [];
  /** The last own statement on a node that did not lose. */
  protected last = new Map<string, Said>();
  /** By day: what held by own statements at its end. */
  private ownEnds = new Map<string, ReadonlyMap<string, Bounds>>();
  protected day = never;

  /** Sets what holds by own statements; what a stage said is forgotten with another word. */
  protected hold(key: string, own: Bounds | undefined): void {
    this.derived.delete(key);
    this.change(key, own);
  }

  /** The same beside what a stage said. */
  protected change(key: string, own: Bounds | undefined): void {
    if (own) this.own.set(key, own);
    else this.own.delete(key);
    const holds = withDerived(own, this.derived.get(key));
    if (holds) this.bounds.set(key, holds);
    else this.bounds.delete(key);
  }

  /** R6: lowers words of earlier days on the groups above a node that is now less on purpose. */
  protected lowerAbove(key: string, said: Reading): void {
    const branch = find(this.root, key);
    if (!branch) return;
    const { day } = this;
    const before = pointOf(this, branch);
    for (const group of aboveOf(branch)) {
      const own = this.own.get(group.key);
      if (!own) continue;
      const share = shareIn(branch, group);
      const lost = (since: string) => share * Math.max(0, highSince(this, branch, since) - said.low);
      const fall = share * Math.max(0, before - (said.point ?? said.low));
      const less = (figure: number, on: string, by: number) => (on < day ? Math.max(0, figure - by) : figure);
      const now = {
        ...own,
        low: less(own.low, own.on.low, lost(own.on.low)),
        exactLow: less(own.exactLow, own.on.exactLow, lost(own.on.exactLow)),
        ...(own.point === undefined ? {} : { point: less(own.point, own.on.point, fall) }),
      };
      this.change(group.key, drawn(now));
    }
  }

  /** R7: an amount without a total of its own is read with the total that a plan now gives; tells nothing. */
  protected readAgain(item: WorkItem, before: WorkItem | undefined): void {
    const said = this.last.get(item.id);
    if (!said?.measure || ('of' in said.measure && said.measure.of !== undefined)) return;
    const [then, now] = [readingOf(said.measure, before), readingOf(said.measure, item)];
    if (!now.amount?.of || isSameReading(then, now)) return;
    const earlier = [...this.ownEnds].findLast(([day]) => day < said.day)?.[1].get(item.id);
    const { bounds } = folded(earlier, { ...said, reading: now });
    const own = this.own.get(item.id);
    const isLess = own !== undefined && isBelow(now.high, own.low);
    if (isLess && isOfMore(then, now)) this.lowerAbove(item.id, now);
    this.change(item.id, bounds);
  }

  /** Notes what holds at the end of the day. */
  protected end(): void {
    this.ownEnds.set(this.day, new Map(this.own));
    this.ends.set(this.day, this.lowsAndHighs());
  }

  private lowsAndHighs(): Map<string, { low: number; high: number }> {
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

function isSameReading(one: Reading, other: Reading): boolean {
  return one.low === other.low && one.high === other.high && one.isExact === other.isExact;
}

/** The total of a plan grew. */
function isOfMore({ amount: then }: Reading, { amount: now }: Reading): boolean {
  if (!then?.of || !now?.of) return false;
  return (compareAmounts(now.of, then.of) ?? 0) > 0;
}
