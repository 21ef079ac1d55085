import type { EventType } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { PlanTree } from '../../domain/project/plan.js';
import { type Day, dayOf, lastDay } from '../../domain/values/days/calendar.js';
import { putInto, rankIn, takeFrom } from '../facts/differences.js';
import { countBefore, countUpTo, type Fact } from '../facts/facts.js';
import { planTableOf } from '../plan/plan-table.js';
import type { StallFact } from '../stalls/stalls.js';
import type { Speaker } from '../words/entry-words.js';

export { inOrder } from '../facts/places.js';

export type IndexedFact = Fact<
  | 'PlanAdopted'
  | 'MilestoneReached'
  | 'ProgressMeasured'
  | 'InvestmentReported'
  | 'MoneyReported'
  | 'StallDeclared'
  | 'StallCleared'
  | 'StageEntered'
  | 'NoChangeReported'
>;

/** A report on an item or on one of its steps. */
export type ItemReport = Fact<'MilestoneReached' | 'ProgressMeasured'>;

/** All facts of a project, in the order (asOf, place), grouped by subject: built once for all fact indexes of it. */
export class FactsInOrder {
  readonly words = new Map<string, ItemReport[]>();
  readonly stalls: StallFact[] = [];
  /** Cached results of rules over all facts, by the plan used. */
  readonly madeBy = new Map<PlanTree, Map<string, unknown>>();
  readonly facts: IndexedFact[] = [];
  private readonly byType = new Map<EventType, IndexedFact[]>();

  constructor(facts: readonly IndexedFact[] = []) {
    for (const fact of facts) this.add(fact);
  }

  add(fact: IndexedFact): void {
    this.madeBy.clear();
    for (const list of this.listsOf(fact)) putInto(list, fact);
  }

  remove(fact: IndexedFact): void {
    this.madeBy.clear();
    for (const list of this.listsOf(fact)) takeFrom(list, fact);
  }

  ofType<T extends IndexedFact['type']>(type: T): readonly Fact<T>[] {
    return (this.byType.get(type) ?? []) as unknown as Fact<T>[];
  }

  /** The lists that a fact belongs to. */
  private listsOf(fact: IndexedFact): IndexedFact[][] {
    const lists = [this.facts, listIn(this.byType, fact.type)];
    if (isItemReport(fact)) lists.push(listIn(this.words, itemOf(fact.data)) as IndexedFact[]);
    if (isStallFact(fact)) lists.push(this.stalls);
    return lists;
  }
}

/**
 * The input of the rules: facts that are live together, in the order (asOf, place), and the last plan among them.
 *
 * Only what a rule requests is searched, because a project has one fact index per withdrawal.
 */
export class FactIndex {
  readonly tree: PlanTree;
  readonly speaker: Speaker;
  private live: readonly IndexedFact[] | undefined;
  private readonly lists = new Map<string, readonly IndexedFact[]>();

  /** @param isWhole it has every fact that was live together, also of later days: no further entry changes it */
  constructor(
    private readonly all: FactsInOrder,
    readonly isLive: (fact: IndexedFact) => boolean,
    readonly isWhole = false,
  ) {
    const { tree } = planTableOf(all.ofType('PlanAdopted').findLast(isLive));
    this.tree = tree;
    this.speaker = { item: (id) => tree.items.get(id), causeOf: () => undefined, entry: () => undefined };
  }

  get facts(): readonly IndexedFact[] {
    this.live ??= this.all.facts.filter(this.isLive);
    return this.live;
  }

  /** Declared stalls, suspensions, and their ends. */
  get stalls(): readonly StallFact[] {
    return this.list('stalls', this.all.stalls);
  }

  ofType<T extends IndexedFact['type']>(type: T): readonly Fact<T>[] {
    return this.list(`type ${type}`, this.all.ofType(type) as readonly IndexedFact[]) as unknown as Fact<T>[];
  }

  /** The live fact that precedes one in a list of all facts and is relevant. */
  before<F extends IndexedFact>(
    fact: IndexedFact,
    list: readonly F[],
    isMeant: (other: F) => boolean,
  ): F | undefined {
    for (let place = rankIn(list, fact) - 1; place >= 0; place -= 1) {
      const other = list[place] as F;
      if (this.isLive(other) && isMeant(other)) return other;
    }
    return undefined;
  }

  /** True if an item has a live report, of those that are relevant. */
  isSpoken(item: string, isMeant: (report: ItemReport) => boolean = () => true): boolean {
    return this.allOn(item).some((report) => isMeant(report) && this.isLive(report));
  }

  /** The live reports on an item about the days between two, both inclusive, and the last one before them. */
  wordsBetween(item: string, from: Day, to: Day): ItemReport[] {
    const all = this.allOn(item);
    const start = countBefore(all, from);
    const words = all.slice(start, countUpTo(all, to)).filter(this.isLive);
    let before = start - 1;
    while (before >= 0 && !this.isLive(all[before] as ItemReport)) before -= 1;
    return before >= 0 ? [all[before] as ItemReport, ...words] : words;
  }

  /**
   * The live reports on items about the days between two, both inclusive, as numbers, and those before them with which they
   * are compared: of an item of which only exact shares are reported the last one, else all.
   */
  reportsBetween(from: number, to: number): ItemReport[] {
    const [first, last] = [dayOf(from), Number.isFinite(to) ? dayOf(to) : lastDay];
    const { facts } = this.all;
    const items = new Set<string>();
    for (const fact of facts.slice(countBefore(facts, first), countUpTo(facts, last)))
      if (isItemReport(fact) && this.isLive(fact)) items.add(itemOf(fact.data));
    return [...items].flatMap((item) =>
      this.isExact(item)
        ? this.wordsBetween(item, first, last)
        : this.wordsOn(item).filter(({ asOf }) => asOf <= last),
    );
  }

  /** True for an item of which only shares of the whole, or that it is done, are reported. */
  isExact(item: string): boolean {
    const inexact = () => this.allOn(item).filter((report) => !isExactShare(report));
    return !this.made(`inexact ${item}`, inexact).some(this.isLive);
  }

  /** The first day after one with a live report on an item. */
  nextDayOn(item: string, day: Day): Day | undefined {
    const all = this.allOn(item);
    for (let place = countUpTo(all, day); place < all.length; place += 1) {
      const report = all[place] as ItemReport;
      if (this.isLive(report)) return report.asOf;
    }
    return undefined;
  }

  /** All facts of an item, live or not. */
  allOn(item: string): readonly ItemReport[] {
    return this.all.words.get(item) ?? [];
  }

  /** All facts of a type, live or not. */
  allOfType<T extends IndexedFact['type']>(type: T): readonly Fact<T>[] {
    return this.all.ofType(type);
  }

  /** Computed once over all facts, live or not, by the plan of this index. */
  made<Made>(name: string, make: () => Made): Made {
    const { madeBy } = this.all;
    const made = madeBy.get(this.tree) ?? new Map<string, unknown>();
    madeBy.set(this.tree, made);
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as Made;
  }

  /** The live facts from one on, inclusive. */
  *from(fact: IndexedFact): Generator<IndexedFact> {
    const { facts } = this.all;
    for (let place = rankIn(facts, fact); place < facts.length; place += 1) {
      const other = facts[place] as IndexedFact;
      if (this.isLive(other)) yield other;
    }
  }

  /** The reports on an item, planned or not. */
  wordsOn(item: string): readonly ItemReport[] {
    return this.list(`item ${item}`, this.all.words.get(item) ?? []);
  }

  /** Each reported item, planned or not. */
  spokenItems(): string[] {
    return [...this.all.words].flatMap(([item, words]) => (words.some(this.isLive) ? [item] : []));
  }

  private list<F extends IndexedFact>(name: string, all: readonly F[]): readonly F[] {
    const known = this.lists.get(name) as readonly F[] | undefined;
    if (known) return known;
    const live = all.filter(this.isLive);
    this.lists.set(name, live);
    return live;
  }
}

/** True for what begins or ends a stall, or may do so. */
export function isStallFact(fact: IndexedFact): fact is StallFact {
  return fact.type === 'StallDeclared' || fact.type === 'StallCleared' || fact.type === 'StageEntered';
}

/** True for a report on an item or a step. */
export function isItemReport(fact: IndexedFact): fact is ItemReport {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured';
}

/** True for a fact that was recorded before a position and not withdrawn by then. */
export function wasLiveBefore(fact: IndexedFact, position: number): boolean {
  return fact.position < position && (fact.withdrawn === undefined || fact.withdrawn.position >= position);
}

function isExactShare({ type, data }: ItemReport): boolean {
  return data.step === undefined && (type === 'MilestoneReached' || data.measure.kind === 'percent');
}

function listIn<K, F>(lists: Map<K, F[]>, key: K): F[] {
  const known = lists.get(key);
  if (known) return known;
  const list: F[] = [];
  lists.set(key, list);
  return list;
}
