import type { WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type ProgressFact, type Range, saysDone } from '../completion/statements.js';
import { around, type Level, regressionsOf } from '../facts/regressions.js';
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
import { OutOfSequence } from './out-of-sequence.js';
import { StatedItems } from './stated-items.js';
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
      for (const { earlier, later, settledBy } of yield* regressionsOf(levels, isOfMore)) {
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

/** Items ahead of their predecessors; with `about`, at least those that it is named in. */
function* aheadOfPredecessor(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  const { table } = factIndex;
  const near = nearOf(relationsOf(factIndex, about), factIndex);
  if (near.size === 0) return [];
  yield;
  const found: Finding[] = [];
  const statements = new StatedItems(table);
  const outOfSequence = new OutOfSequence(table, statements, found);
  const say = (fact: ProgressFact) => outOfSequence.check(statements.say(fact), fact);
  if (about) for (const fact of countingBefore(about, near, factIndex)) say(fact);
  let looked = 0;
  for (const fact of about ? factIndex.from(about) : factIndex.facts) {
    looked += 1;
    if (looked % factsInAStep === 0) yield;
    if (!isProgress(fact) || (fact.type !== 'StageEntered' && !near.has(itemOf(fact.data)))) continue;
    say(fact);
    if (about && isProgress(about) && !statements.restsOn(about) && !outOfSequence.names(about)) break;
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

function endsOf({ item, before }: Relation): string[] {
  return [item.id, before.id];
}

/** True for a part of a group, and for the group itself, under the plan of the fact index. */
function isWithin(item: string, group: string, factIndex: FactIndex): boolean {
  return factIndex.tree.lineOf(item).some((above) => above.id === group);
}

/** True if as many or more are done of a total that has grown: the share fell, the work did not. */
export function isOfMore(earlier: ItemReport, later: ItemReport): boolean {
  const [before, after] = [countedIn(earlier), countedIn(later)];
  return before !== undefined && after?.kind === before.kind && after.done >= before.done;
}

function countedIn(word: ItemReport): { kind: 'count' | 'storeys'; done: number } | undefined {
  if (word.type === 'MilestoneReached') return undefined;
  const { measure } = word.data;
  if (measure.kind === 'count') return { kind: 'count', done: measure.done };
  return measure.kind === 'storeys' ? { kind: 'storeys', done: measure.reached } : undefined;
}

function levelOf(fact: ItemReport, factIndex: FactIndex): Level<ItemReport> {
  return reportedLevel(fact, reportedRange(fact, factIndex));
}

/** What a report states at least and at most, in basis points. */
export function reportedLevel(fact: ItemReport, { floor, ceiling }: Range): Level<ItemReport> {
  return { fact, floor: Math.round(floor), ceiling: Math.round(ceiling) };
}

function isProgress(fact: IndexedFact): fact is ProgressFact {
  return isItemReport(fact) || fact.type === 'StageEntered';
}
