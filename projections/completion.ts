import type { Day } from '../src/domain/calendar.js';
import type { Measure, Names, WorkItem } from '../src/domain/events.js';
import { type Lexicon, lexicon1 } from '../src/domain/lexicon.js';
import { type PlanTree, planTree } from '../src/domain/plan.js';
import { type Fact, type Facts, keeping, ofType, upTo } from './facts.js';
import type { Projection } from './projection.js';
import { episodesOf } from './stalls.js';
import {
  full,
  type ProgressFact,
  type Range,
  rangeOf,
  type Stated,
  statedItems,
  weightedRange,
} from './statements.js';

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
  /** `stated`: by its own entries; `implied`: by what comes after it; `rolled-up`: a group, from what lies in it. */
  status: 'stated' | 'implied' | 'unreported' | 'rolled-up';
  /** The last word on it, as it was said. */
  said?: { measure: Measure | { kind: 'done' }; step?: string; asOf: Day; entry: string };
  steps?: {
    step: string;
    name: Names;
    floorBasisPoints: number;
    percentBasisPoints: number;
    ceilingBasisPoints: number;
  }[];
  /** The items that imply it. */
  impliedBy?: string[];
  /** Ids of the entries that it rests on. */
  entries: string[];
}

/** Completion of a project on a day, in basis points (85 % is 8500), rounded half up. */
export interface CompletionView {
  /** Stated facts only; what nobody reported is 0. */
  floorBasisPoints: number;
  /** Plus what the stated facts imply. */
  percentBasisPoints: number;
  /** What is unreported may be done, unless something rules it out. */
  ceilingBasisPoints: number;
  /** The share of the weights that is stated. */
  coverageBasisPoints: number;
  reportedItems: number;
  plannedItems: number;
  plan: { version: number; basis: string; asOf: Day; entry: string } | null;
  lexiconVersion: number;
  items: ItemCompletion[];
  /** Ids of the entries that the figures rest on, the plan first. */
  entries: string[];
}

export type CompletionFact = Fact<
  'PlanAdopted' | 'MilestoneReached' | 'ProgressMeasured' | 'StageEntered' | 'StallDeclared' | 'StallCleared'
>;

/** How far a project is: floor, percent and ceiling, with the items they come from (docs/progress-model.md). */
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

/** The plan that counts on a day: the latest by (asOf, position). */
export function planInForce(facts: readonly Fact[], asOf: Day): Fact<'PlanAdopted'> | undefined {
  return ofType(upTo(facts, asOf), 'PlanAdopted').at(-1);
}

/** Completion by the given facts under the given plan, which need not be the one in force when they were said. */
export function completionOf(
  facts: readonly CompletionFact[],
  plan: Fact<'PlanAdopted'> | undefined,
  asOf: Day,
  lexicon: Lexicon = lexicon1,
): CompletionView {
  const progress = facts.filter(isProgress);
  const tree = planTree(plan?.data.items ?? []);
  const stated = statedItems(tree, progress, lexicon);
  const blocking = episodesOf(upTo(facts.filter(isStall), asOf)).find(
    (episode) => episode.status === 'open' && episode.blocks.includes('production'),
  );
  const work = new Work(tree, stated, blocking !== undefined);
  const isRuledOut = tree.leavesInOrder.some(
    (leaf) => leaf.stage === 'in-production' && !stated.has(leaf.id),
  );
  const items = [
    ...[...tree.items.values()].map((item) => work.view(item)),
    ...unplanned(progress, tree, lexicon),
  ];
  const whole = plan ? work.whole() : { floor: 0, percent: 0, ceiling: 10000 };
  const leaves = tree.leavesInOrder.filter((leaf) => leaf.weight > 0);
  return {
    ...rounded(whole),
    coverageBasisPoints: Math.round(work.coverage() * 10000),
    reportedItems: leaves.filter((leaf) => work.isStated(leaf)).length,
    plannedItems: leaves.length,
    plan: plan
      ? { version: plan.data.version, basis: plan.data.basis, asOf: plan.asOf, entry: plan.id }
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

/** The figures of completion on every day on which an entry changed them, oldest first. */
export function completionSeries(
  facts: readonly CompletionFact[],
  asOf: Day,
): { asOf: Day; floorBasisPoints: number; percentBasisPoints: number; ceilingBasisPoints: number }[] {
  const days = [...new Set(upTo(facts, asOf).map((fact) => fact.asOf))];
  return days.map((day) => {
    const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = completion.view(
      { facts: [...facts] },
      day,
    );
    return { asOf: day, floorBasisPoints, percentBasisPoints, ceilingBasisPoints };
  });
}

/** The ranges of every item of one plan, each computed once: implications backwards, ceilings forwards. */
class Work {
  private readonly leaves = new Map<string, Range>();
  private readonly impliedBy = new Map<string, string[]>();
  private readonly followers = new Map<string, string[]>();
  /** Ranges of groups, for as long as their leaves stay as they are. */
  private readonly groups = new Map<string, Range>();
  private readonly evidence = new Map<string, ProgressFact[]>();

  constructor(
    private readonly tree: PlanTree,
    private readonly stated: ReadonlyMap<string, Stated>,
    private readonly isProductionBlocked: boolean,
  ) {
    for (const item of tree.items.values()) {
      for (const id of item.after ?? []) this.followers.set(id, [...(this.followers.get(id) ?? []), item.id]);
    }
    for (const leaf of tree.leavesInOrder) {
      this.leaves.set(leaf.id, stated.get(leaf.id)?.range ?? { floor: 0, percent: 0, ceiling: 10000 });
    }
    for (const leaf of [...tree.leavesInOrder].reverse()) if (!stated.has(leaf.id)) this.imply(leaf);
    this.groups.clear();
    for (const leaf of tree.leavesInOrder) if (!stated.has(leaf.id)) this.limit(leaf);
    this.groups.clear();
  }

  whole(): Range {
    return weightedRange(this.tree.roots.map((root) => ({ range: this.range(root), weight: root.weight })));
  }

  /** The share of the weights for which something is stated, 0 to 1. */
  coverage(): number {
    return this.covered(this.tree.roots);
  }

  isStated(leaf: WorkItem): boolean {
    return this.tree.lineOf(leaf.id).some((item) => this.stated.has(item.id));
  }

  view(item: WorkItem): ItemCompletion {
    const isGroup = this.tree.childrenOf(item.id).length > 0;
    const stated = this.stated.get(item.id);
    const impliedBy = stated ? undefined : this.impliedBy.get(item.id);
    const last = stated?.facts.at(-1);
    return {
      item: item.id,
      name: item.name,
      ...(item.parent === undefined ? {} : { parent: item.parent }),
      isGroup,
      isPlanned: true,
      weight: item.weight,
      shareBasisPoints: Math.round(this.share(item) * 10000),
      ...rounded(this.range(item)),
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
      entries: this.evidenceOf(item.id).map((fact) => fact.id),
    };
  }

  private range(item: WorkItem): Range {
    const stated = this.stated.get(item.id)?.range;
    if (stated) return stated;
    const children = this.tree.childrenOf(item.id);
    if (children.length === 0) return this.leaves.get(item.id) ?? full;
    const known = this.groups.get(item.id);
    if (known) return known;
    const range = weightedRange(
      children.map((child) => ({ range: this.range(child), weight: child.weight })),
    );
    this.groups.set(item.id, range);
    return range;
  }

  /** The facts that an item rests on: its own, those below it, or those of what implies it. */
  private evidenceOf(id: string): readonly ProgressFact[] {
    const known = this.stated.get(id)?.facts ?? this.evidence.get(id);
    if (known) return known;
    const from = [...this.tree.childrenOf(id).map((child) => child.id), ...(this.impliedBy.get(id) ?? [])];
    const facts = [...new Set(from.flatMap((other) => this.evidenceOf(other)))];
    this.evidence.set(id, facts);
    return facts;
  }

  private rangeOfId(id: string): Range {
    const item = this.tree.items.get(id);
    return item ? this.range(item) : full;
  }

  /** What comes after an item cannot be further along than it is, so the item is at least as far. */
  private imply(leaf: WorkItem): void {
    const followers = this.tree.lineOf(leaf.id).flatMap((item) => this.followers.get(item.id) ?? []);
    const percent = Math.max(0, ...followers.map((id) => this.rangeOfId(id).percent));
    if (percent === 0) return;
    this.leaves.set(leaf.id, { floor: 0, percent, ceiling: 10000 });
    this.impliedBy.set(
      leaf.id,
      followers.filter((id) => this.rangeOfId(id).percent === percent),
    );
  }

  /** An unreported item is no further than the ceiling of what it comes after; a yes/no item only once that is complete. */
  private limit(leaf: WorkItem): void {
    const before = this.tree.lineOf(leaf.id).flatMap((item) => item.after ?? []);
    const limit = Math.min(10000, ...before.map((id) => this.rangeOfId(id).ceiling));
    const isYesOrNo = leaf.measure === 'done' || leaf.stage !== undefined;
    const isRuledOut = leaf.stage === 'in-production' && this.isProductionBlocked;
    const ceiling = isRuledOut || (isYesOrNo && limit < 10000) ? 0 : limit;
    const range = this.leaves.get(leaf.id) ?? full;
    this.leaves.set(leaf.id, { ...range, ceiling: Math.max(ceiling, range.percent) });
  }

  private share(item: WorkItem): number {
    const siblings = item.parent === undefined ? this.tree.roots : this.tree.childrenOf(item.parent);
    const total = siblings.reduce((sum, sibling) => sum + sibling.weight, 0);
    const parent = item.parent === undefined ? undefined : this.tree.items.get(item.parent);
    return total === 0 ? 0 : (item.weight / total) * (parent ? this.share(parent) : 1);
  }

  private covered(items: readonly WorkItem[]): number {
    const total = items.reduce((sum, item) => sum + item.weight, 0);
    if (total === 0) return 0;
    return items.reduce((sum, item) => sum + (item.weight / total) * this.coveredItem(item), 0);
  }

  private coveredItem(item: WorkItem): number {
    return this.stated.has(item.id) ? 1 : this.covered(this.tree.childrenOf(item.id));
  }
}

function isStall(fact: CompletionFact): fact is Fact<'StallDeclared' | 'StallCleared'> {
  return fact.type === 'StallDeclared' || fact.type === 'StallCleared';
}

function isProgress(fact: CompletionFact): fact is ProgressFact {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured' || fact.type === 'StageEntered';
}

/** Items that were measured and that the plan does not name, in the order in which they were first spoken of. */
function unplanned(facts: readonly ProgressFact[], tree: PlanTree, lexicon: Lexicon): ItemCompletion[] {
  const last = new Map<string, Exclude<ProgressFact, { type: 'StageEntered' }>>();
  for (const fact of facts) {
    if (fact.type !== 'StageEntered' && !tree.items.has(fact.data.item)) last.set(fact.data.item, fact);
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
  return { measure, ...(step === undefined ? {} : { step }), asOf: fact.asOf, entry: fact.id };
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
