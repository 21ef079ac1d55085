import type { Precision } from '../../domain/project/events.js';
import { type Day, daysBetween } from '../../domain/values/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { exactness } from '../facts/day-marks.js';
import type { Fact } from '../facts/facts.js';
import type { PlannedWork } from '../plan/planned-work.js';

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

type Given = Fact<'ForecastGiven'>;

/**
 * The latest forecast for a target against the planned finish or, without one in the plan, against the first forecast,
 * so that many small slips add up.
 */
export interface Slip {
  forecast: Given;
  /** The planned finish, or the forecast for the target that came first. */
  from: Day | Given;
  /** The smaller and the larger slip of the two ends, comparing like ends; equal against a plan. Positive is late. */
  leastDays: number;
  mostDays: number;
}

/** The forecasts of a project so far, in the order (asOf, place). */
export class Forecasts {
  private readonly given: Given[] = [];
  private readonly byTarget = new Map<string, { first: Given; last: Given }>();

  say(forecast: Given): void {
    this.given.push(forecast);
    const { target } = forecast.data;
    const known = this.byTarget.get(target);
    if (known) known.last = forecast;
    else this.byTarget.set(target, { first: forecast, last: forecast });
  }

  latestOf(target: string): Given | undefined {
    return this.byTarget.get(target)?.last;
  }

  /**
   * The slip of the latest forecast for each target that has one, in the order of the first forecasts.
   *
   * @param work under the plan in force; without a plan it has no finish
   */
  *slips(work: PlannedWork): Generator<Slip> {
    for (const [target, { first, last: forecast }] of this.byTarget) {
      const { earliest, latest } = forecast.data;
      const finish = work.finishOf(target);
      if (finish !== undefined) {
        const days = daysBetween(finish, latest);
        yield { forecast, from: finish, leastDays: days, mostDays: days };
      } else if (first !== forecast) {
        const [one, other] = [
          daysBetween(first.data.earliest, earliest),
          daysBetween(first.data.latest, latest),
        ];
        yield { forecast, from: first, leastDays: Math.min(one, other), mostDays: Math.max(one, other) };
      }
    }
  }

  /** Every forecast, each beside the one it replaces. */
  ledger(): Forecast[] {
    const last = new Map<string, Given>();
    return this.given.map((fact) => {
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
