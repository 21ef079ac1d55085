import type { Measure, Stage, WorkItem } from '../../../../domain/project/events.js';
import { isStatedBy } from '../../../../domain/project/stages.js';
import { type Bounds, folded, never, raised, type Statement } from './bounds.js';
import { type Contradiction, isTouched, verdict } from './conflicts.js';
import { Nodes, type Said } from './nodes.js';
import type { ProgressFact } from './progress-fact.js';
import { all, compareAmounts, doneReading, isBelow, type Reading, readingOf } from './reading.js';
import { carried, unfit } from './scope.js';
import { type Branch, endsOf, find, groupsUpwards, keyOf, treeOf, within } from './tree.js';

/** The fold of R1, day by day. */
export class Days extends Nodes {
  private found: (Contradiction & Upper)[] = [];
  private isPlanned = false;
  /** By group: the entry of its word that its parts contradict. */
  private listed = new Map<string, string>();
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
        const { stage } = fact.data;
        this.stages.push({ stage, day, entry: fact.id });
        for (const leaf of this.statedBy(stage)) derived.push({ leaf, entry: fact.id });
      } else this.say(fact, raises, derived);
    }
    const own = new Set(this.touched);
    for (const { leaf, entry } of derived) this.derive(leaf, entry, own);
    for (const raise of raises) raise();
    for (const group of groupsUpwards(this.root)) this.check(group);
    this.end();
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
    const ofParts = branch && isDone && branch.parts.length > 0 ? endsOf(branch) : undefined;
    let isLost = false;
    const said = {
      measure: ofParts ? undefined : measure,
      entry: fact.id,
      day: this.day,
      ...(change ? { change } : {}),
    };
    for (const one of ofParts?.map((end) => end.key) ?? [key]) isLost = this.state(one, said) || isLost;
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
        this.change(other, raised(this.own.get(other), { reading, entry: fact.id, day }));
    });
  }

  /** Folds one statement on one node (R2, R6); true if it set nothing. */
  private state(key: string, said: Said): boolean {
    const { day, entry, change, measure } = said;
    const before = this.own.get(key);
    const reading = read(measure, this.itemOf(key));
    const statement: Statement = { reading, entry, day, ...(change ? { change } : {}) };
    const { bounds, told, isLost, hasGrown } = folded(before, statement);
    this.touched.add(key);
    if (change) this.marked.set(key, { change, entry });
    this.settle(key, statement);
    if (told)
      this.found.push({
        kind: told,
        node: key,
        day,
        entries: [(told === 'fell' ? before?.by.low : before?.by.high) ?? '', entry],
        ...upperOf(before, told),
      });
    if (change === 'undone' || hasGrown) this.lowerAbove(key, reading);
    this.hold(key, bounds);
    if (!isLost) this.last.set(key, said);
    return isLost === true || (bounds.by.low !== entry && bounds.by.high !== entry);
  }

  /** A fall is settled by another exact word for its day that is not below what it fell from. */
  private settle(key: string, { reading, entry, day }: Statement): void {
    if (!reading.isExact) return;
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
    if (within(leaf).some(({ key }) => own.has(key))) return;
    for (const { key } of endsOf(leaf)) {
      this.touched.add(key);
      this.deriveOn(key, this.day, entry);
    }
  }

  private deriveOn(key: string, day: string, entry: string): void {
    this.derived.set(key, { day, entry });
    this.change(key, this.own.get(key));
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
    if (found.contradiction?.kind === 'above') {
      // What is open already is not listed again.
      if (!found.own || this.listed.get(group.key) !== own.by.low) this.found.push(found.contradiction);
      if (found.own?.by.low === undefined) this.listed.delete(group.key);
      else this.listed.set(group.key, found.own.by.low);
    } else {
      if (found.contradiction) this.found.push(found.contradiction);
      this.listed.delete(group.key);
    }
    if (found.own !== own) this.hold(group.key, found.own);
    if (found.isReset) this.resets.set(group.key, this.day);
  }

  /** R7: a plan carries own words over, re-reads, and drops those that no longer fit. */
  private adopt(items: readonly WorkItem[]): void {
    const [old, now] = [this.root, treeOf(items)];
    const oldItems = this.items;
    const isFirst = !this.isPlanned;
    this.items = items;
    this.root = now;
    this.isPlanned = true;
    for (const { key, parts } of within(now)) {
      const own = this.bounds.get(key);
      if (!own || parts.length === 0) continue;
      const carriedOver = carried(own, key, old, now);
      if (carriedOver !== own) this.hold(key, carriedOver);
    }
    for (const item of items)
      this.readAgain(
        item,
        oldItems.find(({ id }) => id === item.id),
      );
    if (isFirst) this.enterEarlier();
    for (const key of unfit(this, now, this.listed)) this.hold(key, undefined);
  }

  /** Stages that were entered before the first plan state the items of it. */
  private enterEarlier(): void {
    for (const { stage, day, entry } of this.stages)
      for (const leaf of this.statedBy(stage))
        for (const { key } of endsOf(leaf))
          if ((this.own.get(key)?.lastOn ?? never) < day) this.deriveOn(key, day, entry);
  }

  private statedBy(stage: Stage): Branch[] {
    return this.leaves().filter(({ item }) => item && isStatedBy(stage, item));
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
