import type { Precision } from '../../domain/project/events.js';
import type { PlanTree } from '../../domain/project/plan.js';
import { type Day, daysBetween } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { exactness } from '../facts/day-marks.js';
import type { Fact } from '../facts/facts.js';
import { plannedFinishOf } from './planned.js';

/** One forecast: when a target is expected, as reported on a day. */
export interface Forecast {
  /** `completion`, `production` or the id of an item. */
  target: string;
  scope?: string;
  earliest: Day;
  latest: Day;
  reason?: string;
  saidOn: Day;
  /** The day on which it was reported. */
  precision: Precision;
  isInferred?: true;
  entry: Uuid;
  /** Against the previous forecast for the same target; positive is later. */
  slip?: ForecastSlip;
}

/** Days from the previous forecast to this one, comparing like ends; the bounds compare opposite ends. */
interface ForecastSlip {
  /** Positive is later. */
  earliestDays: number;
  /** Positive is later. */
  latestDays: number;
  /** The minimum and maximum distance between the two periods. */
  boundsDays: { least: number; most: number };
  previousEntry: Uuid;
  isScopeChanged: boolean;
}

/** The slip of the latest forecast for a target against the plan in force. */
export interface TargetSlip {
  target: string;
  /** The latest forecast day minus the planned finish; positive is late. */
  slipDays: number;
  latest: Day;
  baselineOn: Day;
  /** The forecast, then the plan. */
  entries: Uuid[];
}

type Given = Fact<'ForecastGiven'>;

/** Every forecast in the order (asOf, place), each beside the one it replaces. */
export function ledgerOf(given: readonly Given[]): Forecast[] {
  const last = new Map<string, Given>();
  return given.map((fact) => {
    const { target, scope, earliest, latest, reason } = fact.data;
    const previous = last.get(target);
    last.set(target, fact);
    return {
      target,
      ...(scope === undefined ? {} : { scope }),
      earliest,
      latest,
      ...(reason === undefined ? {} : { reason }),
      saidOn: fact.asOf,
      ...exactness(fact.entry),
      entry: fact.id,
      ...(previous ? { slip: slipBetween(previous, fact) } : {}),
    };
  });
}

/** The slip of the latest forecast for each target whose finish the plan gives. */
export function slipsOf(ledger: readonly Forecast[], tree: PlanTree, planEntry: string): TargetSlip[] {
  const last = new Map(ledger.map((forecast) => [forecast.target, forecast]));
  return [...last.values()].flatMap(({ target, latest, entry }) => {
    const baselineOn = plannedFinishOf(target, tree);
    if (baselineOn === undefined) return [];
    return [
      { target, slipDays: daysBetween(baselineOn, latest), latest, baselineOn, entries: [entry, planEntry] },
    ];
  });
}

function slipBetween(before: Given, after: Given): ForecastSlip {
  return {
    earliestDays: daysBetween(before.data.earliest, after.data.earliest),
    latestDays: daysBetween(before.data.latest, after.data.latest),
    boundsDays: {
      least: daysBetween(before.data.latest, after.data.earliest),
      most: daysBetween(before.data.earliest, after.data.latest),
    },
    previousEntry: before.id,
    isScopeChanged: before.data.scope !== after.data.scope,
  };
}
