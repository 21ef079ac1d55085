import type { WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { isStatedBy } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { lexicon1 } from '../../domain/values/lexicon.js';
import { Statement } from '../completion/leaf-statement.js';
import {
  type ProgressFact,
  type Range,
  rangeOf,
  saysDone,
  unknownRange,
  weightedRange,
} from '../completion/statements.js';
import type { Steps } from '../facts/steps.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import {
  type FactIndex,
  type IndexedFact,
  type ItemReport,
  inOrder,
  isItemReport,
  rankIn,
  reportedRange,
} from './fact-index.js';
import { around, type Level, regressionsOf } from './regressions.js';
import { builtButUnfinished } from './unfinished.js';

export const progressRules: readonly Rule[] = [progressFell, aheadOfPredecessor, builtButUnfinished];

function* progressFell(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  if (about && !isItemReport(about)) return [];
  const found: Finding[] = [];
  for (const item of about ? spokenWithin(itemOf(about.data), factIndex) : factIndex.spokenItems()) {
    for (const { step, reports } of subjectsOf(item, factIndex)) {
      const isOwn = ({ data }: ItemReport) => itemOf(data) === item && data.step === step;
      const levelIn = (fact: ItemReport) => levelOf(fact, factIndex);
      let levels: Level<ItemReport>[];
      if (about) {
        const place = rankIn(reports, about);
        if (reports[place] !== about) continue;
        if (!isOwn(about) && !reports.some((word) => isOwn(word) && factIndex.isLive(word))) continue;
        levels = around(reports, place, factIndex.isLive, levelIn);
      } else {
        const live = reports.filter(factIndex.isLive);
        levels = live.some(isOwn) ? live.map(levelIn) : [];
      }
      for (const { earlier, later, settledBy } of yield* regressionsOf(levels)) {
        if (isOfMore(earlier, later)) continue;
        const isMeant = !about || earlier === about || later === about;
        if (isMeant)
          found.push(
            finding('progress-fell', [{ fact: earlier }, { fact: later }], { settledBy: settledBy?.id }),
          );
      }
    }
    yield;
  }
  return found;
}

/** The facts of an item as a whole or of one of its steps, live or not, in the order (asOf, place). */
interface Subject {
  step: string | undefined;
  reports: ItemReport[];
}

function subjectsOf(item: string, factIndex: FactIndex): readonly Subject[] {
  return factIndex.made(`subjects ${item}`, () => buildSubjects(item, factIndex));
}

function buildSubjects(item: string, factIndex: FactIndex): Subject[] {
  const own = Map.groupBy(factIndex.allOn(item), ({ data }) => data.step);
  const above = factIndex.tree.lineOf(item).slice(1);
  const done = above.flatMap((group) => factIndex.allOn(group.id).filter(saysDone));
  const whole = [...done, ...(own.get(undefined) ?? [])];
  // An item that is done is done in each of its steps.
  const wholeDone = whole.filter((word) => reportedRange(word, factIndex).floor === wholeBasisPoints);
  return [...own].map(([step, words]) => ({
    step,
    reports: step === undefined ? whole.sort(inOrder) : [...wholeDone, ...words].sort(inOrder),
  }));
}

/** Goes through the statements and records when an item gets ahead of its predecessor, and when it no longer is. */
function* aheadOfPredecessor(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  const relations = relationsOf(factIndex, about);
  if (relations.length === 0) return [];
  const touching = relationsByItem(relations, factIndex);
  const near = nearOf(relations, factIndex);
  yield;
  const walk = new Walk(factIndex);
  const open = new Map<Relation, Finding | 'earlier'>();
  const found: Finding[] = [];
  if (about) {
    for (const fact of countingBefore(about, near, factIndex)) walk.say(fact);
    // An item that was already ahead was found without it.
    for (const relation of relations) if (walk.isAhead(relation)) open.set(relation, 'earlier');
  }
  let looked = 0;
  for (const fact of about ? factIndex.from(about) : factIndex.facts) {
    looked += 1;
    if (looked % factsInAStep === 0) yield;
    if (!isProgress(fact) || (fact.type !== 'StageEntered' && !near.has(itemOf(fact.data)))) continue;
    const spoken = walk.say(fact);
    const [only = '', ...more] = spoken;
    const touched =
      more.length === 0
        ? (touching.get(only) ?? [])
        : new Set(spoken.flatMap((id) => touching.get(id) ?? []));
    for (const relation of touched) {
      const { item, before } = relation;
      const isAhead = walk.isAhead(relation);
      const known = open.get(relation);
      if (isAhead && !known) {
        const sides = [...walk.limiting(before), ...walk.evidence(item)]
          .sort(inOrder)
          .map((side) => ({ fact: side }));
        const [first, ...rest] = sides;
        if (!first) continue;
        const contradiction = finding('ahead-of-predecessor', [first, ...rest], {
          since: fact.asOf,
        });
        open.set(relation, contradiction);
        found.push(contradiction);
      } else if (!isAhead && known) {
        if (known !== 'earlier') known.settledBy = fact.id;
        open.delete(relation);
      }
    }
    if (about && !walk.restsOn(about) && !standsIn(about, open.values())) return found;
  }
  return found;
}

const factsInAStep = 500;

/** A superset, in order, of the facts that still count directly before a fact. */
function countingBefore(about: IndexedFact, near: ReadonlySet<string>, factIndex: FactIndex): ProgressFact[] {
  const counting: ProgressFact[] = [];
  const isEarlier = (fact: IndexedFact) => inOrder(fact, about) < 0;
  for (const fact of factIndex.ofType('StageEntered')) if (isEarlier(fact)) counting.push(fact);
  for (const item of near) {
    const reports = factIndex.allOn(item);
    const planned = factIndex.tree.items.get(item);
    if (planned?.steps) {
      counting.push(...factIndex.wordsOn(item).filter(isEarlier));
      continue;
    }
    // For a leaf the last report counts, for a group also the last one that it is done; a report on an unknown step only makes a group's report
    // expire.
    const last = [
      factIndex.before(about, reports, saysDone),
      factIndex.before(about, reports, (word) => word.data.step === undefined && !saysDone(word)),
      factIndex.before(about, reports, () => true),
    ];
    counting.push(...new Set(last.filter((word) => word !== undefined)));
  }
  return counting.sort(inOrder);
}

function standsIn(about: IndexedFact, open: Iterable<Finding | 'earlier'>): boolean {
  for (const finding of open)
    if (finding !== 'earlier' && finding.sides.some(({ fact }) => fact === about)) return true;
  return false;
}

/** The parts of an item, and the item itself, if they were reported. */
function spokenWithin(item: string, factIndex: FactIndex): string[] {
  if (factIndex.tree.childrenOf(item).length === 0) return [item];
  return factIndex.spokenItems().filter((other) => other === item || isWithin(other, item, factIndex));
}

interface Relation {
  item: WorkItem;
  before: WorkItem;
}

/** The relations between the items of the plan; with `about`, those that it may affect. */
function relationsOf(factIndex: FactIndex, about: IndexedFact | undefined): Relation[] {
  const relations = [...factIndex.tree.items.values()].flatMap((item) =>
    (item.after ?? []).flatMap((id): Relation[] => {
      const before = factIndex.tree.items.get(id);
      return before ? [{ item, before }] : [];
    }),
  );
  if (!about || !isItemReport(about)) return relations;
  const item = itemOf(about.data);
  return relations.filter((relation) =>
    endsOf(relation).some((end) => isWithin(item, end, factIndex) || isWithin(end, item, factIndex)),
  );
}

/** The ids of the items whose reports the relations depend on: their ends, parts, and enclosing groups. */
function nearOf(relations: readonly Relation[], factIndex: FactIndex): ReadonlySet<string> {
  const { items, lineOf } = factIndex.tree;
  const ends = new Set(relations.flatMap(endsOf));
  const below = [...items.keys()].filter((id) => lineOf(id).some((above) => ends.has(above.id)));
  const above = [...ends].flatMap((end) => lineOf(end).map((item) => item.id));
  return new Set([...below, ...above]);
}

/** The relations that a report on an item may change: those of the item and of everything above it. */
function relationsByItem(
  relations: readonly Relation[],
  factIndex: FactIndex,
): ReadonlyMap<string, Relation[]> {
  const own = new Map<string, Relation[]>();
  for (const relation of relations) {
    for (const end of endsOf(relation)) {
      const list = own.get(end);
      if (list) list.push(relation);
      else own.set(end, [relation]);
    }
  }
  const all = new Map<string, Relation[]>();
  for (const id of factIndex.tree.items.keys()) {
    all.set(
      id,
      factIndex.tree.lineOf(id).flatMap((item) => own.get(item.id) ?? []),
    );
  }
  return all;
}

/** The statements of every item, report after report. */
class Walk {
  private readonly leaves = new Map<string, Statement>();
  /** Reports on groups in force. */
  private readonly groups = new Map<string, { range: Range; fact: ProgressFact }>();

  /** Ranges of other groups, valid until one of their parts is reported. */
  private readonly rolledUp = new Map<string, Range>();

  constructor(private readonly factIndex: FactIndex) {}

  isAhead({ item, before }: Relation): boolean {
    return Math.round(this.range(item).floor) > Math.round(this.range(before).ceiling);
  }

  /** True if something stated comes from a fact. */
  restsOn(fact: IndexedFact): boolean {
    const { tree } = this.factIndex;
    if (!isItemReport(fact)) return true;
    const item = itemOf(fact.data);
    if (tree.childrenOf(item).length > 0) return true;
    return this.leaves.get(item)?.facts().includes(fact) ?? false;
  }

  /** Adds the next report; returns the items that it states something about. */
  say(fact: ProgressFact): string[] {
    const { tree } = this.factIndex;
    const item = fact.type === 'StageEntered' ? undefined : tree.items.get(itemOf(fact.data));
    if (fact.type === 'StageEntered') {
      const leaves = tree.leavesInOrder.filter((leaf) => isStatedBy(fact.data.stage, leaf));
      return leaves.flatMap((leaf) => this.sayLeaf(leaf, fact));
    }
    if (!item) return [];
    if (tree.childrenOf(item.id).length === 0) return this.sayLeaf(item, fact);
    if (saysDone(fact)) return tree.leavesOf(item.id).flatMap((leaf) => this.sayLeaf(leaf, fact));
    if (fact.type !== 'ProgressMeasured' || fact.data.step !== undefined) return [];
    this.forgetAbove(item);
    this.rolledUp.delete(item.id);
    this.groups.set(item.id, { range: rangeOf(fact.data.measure, item, lexicon1), fact });
    return [item.id];
  }

  range(item: WorkItem): Range {
    const stated = this.groups.get(item.id)?.range ?? this.leaves.get(item.id)?.range;
    if (stated) return stated;
    const children = this.factIndex.tree.childrenOf(item.id);
    if (children.length === 0) return unknownRange;
    const known = this.rolledUp.get(item.id);
    if (known) return known;
    const range = weightedRange(
      children.map((child) => ({ range: this.range(child), weight: child.weight })),
    );
    this.rolledUp.set(item.id, range);
    return range;
  }

  /** The facts that keep an item's ceiling below 100 %. */
  limiting(item: WorkItem): IndexedFact[] {
    return this.factsOf(item, (range) => range.ceiling < wholeBasisPoints);
  }

  /** The facts behind an item's floor. */
  evidence(item: WorkItem): IndexedFact[] {
    return this.factsOf(item, (range) => range.floor > 0);
  }

  private factsOf(item: WorkItem, counts: (range: Range) => boolean): IndexedFact[] {
    const group = this.groups.get(item.id);
    if (group) return counts(group.range) ? [group.fact] : [];
    const leaf = this.leaves.get(item.id);
    if (leaf?.range) return counts(leaf.range) ? leaf.facts() : [];
    return [
      ...new Set(this.factIndex.tree.childrenOf(item.id).flatMap((child) => this.factsOf(child, counts))),
    ];
  }

  private sayLeaf(leaf: WorkItem, fact: ProgressFact): string[] {
    let statement = this.leaves.get(leaf.id);
    if (!statement) {
      statement = new Statement(leaf);
      this.leaves.set(leaf.id, statement);
    }
    statement.say(fact);
    if (!statement.range) return [];
    this.forgetAbove(leaf);
    return [leaf.id];
  }

  /** A report on a group holds until one of its parts is reported. */
  private forgetAbove(item: WorkItem): void {
    for (const group of this.factIndex.tree.lineOf(item.id).slice(1)) {
      this.groups.delete(group.id);
      this.rolledUp.delete(group.id);
    }
  }
}

function endsOf({ item, before }: Relation): string[] {
  return [item.id, before.id];
}

/** True for a part of a group, and for the group itself, under the plan of the fact index. */
function isWithin(item: string, group: string, factIndex: FactIndex): boolean {
  return factIndex.tree.lineOf(item).some((above) => above.id === group);
}

/** True if as many or more are done of a total that has grown: the share fell, the work did not. */
function isOfMore(earlier: ItemReport, later: ItemReport): boolean {
  const [before, after] = [countedIn(earlier), countedIn(later)];
  return before !== undefined && after?.kind === before.kind && after.done >= before.done;
}

function countedIn(word: ItemReport): { kind: 'count' | 'storeys'; done: number } | undefined {
  if (word.type === 'MilestoneReached') return undefined;
  const { measure } = word.data;
  if (measure.kind === 'count') return { kind: 'count', done: measure.done };
  return measure.kind === 'storeys' ? { kind: 'storeys', done: measure.reached } : undefined;
}

function levelOf(fact: ItemReport, factIndex: FactIndex) {
  const { floor, ceiling } = reportedRange(fact, factIndex);
  return { fact, floor: Math.round(floor), ceiling: Math.round(ceiling) };
}

function isProgress(fact: IndexedFact): fact is ProgressFact {
  return isItemReport(fact) || fact.type === 'StageEntered';
}
