import { type Day, daysBetween } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type Fact, upTo } from '../facts/facts.js';
import { planTableOf } from '../plan/plan-table.js';
import type { PlannedWork } from '../plan/planned-work.js';
import type { Forecasts } from './forecasts.js';

/** Where a target of a baseline stands now, by the plan in force and by the latest forecast. */
interface BaselineSlip {
  /** `completion`, `production` or an item. */
  target: string;
  baselineOn: Day;
  /** The planned finish under the plan in force; null if that plan names none. */
  plannedOn: Day | null;
  /** Days by which the plan in force is later than the baseline; positive is later. */
  plannedSlipDays: number | null;
  /** The latest day of the latest forecast; null without one. */
  forecastOn: Day | null;
  /** Days by which the forecast is later than the baseline; positive is later. */
  forecastSlipDays: number | null;
  /** The baseline, then the plan in force and the forecast where they are others. */
  entries: Uuid[];
}

/** A plan that was adopted under a name, such as "approved design". */
export interface Baseline {
  name: string;
  version: number;
  adoptedOn: Day;
  isInForce: boolean;
  entry: Uuid;
  /** The completion, and every other target that is planned or forecast for another day. */
  slips: BaselineSlip[];
}

/** The named plans up to a day, oldest first, each with what has slipped against it since, however often it was planned again. */
export function baselinesOf(
  facts: readonly Fact[],
  asOf: Day,
  plan: Fact<'PlanAdopted'> | undefined,
  forecasts: Forecasts,
): Baseline[] {
  return upTo(facts, asOf).flatMap((fact): Baseline[] => {
    if (fact.type !== 'PlanAdopted' || fact.data.baseline === undefined) return [];
    const { baseline: name, version } = fact.data;
    return [
      {
        ...{ name, version, adoptedOn: fact.asOf, isInForce: fact.id === plan?.id, entry: fact.id },
        slips: slipsFrom(fact, plan, forecasts),
      },
    ];
  });
}

function slipsFrom(
  baseline: Fact<'PlanAdopted'>,
  plan: Fact<'PlanAdopted'> | undefined,
  forecasts: Forecasts,
): BaselineSlip[] {
  const work = planTableOf(baseline).work;
  const now = planTableOf(plan).work;
  return targetsOf(work).flatMap((target): BaselineSlip[] => {
    const baselineOn = work.finishOf(target);
    if (baselineOn === undefined) return [];
    const plannedOn = now.finishOf(target) ?? null;
    const forecast = forecasts.latestOf(target);
    const forecastOn = forecast?.data.latest ?? null;
    const days = (day: Day | null) => (day === null ? null : daysBetween(baselineOn, day));
    const [plannedSlipDays, forecastSlipDays] = [days(plannedOn), days(forecastOn)];
    if (target !== 'completion' && plannedSlipDays === 0 && !forecastSlipDays) return [];
    const entries = [baseline.id, ...(plan ? [plan.id] : []), ...(forecast ? [forecast.id] : [])];
    return [
      {
        ...{ target, baselineOn, plannedOn, plannedSlipDays, forecastOn, forecastSlipDays },
        entries: [...new Set(entries)],
      },
    ];
  });
}

function targetsOf(work: PlannedWork): string[] {
  return ['completion', 'production', ...work.deadlines().map(({ item }) => item.id)];
}
