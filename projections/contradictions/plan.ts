import type { EventData, Measure, WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import type { Fact } from '../facts/facts.js';
import { inParts, type Steps } from '../facts/steps.js';
import { type Finding, finding, type Rule, type Side } from './contradiction.js';
import { type FactIndex, type IndexedFact, type ItemReport, inOrder, isItemReport } from './fact-index.js';

export const planRules: readonly Rule[] = [denominatorsDiffer, unknownStep];

type Counted = Extract<Measure, { kind: 'count' | 'storeys' }>;
type CountedWord = Fact<'ProgressMeasured'> & { data: EventData['ProgressMeasured'] & { measure: Counted } };
type AdoptedPlan = Fact<'PlanAdopted'>;

function denominatorsDiffer(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  return walkPlans<CountedWord>('denominators-differ', factIndex, about, isCounted, (words, item, plan) => {
    const last = words.at(-1);
    if (!last) return undefined;
    const { kind, of } = last.data.measure;
    if (plan && item?.of !== undefined && item.measure === kind) {
      if (!isOtherTotal(last, item.of)) return undefined;
      const planned = { en: `the plan says ${item.of} in all`, zh: `计划总数为 ${item.of}` };
      return [{ fact: plan, words: planned }, { fact: last }];
    }
    const first = words.find((word) => word.data.measure.of !== undefined);
    const total = first?.data.measure.of;
    if (!first || total === undefined || (of === undefined && first === last)) return undefined;
    return isOtherTotal(last, total) ? [{ fact: first }, { fact: last }] : undefined;
  });
}

function unknownStep(factIndex: FactIndex, about?: IndexedFact): Steps<Finding[]> {
  return walkPlans<ItemReport>('unknown-step', factIndex, about, isOnStep, (words, item, plan) => {
    const last = words.at(-1);
    if (!last || !item || !plan || item.steps?.some((step) => step.id === last.data.step)) return undefined;
    const unnamed = { en: 'the plan names no such step', zh: '计划中没有该工序' };
    return [{ fact: last }, { fact: plan, words: unnamed }];
  });
}

/**
 * Goes through reports and plans in order and records when a subject starts and stops contradicting.
 *
 * A new plan settles what it agrees with; it opens nothing on an item that an earlier plan named, because reports under
 * the old plan were right then.
 */
function* walkPlans<W extends ItemReport>(
  rule: 'denominators-differ' | 'unknown-step',
  factIndex: FactIndex,
  about: IndexedFact | undefined,
  isMeant: (word: ItemReport) => word is W,
  conflictOf: (
    words: readonly W[],
    item: WorkItem | undefined,
    plan: AdoptedPlan | undefined,
  ) => [Side, Side] | undefined,
): Steps<Finding[]> {
  const word = about && isItemReport(about) ? about : undefined;
  if (word && !isMeant(word)) return [];
  const found: Finding[] = [];
  const subjects = new Map<string, { item: string; words: W[]; open?: Finding | undefined }>();
  const earlierPlans: AdoptedPlan[] = [];
  let plan: AdoptedPlan | undefined;
  for (const some of inParts(word ? onItem(factIndex, itemOf(word.data)) : factIndex.facts)) {
    for (const fact of some) take(fact);
    yield;
  }
  return found;

  function take(fact: IndexedFact): void {
    let changed: Iterable<string> = [];
    if (fact.type === 'PlanAdopted') {
      if (plan) earlierPlans.push(plan);
      plan = fact;
      changed = subjects.keys();
    } else if (isItemReport(fact) && isMeant(fact) && (!word || word.data.item === fact.data.item)) {
      const [item, { step }] = [itemOf(fact.data), fact.data];
      const key = JSON.stringify([
        item,
        step ?? null,
        'measure' in fact.data ? fact.data.measure.kind : null,
      ]);
      const subject = subjects.get(key);
      if (subject) subject.words.push(fact);
      else subjects.set(key, { item, words: [fact] });
      changed = [key];
    }
    for (const key of changed) {
      const subject = subjects.get(key);
      if (!subject) continue;
      const sides = conflictOf(subject.words, plan && itemIn(plan, subject.item), plan);
      if (subject.open && !sides) {
        subject.open.settledBy = fact.id;
        subject.open = undefined;
      } else if (sides && !subject.open) {
        const isNewOnly =
          fact.type === 'PlanAdopted' && earlierPlans.some((old) => itemIn(old, subject.item));
        if (isNewOnly) continue;
        subject.open = finding(rule, sides, { since: fact.asOf });
        found.push(subject.open);
      }
    }
  }
}

/** The plans and the reports on one item. */
function onItem(factIndex: FactIndex, item: string): IndexedFact[] {
  return [...factIndex.ofType('PlanAdopted'), ...factIndex.wordsOn(item)].sort(inOrder);
}

function itemIn(plan: AdoptedPlan, id: string): WorkItem | undefined {
  return plan.data.items.find((item) => item.id === id);
}

function isCounted(word: ItemReport): word is CountedWord {
  if (word.type !== 'ProgressMeasured' || word.data.step !== undefined) return false;
  return word.data.measure.kind === 'count' || word.data.measure.kind === 'storeys';
}

function isOnStep(word: ItemReport): word is ItemReport {
  return word.data.step !== undefined;
}

function isOtherTotal(word: CountedWord, total: number): boolean {
  const { measure } = word.data;
  const reached = measure.kind === 'count' ? measure.done : measure.reached;
  return (measure.of !== undefined && measure.of !== total) || reached > total;
}
