import type { Measure, WorkItem } from '../../../../domain/project/events.js';
import { isStatedBy } from '../../../../domain/project/plan.js';
import { type Bounds, folded, raised, type Statement } from './bounds.js';
import { type Contradiction, isTouched, verdict } from './conflicts.js';
import { Nodes } from './nodes.js';
import type { ProgressFact } from './progress-fact.js';
import { all, compareAmounts, doneReading, isBelow, type Reading, readingOf } from './reading.js';
import { carried, unfit } from './scope.js';
import { type Branch, endsOf, find, groupsUpwards, keyOf, treeOf, within } from './tree.js';

/** The fold of R1, day by day. */
export class Days extends Nodes {
  private found: (Contradiction & Upper)[] = [];
  private touched = new Set<string>();
  /** The marked statements of the day, by node. */
  private marked = new Map<string, { change: 're-measured' | 'undone'; entry: string }>();

  take(day: string, facts: readonly ProgressFact[]): void {
    this.day = day;
    this.touched = new Set();
    this.marked = new Map();
    const plan = facts.findLast((fact) => fact.type === 'PlanAdopted');
    if (plan?.type === 'PlanAdopted') this.adopt(plan.data.items);
    const raises: (() => void)[] = [];
    const derived: { leaf: Branch; entry: string }[] = [];
    for (const fact of facts) {
      if (fact.type === 'PlanAdopted') continue;
      if (fact.type === 'StageEntered') {
        for (const leaf of this.leaves())
          if (leaf.item && isStatedBy(fact.data.stage, leaf.item)) derived.push({ leaf, entry: fact.id });
      } else this.say(fact, raises, derived);
    }
    const own = new Set(this.touched);
    for (const { leaf, entry } of derived) this.derive(leaf, entry, own);
    for (const raise of raises) raise();
    for (const group of groupsUpwards(this.root)) this.check(group);
    this.ends.set(day, this.end());
  }

  get contradictions(): Contradiction[] {
    return this.found.map(({ kind, node, day, entries, settledBy }) => ({
      kind,
      node,
      day,
      entries,
      ...(settledBy === undefined ? {} : { settledBy }),
    }));
  }

  private say(
    fact: ProgressFact & { type: 'MilestoneReached' | 'ProgressMeasured' },
    raises: (() => void)[],
    derived: { leaf: Branch; entry: string }[],
  ): void {
    const { item, step } = fact.data;
    const key = keyOf(item, step);
    const measure = fact.type === 'ProgressMeasured' ? fact.data.measure : undefined;
    const change = fact.type === 'ProgressMeasured' ? fact.data.change : undefined;
    const branch = find(this.root, key);
    const reading = read(measure, this.itemOf(key));
    const isDone = reading.isExact && reading.low === all;
    const on = branch && isDone && branch.parts.length > 0 ? endsOf(branch).map((end) => end.key) : [key];
    let isLost = false;
    for (const one of on) isLost = this.state(one, fact.id, measure, change) || isLost;
    this.touched.add(key);
    if (isDone && branch && !branch.isStep)
      for (const { item: stating } of within(branch)) {
        const stated = stating?.states === undefined ? undefined : find(this.root, stating.states);
        if (stated) for (const leaf of this.leaves(stated)) derived.push({ leaf, entry: fact.id });
      }
    if (isLost || !branch?.isStep) return;
    const siblings = branch.above?.parts ?? [];
    const earlier = siblings.slice(0, siblings.indexOf(branch));
    const { day } = this;
    raises.push(() => {
      for (const { key: other } of earlier)
        this.apply(other, (before, planned) =>
          raised(before, { reading: read(measure, planned), entry: fact.id, day }),
        );
    });
  }

  /** Folds one statement on one node (R2, R6); true if it lost. */
  private state(
    key: string,
    entry: string,
    measure: Measure | undefined,
    change: Statement['change'],
    isDerived?: true,
  ): boolean {
    const { day } = this;
    const statement = (item: WorkItem | undefined): Statement => ({
      reading: read(measure, item),
      entry,
      day,
      ...(change ? { change } : {}),
      ...(isDerived ? { isDerived } : {}),
    });
    const before = this.bounds.get(key);
    const said = statement(this.itemOf(key));
    const { told, isLost, hasGrown } = folded(before, said);
    this.touched.add(key);
    if (change) this.marked.set(key, { change, entry });
    this.settle(key, said);
    if (told)
      this.found.push({
        kind: told,
        node: key,
        day,
        entries: [(told === 'fell' ? before?.by.low : before?.by.high) ?? '', entry],
        ...upperOf(before, told),
      });
    const figure = this.figureOf(key);
    this.apply(key, (known, item) => folded(known, statement(item)).bounds);
    if (change === 'undone' || hasGrown) this.lowerAbove(key, figure);
    return isLost === true;
  }

  /** A fall is settled by another exact word for its day that is not below what it fell from. */
  private settle(key: string, { reading, entry, day, isDerived }: Statement): void {
    if (!reading.isExact || isDerived) return;
    for (const one of this.found) {
      if (one.node !== key || one.day !== day || one.settledBy !== undefined) continue;
      const isEnough =
        one.kind === 'fell'
          ? one.low !== undefined && !isBelow(reading.low, one.low)
          : one.amount !== undefined &&
            reading.amount !== undefined &&
            (compareAmounts(reading.amount.done, one.amount.done) ?? -1) >= 0;
      if (isEnough) one.settledBy = entry;
    }
  }

  private derive(leaf: Branch, entry: string, own: ReadonlySet<string>): void {
    const nodes = within(leaf);
    if (nodes.some(({ key }) => own.has(key))) return;
    for (const { key } of endsOf(leaf)) this.state(key, entry, undefined, undefined, true);
  }

  /** R5 for one group at the end of a day. */
  private check(group: Branch): void {
    const own = this.bounds.get(group.key);
    if (!own || !isTouched(group, this.touched)) return;
    const below = within(group).slice(1);
    const measured = below
      .map(({ key }) => this.marked.get(key))
      .findLast((one) => one?.change === 're-measured');
    const isOwnMarked = this.marked.get(group.key)?.entry === own.by.high && own.by.high !== undefined;
    const found = verdict(this, group, own, this.day, { ofParts: measured?.entry, isOwnMarked });
    if (found.contradiction) this.found.push(found.contradiction);
    if (found.own !== own) this.apply(group.key, () => found.own);
    if (found.isReset) this.resets.set(group.key, this.day);
  }

  /** R7: a plan re-reads, carries own words over and drops those that no longer fit. */
  private adopt(items: readonly WorkItem[]): void {
    const [old, now] = [this.root, treeOf(items)];
    const oldItems = this.items;
    this.items = items;
    this.root = now;
    for (const key of this.bounds.keys()) {
      const branch = find(now, key);
      if (branch && branch.parts.length > 0) this.apply(key, (own) => own && carried(own, key, old, now));
    }
    for (const item of items) {
      const before = oldItems.find(({ id }) => id === item.id);
      if (totalOf(item) === undefined || totalOf(item) === totalOf(before)) continue;
      for (const key of this.changes.keys())
        if (key === item.id || key.startsWith(`${item.id}/`)) this.readAgain(key);
    }
    for (const key of unfit(this, now)) this.apply(key, () => undefined);
  }

  /** Items without items below them. */
  private leaves(branch = this.root): Branch[] {
    return within(branch).filter(
      ({ item, isStep, parts }) => item && !isStep && parts.every((part) => part.isStep),
    );
  }
}

/** What a fall fell from. */
type Upper = { low?: number; amount?: Bounds['amount'] };

function upperOf(before: Bounds | undefined, told: 'fell' | 'smaller'): Upper {
  if (!before) return {};
  return told === 'fell' ? { low: before.low } : { amount: before.amount };
}

function read(measure: Measure | undefined, item: WorkItem | undefined): Reading {
  return measure ? readingOf(measure, item) : doneReading;
}

function totalOf(item: WorkItem | undefined): string | undefined {
  if (item?.of === undefined && item?.total === undefined) return undefined;
  return JSON.stringify([item.of, item.below, item.total, item.unit]);
}
