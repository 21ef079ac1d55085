import type { WorkItem } from '../../domain/project/events.js';
import type { ForecastGiven } from '../../domain/project/facts/forecast-given.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Day, dayNumber, daysBetween } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { type CompletionView, completionOf, planInForce } from '../completion/completion.js';
import type { CompletionFact } from '../completion/reports.js';
import { type Fact, type FactList, type Facts, factsIn, keeping, ofType, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { Money } from '../money/money.js';
import { countingPlace, planTableOf } from '../plan/plan-table.js';
import type { PlannedWork } from '../plan/planned-work.js';
import { type Baseline, baselinesOf } from './baselines.js';
import { type EarnedValue, earnedValueOf } from './earned-value.js';
import { accuracyOf, type ForecastAccuracy } from './forecast-accuracy.js';
import { type Forecast, Forecasts } from './forecasts.js';
import { type Reached, reachedOn } from './reached.js';

/** The slip of the latest forecast for a target against the plan in force. */
interface TargetSlip {
  target: string;
  /** Of an item, its start. */
  what?: 'start';
  /** The latest forecast day minus the planned finish; positive is late. */
  slipDays: number;
  latest: Day;
  baselineOn: Day;
  /** The forecast, then the plan. */
  entries: Uuid[];
}

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
  /** How near the forecasts came, by their source. */
  accuracy: ForecastAccuracy[];
  slips: TargetSlip[];
  /** The plans with a name, and the slips against each of them; absent if no plan has one. */
  baselines?: Baseline[];
  overdue: Overdue[];
  earnedValue: EarnedValue | null;
  /** What the plan lacks for earned value; null if there is one. */
  earnedValueMissing: Words | null;
  entries: Uuid[];
}

export type ScheduleFact = CompletionFact | Fact<'ForecastGiven' | 'InvestmentReported' | 'MoneyReported'>;

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
    'MoneyReported',
  ]),
  view: (state, asOf) => {
    const facts = factsIn(state);
    const progress = upTo(facts, asOf).filter(countsForCompletion);
    return scheduleOf(facts, asOf, completionOf(progress, planInForce(facts, asOf), asOf));
  },
};

/** The schedule on a day, given the completion on that day. */
export function scheduleOf(
  facts: FactList<ScheduleFact>,
  asOf: Day,
  completion: CompletionView,
): ScheduleView {
  const plan = planInForce(facts, asOf);
  const table = planTableOf(plan);
  const { work } = table;
  const money = new Money();
  const forecasts = new Forecasts();
  const until = upTo(facts, asOf);
  const plans = ofType(until, 'PlanAdopted');
  for (const fact of ofType(until, 'InvestmentReported')) money.say(fact);
  const given = ofType(until, 'ForecastGiven');
  for (const forecast of given) forecasts.say(forecast);
  const percentOf = ({ id }: WorkItem) => {
    const row = table.row(id);
    const place = row && countingPlace(row, (above) => completion.items[above]?.status === 'stated');
    return completion.items[place ?? -1]?.percentBasisPoints ?? 0;
  };
  const baselines = baselinesOf(plans, asOf, plan, forecasts);
  const planned = work.percentOn(dayNumber(asOf));
  const dated = work.datedPercent(completion.percentBasisPoints, percentOf);
  const reached = new Map<string, Reached | undefined>();
  const dayOfReaching = (of: ForecastGiven) => {
    const key = JSON.stringify([of.target, of.what]);
    if (!reached.has(key)) reached.set(key, reachedOn(of, until, table.tree.items, completion));
    return reached.get(key);
  };
  const ledger = forecasts.ledger(asOf, dayOfReaching);
  const earned = earnedValueOf(work.leaves, percentOf, money, asOf);
  const cost = earned.actualCostEntry;
  return {
    plannedBasisPoints: planned,
    datedPercentBasisPoints: dated,
    plannedCoverageBasisPoints: Math.round(work.datedShare * wholeBasisPoints),
    aheadBasisPoints: planned === null || dated === null ? null : dated - planned,
    forecasts: ledger,
    accuracy: accuracyOf(given, (of) => dayOfReaching(of)?.on),
    slips: plan ? slipsFromPlan(forecasts, work, plan.id) : [],
    ...(baselines.length === 0 ? {} : { baselines }),
    overdue: overdueItems(work, completion, asOf),
    earnedValue: earned.value,
    earnedValueMissing: earned.missing,
    entries: [
      ...new Set([
        ...completion.entries,
        ...ledger.map((forecast) => forecast.entry),
        ...(cost === undefined ? [] : [cost]),
      ]),
    ],
  };
}

function slipsFromPlan(forecasts: Forecasts, work: PlannedWork, plan: string): TargetSlip[] {
  return [...forecasts.slips(work)].flatMap(({ forecast, from, days }) => {
    const { target, what, latest, earliest } = forecast.data;
    const named = latest ?? earliest;
    if (typeof from !== 'string' || days === null || named === undefined) return [];
    const of = what === 'start' ? { what } : {};
    const slip = { slipDays: days.leastDays, latest: named, baselineOn: from };
    return [{ target, ...of, ...slip, entries: [forecast.id, plan] }];
  });
}

function overdueItems(work: PlannedWork, { items }: CompletionView, asOf: Day): Overdue[] {
  const percents = new Map(items.map(({ item, percentBasisPoints }) => [item, percentBasisPoints]));
  return work.deadlines().flatMap(({ item, finish }) => {
    const percentBasisPoints = percents.get(item.id) ?? 0;
    if (percentBasisPoints === wholeBasisPoints || asOf <= finish) return [];
    return [{ item: item.id, plannedFinish: finish, days: daysBetween(finish, asOf), percentBasisPoints }];
  });
}

function countsForCompletion(fact: ScheduleFact): fact is CompletionFact {
  return !['ForecastGiven', 'InvestmentReported', 'MoneyReported'].includes(fact.type);
}
