import { type PlanTree, planTree } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type Day, daysBetween } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import {
  type CompletionFact,
  type CompletionView,
  completionOf,
  planInForce,
} from '../completion/completion.js';
import { type Fact, type Facts, keeping, ofType, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { type EarnedValue, earnedValueOf } from './earned-value.js';
import { type Forecast, ledgerOf, slipsOf, type TargetSlip } from './forecasts.js';
import { plannedBasisPoints, type WeightedLeaf, weightedLeaves } from './planned.js';

/** An item that is not done although its own planned finish has passed. */
interface Overdue {
  item: string;
  plannedFinish: Day;
  days: number;
  percentBasisPoints: number;
}

/** A project against its plan and its forecasts on a day. */
export interface ScheduleView {
  /** The planned completion on the day, over the work that has dates; null if none has. */
  plannedBasisPoints: number | null;
  /** Completion (percent) of the work that has dates, to compare like with like. */
  datedPercentBasisPoints: number | null;
  /** The share of the weights that has dates. */
  plannedCoverageBasisPoints: number;
  /** Dated percent minus planned; negative is behind. */
  aheadBasisPoints: number | null;
  /** Every forecast, in the order (asOf, place). */
  forecasts: Forecast[];
  slips: TargetSlip[];
  overdue: Overdue[];
  earnedValue: EarnedValue | null;
  /** What the plan lacks for earned value; null if there is one. */
  earnedValueMissing: Words | null;
  entries: Uuid[];
}

export type ScheduleFact = CompletionFact | Fact<'ForecastGiven' | 'InvestmentReported'>;

/** Planned percent, slip, every forecast, overdue items, and earned value if the plan has the data. */
export const schedule: Projection<Facts<ScheduleFact['type']>, ScheduleView> = {
  name: 'schedule',
  scope: 'project',
  ...keeping([
    'PlanAdopted',
    'MilestoneReached',
    'ProgressMeasured',
    'StageEntered',
    'StallDeclared',
    'StallCleared',
    'ForecastGiven',
    'InvestmentReported',
  ]),
  view: (state, asOf) => {
    const progress = upTo(state.facts, asOf).filter(countsForCompletion);
    return scheduleOf(state.facts, asOf, completionOf(progress, planInForce(state.facts, asOf), asOf));
  },
};

/** The schedule on a day, given the completion on that day. */
export function scheduleOf(
  facts: readonly ScheduleFact[],
  asOf: Day,
  completion: CompletionView,
): ScheduleView {
  const known = upTo(facts, asOf);
  const plan = planInForce(facts, asOf);
  const tree = planTree(plan?.data.items ?? []);
  const leaves = weightedLeaves(tree);
  const percentOf = effectivePercents(tree, completion);
  const planned = plannedBasisPoints(leaves, asOf);
  const dated = datedPercent(leaves, completion, percentOf);
  const coverage = leaves.reduce((sum, leaf) => sum + (leaf.dates ? leaf.share : 0), 0);
  const forecasts = ledgerOf(ofType(known, 'ForecastGiven'));
  const reports = ofType(known, 'InvestmentReported');
  const earned = earnedValueOf(leaves, percentOf, reports, asOf);
  const cost = earned.actualCostEntry;
  return {
    plannedBasisPoints: planned,
    datedPercentBasisPoints: dated,
    plannedCoverageBasisPoints: Math.round(coverage * wholeBasisPoints),
    aheadBasisPoints: planned === null || dated === null ? null : dated - planned,
    forecasts,
    slips: plan ? slipsOf(forecasts, tree, plan.id) : [],
    overdue: overdueItems(tree, leaves, completion, asOf),
    earnedValue: earned.value,
    earnedValueMissing: earned.missing,
    entries: [
      ...new Set([
        ...completion.entries,
        ...forecasts.map((forecast) => forecast.entry),
        ...(cost === undefined ? [] : [cost]),
      ]),
    ],
  };
}

/** The percent that counts for a leaf: a report in force on an enclosing group takes precedence. */
function effectivePercents(tree: PlanTree, completion: CompletionView): (leaf: string) => number {
  const items = new Map(completion.items.map((item) => [item.item, item]));
  return (leaf) => {
    const line = tree.lineOf(leaf).map((item) => items.get(item.id));
    const counting = line.findLast((item) => item?.isGroup && item.status === 'stated') ?? line[0];
    return counting?.percentBasisPoints ?? 0;
  };
}

function datedPercent(
  leaves: readonly WeightedLeaf[],
  completion: CompletionView,
  percentOf: (leaf: string) => number,
): number | null {
  const dated = leaves.filter((leaf) => leaf.dates);
  if (dated.length === 0) return null;
  // The whole figure itself, without rounding of items in between.
  if (dated.length === leaves.length) return completion.percentBasisPoints;
  const share = dated.reduce((sum, leaf) => sum + leaf.share, 0);
  return Math.round(dated.reduce((sum, leaf) => sum + leaf.share * percentOf(leaf.item.id), 0) / share);
}

function overdueItems(
  tree: PlanTree,
  leaves: readonly WeightedLeaf[],
  completion: CompletionView,
  asOf: Day,
): Overdue[] {
  const counting = new Set(leaves.flatMap((leaf) => tree.lineOf(leaf.item.id)).map((item) => item.id));
  return completion.items.flatMap(({ item, percentBasisPoints }) => {
    const plannedFinish = tree.items.get(item)?.plannedFinish;
    if (plannedFinish === undefined || !counting.has(item)) return [];
    if (percentBasisPoints === wholeBasisPoints || asOf <= plannedFinish) return [];
    return [{ item, plannedFinish, days: daysBetween(plannedFinish, asOf), percentBasisPoints }];
  });
}

function countsForCompletion(fact: ScheduleFact): fact is CompletionFact {
  return fact.type !== 'ForecastGiven' && fact.type !== 'InvestmentReported';
}
