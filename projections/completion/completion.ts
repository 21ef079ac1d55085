import type { Measure, Names, WorkItem } from '../../domain/project/events.js';
import { type PlanTree, planTree } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Day } from '../../domain/values/calendar.js';
import { type Lexicon, lexicon1 } from '../../domain/values/lexicon.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type GivenDay, givenDay } from '../facts/day-marks.js';
import { countUpTo, type Fact, type Facts, keeping, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { Stalls } from '../stalls/stalls.js';
import { full, type ProgressFact, type Range, rangeOf, statedItems, unknownRange } from './statements.js';
import { Work } from './work.js';

/** Completion of one item, in basis points (85 % is 8500). */
export interface ItemCompletion {
  item: string;
  name: Names;
  parent?: string;
  isGroup: boolean;
  /** False for an item that no plan in force names: it is kept and counts from the day a plan names it. */
  isPlanned: boolean;
  weight: number;
  /** Share of the whole project, by the weights above it. */
  shareBasisPoints: number;
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
  /** `stated`: by its own entries; `implied`: by its successors; `rolled-up`: a group, from its parts. */
  status: 'stated' | 'implied' | 'unreported' | 'rolled-up';
  /** Its last report, as reported. */
  said?: { measure: Measure | { kind: 'done' }; step?: string; entry: Uuid } & GivenDay;
  steps?: {
    step: string;
    name: Names;
    floorBasisPoints: number;
    percentBasisPoints: number;
    ceilingBasisPoints: number;
  }[];
  /** The items that imply it. */
  impliedBy?: string[];
  /** Ids of the entries behind it. */
  entries: Uuid[];
}

/** Completion of a project on a day, in basis points (85 % is 8500), rounded half up. */
export interface CompletionView {
  /** Stated facts only; unreported items are 0. */
  floorBasisPoints: number;
  /** Plus what the stated facts imply. */
  percentBasisPoints: number;
  /** Unreported items may be done, unless something rules it out. */
  ceilingBasisPoints: number;
  /** The share of the weights that is stated. */
  coverageBasisPoints: number;
  reportedItems: number;
  plannedItems: number;
  plan: ({ version: number; basis: string; entry: Uuid } & GivenDay) | null;
  lexiconVersion: number;
  items: ItemCompletion[];
  /** Ids of the entries behind the figures, the plan first. */
  entries: Uuid[];
}

export type CompletionFact = Fact<
  'PlanAdopted' | 'MilestoneReached' | 'ProgressMeasured' | 'StageEntered' | 'StallDeclared' | 'StallCleared'
>;

/** A project's completion: floor, percent and ceiling, with its items (docs/progress-model.md). */
export const completion: Projection<Facts<CompletionFact['type']>, CompletionView> = {
  name: 'completion',
  scope: 'project',
  ...keeping([
    'PlanAdopted',
    'MilestoneReached',
    'ProgressMeasured',
    'StageEntered',
    'StallDeclared',
    'StallCleared',
  ]),
  view: (state, asOf) => completionOf(upTo(state.facts, asOf), planInForce(state.facts, asOf), asOf),
};

/** The plan in force on a day: the latest by (asOf, place). */
export function planInForce(facts: readonly Fact[], asOf: Day): Fact<'PlanAdopted'> | undefined {
  for (let place = countUpTo(facts, asOf) - 1; place >= 0; place -= 1) {
    const fact = facts[place];
    if (fact?.type === 'PlanAdopted') return fact;
  }
  return undefined;
}

/** Completion by the given facts under the given plan, which need not be the one in force when they were reported. */
export function completionOf(
  facts: readonly CompletionFact[],
  plan: Fact<'PlanAdopted'> | undefined,
  asOf: Day,
  lexicon: Lexicon = lexicon1,
): CompletionView {
  const progress = facts.filter(isProgress);
  const tree = planTree(plan?.data.items ?? []);
  const stated = statedItems(tree, progress, lexicon);
  const blocking = new Stalls(upTo(facts.filter(isStall), asOf)).blocking('production');
  const work = new Work(tree, stated, blocking !== undefined);
  const isRuledOut = tree.leavesInOrder.some(
    (leaf) => leaf.stage === 'in-production' && !stated.has(leaf.id),
  );
  const items = [
    ...[...tree.items.values()].map((item) => plannedItem(item, tree, work)),
    ...unplanned(progress, tree, lexicon),
  ];
  const whole = plan ? work.whole() : unknownRange;
  const leaves = tree.leavesInOrder.filter((leaf) => leaf.weight > 0);
  return {
    ...rounded(whole),
    coverageBasisPoints: Math.round(work.coverage() * wholeBasisPoints),
    reportedItems: leaves.filter((leaf) => work.isStated(leaf)).length,
    plannedItems: leaves.length,
    plan: plan
      ? { version: plan.data.version, basis: plan.data.basis, ...givenDay(plan.entry), entry: plan.id }
      : null,
    lexiconVersion: lexicon.version,
    items,
    entries: [
      ...new Set([
        ...(plan ? [plan.id] : []),
        ...items.filter((item) => item.isPlanned).flatMap((item) => item.entries),
        ...(blocking && isRuledOut ? blocking.entries : []),
      ]),
    ],
  };
}

/** One item of the plan with its figures and their evidence. */
function plannedItem(item: WorkItem, tree: PlanTree, work: Work): ItemCompletion {
  const isGroup = tree.childrenOf(item.id).length > 0;
  const stated = work.statedOf(item.id);
  const impliedBy = stated ? undefined : work.impliedByOf(item.id);
  const last = stated?.facts.at(-1);
  return {
    item: item.id,
    name: item.name,
    ...(item.parent === undefined ? {} : { parent: item.parent }),
    isGroup,
    isPlanned: true,
    weight: item.weight,
    shareBasisPoints: Math.round(work.share(item) * wholeBasisPoints),
    ...rounded(work.range(item)),
    status: stated ? 'stated' : isGroup ? 'rolled-up' : impliedBy ? 'implied' : 'unreported',
    ...(last ? { said: saidBy(last) } : {}),
    ...(stated?.steps
      ? {
          steps: stated.steps.map((step) => ({
            step: step.step,
            name: stepName(item, step.step),
            ...rounded(step.range),
          })),
        }
      : {}),
    ...(impliedBy ? { impliedBy } : {}),
    entries: work.evidenceOf(item.id).map((fact) => fact.id),
  };
}

/** True for a stall or its end. */
export function isStall(fact: CompletionFact): fact is Fact<'StallDeclared' | 'StallCleared'> {
  return fact.type === 'StallDeclared' || fact.type === 'StallCleared';
}

/** True for a fact about progress. */
export function isProgress(fact: CompletionFact): fact is ProgressFact {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured' || fact.type === 'StageEntered';
}

/** Measured items that the plan does not name, in the order of their first report. */
function unplanned(facts: readonly ProgressFact[], tree: PlanTree, lexicon: Lexicon): ItemCompletion[] {
  const last = new Map<string, Exclude<ProgressFact, { type: 'StageEntered' }>>();
  for (const fact of facts) {
    if (fact.type === 'StageEntered' || fact.data.item === undefined) continue;
    if (!tree.items.has(fact.data.item)) last.set(fact.data.item, fact);
  }
  return [...last].map(([item, fact]) => ({
    item,
    name: {},
    isGroup: false,
    isPlanned: false,
    weight: 0,
    shareBasisPoints: 0,
    ...rounded(fact.type === 'ProgressMeasured' ? rangeOf(fact.data.measure, undefined, lexicon) : full),
    status: 'stated' as const,
    said: saidBy(fact),
    entries: [fact.id],
  }));
}

function saidBy(fact: ProgressFact): NonNullable<ItemCompletion['said']> {
  const measure = fact.type === 'ProgressMeasured' ? fact.data.measure : { kind: 'done' as const };
  const step = fact.type === 'StageEntered' ? undefined : fact.data.step;
  return { measure, ...(step === undefined ? {} : { step }), ...givenDay(fact.entry), entry: fact.id };
}

function stepName(item: WorkItem, step: string): Names {
  return item.steps?.find((candidate) => candidate.id === step)?.name ?? {};
}

function rounded(range: Range): {
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
} {
  return {
    floorBasisPoints: Math.round(range.floor),
    percentBasisPoints: Math.round(range.percent),
    ceilingBasisPoints: Math.round(range.ceiling),
  };
}
