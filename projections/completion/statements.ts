import type { Measure, Stage, WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { isStatedBy, type PlanTree } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type Lexicon, lexiconWord } from '../../domain/values/lexicon.js';
import type { Fact } from '../facts/facts.js';

/** Completion in basis points, not rounded: stated only, with what is implied, and the maximum. */
export interface Range {
  floor: number;
  percent: number;
  ceiling: number;
}

export const full: Range = { floor: wholeBasisPoints, percent: wholeBasisPoints, ceiling: wholeBasisPoints };
/** The range of what nothing is reported of. */
export const unknownRange: Range = { floor: 0, percent: 0, ceiling: wholeBasisPoints };

/** A fact about the progress of items. */
export type ProgressFact = Fact<'MilestoneReached' | 'ProgressMeasured' | 'StageEntered'>;

interface Ordered {
  fact: ProgressFact;
  order: number;
}

/** The stated range of one item, and the facts behind it, oldest first. */
export interface Stated {
  range: Range;
  facts: ProgressFact[];
  /** Ranges by step, only for items measured in steps. */
  steps?: { step: string; range: Range; isStated: boolean }[];
}

/**
 * The stated range of every item of a plan, leaves and groups, by its latest report in the order (asOf, place).
 *
 * A group reported done states all of its parts; the stage `built` states all works; entering production or trial
 * production states the items of that stage. Any other report on a group holds until one of its parts is reported
 * later. A report on an unplanned step states nothing yet.
 */
export function statedItems(
  tree: PlanTree,
  facts: readonly ProgressFact[],
  lexicon: Lexicon,
): ReadonlyMap<string, Stated> {
  const stages: (Ordered & { stage: Stage })[] = [];
  const byItem = new Map<string, Ordered[]>();
  for (const [order, fact] of facts.entries()) {
    if (fact.type === 'StageEntered') stages.push({ fact, order, stage: fact.data.stage });
    else pushTo(byItem, itemOf(fact.data), { fact, order });
  }
  const stated = new Map<string, Stated>();
  const lastBelow = new Map<string, number>();
  const spokenOf = (line: readonly WorkItem[], order: number) => {
    for (const item of line) lastBelow.set(item.id, Math.max(lastBelow.get(item.id) ?? -1, order));
  };
  for (const leaf of tree.leavesInOrder) {
    const line = tree.lineOf(leaf.id);
    const own = byItem.get(leaf.id) ?? [];
    const others: Ordered[] = line
      .slice(1)
      .flatMap((group) => (byItem.get(group.id) ?? []).filter(({ fact }) => saysDone(fact)));
    for (const entered of stages) if (isStatedBy(entered.stage, leaf)) others.push(entered);
    const words = others.length === 0 ? own : [...own, ...others].sort((a, b) => a.order - b.order);
    const said = statedLeaf(
      leaf,
      words.map(({ fact }) => fact),
      lexicon,
    );
    if (!said) continue;
    stated.set(leaf.id, said);
    spokenOf(
      line,
      Math.max(...words.filter(({ fact }) => said.facts.includes(fact)).map(({ order }) => order)),
    );
  }
  const groupWords = [...byItem].flatMap(([id, words]) => {
    const item = tree.items.get(id);
    const last = words.findLast(({ fact }) => isAboutWhole(fact));
    return item && last && tree.childrenOf(id).length > 0 ? [{ item, last }] : [];
  });
  for (const { item, last } of groupWords) spokenOf(tree.lineOf(item.id).slice(1), last.order);
  for (const { item, last } of groupWords) {
    const { fact, order } = last;
    if (fact.type !== 'ProgressMeasured') continue;
    if (order > (lastBelow.get(item.id) ?? -1)) {
      stated.set(item.id, { range: rangeOf(fact.data.measure, item, lexicon), facts: [fact] });
    }
  }
  return stated;
}

/** The range of a measure; a missing denominator widens it and is never invented. */
export function rangeOf(measure: Measure, item: Pick<WorkItem, 'of'> | undefined, lexicon: Lexicon): Range {
  switch (measure.kind) {
    case 'percent':
      return exactly(measure.basisPoints);
    case 'count':
      return (
        shareOf(measure.done, measure.of ?? item?.of) ?? {
          floor: 100,
          percent: 5000,
          ceiling: wholeBasisPoints,
        }
      );
    case 'range': {
      const { lowBasisPoints: floor, highBasisPoints: ceiling, pointBasisPoints } = measure;
      return { floor, percent: pointBasisPoints ?? floor, ceiling };
    }
    case 'quantity':
      return unknownRange;
    case 'storeys':
      return shareOf(measure.reached, measure.of ?? item?.of) ?? { floor: 100, percent: 5000, ceiling: 9900 };
    case 'word': {
      const range = (measure.meaning ?? lexiconWord(measure.word, lexicon))?.range;
      return range ? { floor: range.low, percent: range.point, ceiling: range.high } : unknownRange;
    }
  }
}

/** True for a report that an item is done as a whole. */
export function saysDone(fact: ProgressFact): boolean {
  return fact.type === 'MilestoneReached' && fact.data.step === undefined;
}

/** What the reports on a leaf, oldest first, state of it; undefined if nothing. */
function statedLeaf(item: WorkItem, words: ProgressFact[], lexicon: Lexicon): Stated | undefined {
  if (item.steps) return statedSteps(item, item.steps, words, lexicon);
  const last = words.findLast(isAboutWhole);
  return last && { range: wordRange(last, item, lexicon), facts: [last] };
}

/**
 * Steps are done in order: a report on one step implies at least as much for the steps before it, and an unreported
 * step is limited by the ceiling of the step before it.
 */
function statedSteps(
  item: WorkItem,
  planned: NonNullable<WorkItem['steps']>,
  words: ProgressFact[],
  lexicon: Lexicon,
): Stated | undefined {
  const ranges = new Map<string, Range>();
  const used = new Map<string, ProgressFact>();
  for (const fact of words) {
    const step = fact.type === 'StageEntered' ? undefined : fact.data.step;
    const index = planned.findIndex((candidate) => candidate.id === step);
    if (step !== undefined && index < 0) continue;
    const said = wordRange(fact, item, lexicon);
    for (const [i, candidate] of planned.entries()) {
      if (step !== undefined && i > index) break;
      const earlier = ranges.get(candidate.id);
      const isOwn = step === undefined || i === index;
      if (!isOwn && earlier && earlier.floor >= said.floor && earlier.percent >= said.percent) continue;
      ranges.set(candidate.id, isOwn ? said : atLeast(said, earlier));
      used.set(candidate.id, fact);
    }
  }
  if (used.size === 0) return undefined;
  let before = wholeBasisPoints;
  const steps = planned.map((step) => {
    const stated = ranges.get(step.id);
    const range = stated ?? { floor: 0, percent: 0, ceiling: before };
    before = range.ceiling;
    return { step: step.id, range, isStated: stated !== undefined };
  });
  const weighted = steps.map((step, i) => ({ range: step.range, weight: planned[i]?.weight ?? 0 }));
  const counting = new Set(used.values());
  return { range: weightedRange(weighted), facts: words.filter((fact) => counting.has(fact)), steps };
}

/** Σ(weight × range) / Σ weight; unknown if no weight is above 0. */
export function weightedRange(parts: readonly { range: Range; weight: number }[]): Range {
  let total = 0;
  let floor = 0;
  let percent = 0;
  let ceiling = 0;
  for (const { range, weight } of parts) {
    total += weight;
    floor += weight * range.floor;
    percent += weight * range.percent;
    ceiling += weight * range.ceiling;
  }
  if (total === 0) return unknownRange;
  return { floor: floor / total, percent: percent / total, ceiling: ceiling / total };
}

function isAboutWhole(fact: ProgressFact): boolean {
  return fact.type === 'StageEntered' || fact.data.step === undefined;
}

/** The range that a report states for its item or step. */
export function wordRange(
  fact: ProgressFact,
  item: Pick<WorkItem, 'of'> | undefined,
  lexicon: Lexicon,
): Range {
  return fact.type === 'ProgressMeasured' ? rangeOf(fact.data.measure, item, lexicon) : full;
}

/** What a report on a later step implies for an earlier one: no less than was reported for it. */
export function atLeast(said: Range, earlier: Range | undefined): Range {
  return {
    floor: Math.max(said.floor, earlier?.floor ?? 0),
    percent: Math.max(said.percent, earlier?.percent ?? 0),
    ceiling: earlier ? Math.max(said.ceiling, earlier.ceiling) : wholeBasisPoints,
  };
}

function exactly(basisPoints: number): Range {
  return { floor: basisPoints, percent: basisPoints, ceiling: basisPoints };
}

function shareOf(done: number, of: number | undefined): Range | undefined {
  if (of === undefined) return done === 0 ? { floor: 0, percent: 0, ceiling: 9900 } : undefined;
  return exactly(of === 0 ? 0 : (Math.max(0, Math.min(done, of)) * wholeBasisPoints) / of);
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
