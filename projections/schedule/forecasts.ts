import type { Precision } from '../../domain/project/events.js';
import type { ForecastGiven, ForecastOf } from '../../domain/project/facts/forecast-given.js';
import { type ByLanguage, isSameText } from '../../domain/values/by-language.js';
import { type Exactness, exactness, markedAs } from '../../domain/values/day-marks.js';
import { type Day, daysBetween } from '../../domain/values/days/calendar.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Fact } from '../facts/facts.js';
import type { PlannedWork } from '../plan/planned-work.js';
import { between, type SlipDays, slipDaysBetween } from './forecast-slip.js';
import type { Reached } from './reached.js';

/** One forecast: when a target is expected, as reported on a day; without a day it is delayed, and none was named. */
export interface Forecast {
  /** `start`, `completion`, `production`, `opening` or the id of an item. */
  target: string;
  /** What of an item; its finish when absent. */
  what?: ForecastOf;
  scope?: ByLanguage;
  earliest?: Day;
  latest?: Day;
  /** "Around". */
  isApproximate?: true;
  reason?: ByLanguage;
  saidOn: Day;
  /** The day on which it was reported. */
  precision: Precision;
  isInferred?: true;
  entry: Uuid;
  /** Against the previous forecast for the same target; positive is later. */
  slip?: ForecastSlip;
  /** The day on which the target was reached. */
  reachedOn?: Day;
  /** How exactly that day is known; absent if it was stated. */
  reachedOnExactness?: Exactness;
  /** Days from its last day until the target was reached, or until the day shown; absent if it was not missed. */
  missedDays?: number;
}

/** Days from the previous forecast to this one; null where a day was not named. */
interface ForecastSlip {
  /** The smaller and the larger slip of the two ends; both 0 if it only got narrower. */
  leastDays: number | null;
  mostDays: number | null;
  /** Positive is later. */
  earliestDays: number | null;
  /** Positive is later. */
  latestDays: number | null;
  /** The minimum and maximum distance between the two periods. */
  boundsDays: { least: number | null; most: number | null };
  previousEntry: Uuid;
  isScopeChanged: boolean;
}

type Given = Fact<'ForecastGiven'>;

/**
 * The latest forecast for a target against the planned day or, without one in the plan, against the first forecast that
 * named a day, so that many small slips add up.
 */
export interface Slip {
  forecast: Given;
  /** The planned day, or the forecast for the target that came first; undefined for a delay without either. */
  from: Day | Given | undefined;
  /** Null for a delay without a day. */
  days: SlipDays | null;
}

/** The forecasts of one target: the first that named a day, and the last. */
interface OfTarget {
  first: Given | undefined;
  last: Given;
}

/** The forecasts of a project so far, in the order (asOf, place). */
export class Forecasts {
  private readonly given: Given[] = [];
  private readonly byTarget = new Map<string, OfTarget>();

  say(forecast: Given): void {
    this.given.push(forecast);
    const key = keyOf(forecast.data);
    const known = this.byTarget.get(key);
    const first = known?.first ?? (isDated(forecast) ? forecast : undefined);
    this.byTarget.set(key, { first, last: forecast });
  }

  latestOf(target: string): Given | undefined {
    return this.byTarget.get(keyOf({ target }))?.last;
  }

  /** The latest forecast for each target that has one, in the order of the first forecasts. */
  *latest(): Generator<Given> {
    for (const { last } of this.byTarget.values()) yield last;
  }

  /**
   * The slip of the latest forecast for each target that has one, in the order of the first forecasts.
   *
   * @param work under the plan in force; without a plan it has no finish
   */
  *slips(work: PlannedWork): Generator<Slip> {
    for (const { first, last: forecast } of this.byTarget.values()) {
      const { target, what, earliest, latest } = forecast.data;
      const planned = work.finishOf(target, what);
      const named = latest ?? earliest;
      if (named === undefined) yield { forecast, from: planned ?? first, days: null };
      else if (planned !== undefined) {
        const days = daysBetween(planned, named);
        yield { forecast, from: planned, days: { leastDays: days, mostDays: days } };
      } else if (first !== undefined && first !== forecast) {
        const days = slipDaysBetween(first.data, forecast.data);
        if (days) yield { forecast, from: first, days };
      }
    }
  }

  /**
   * Every forecast, each beside the one it replaces.
   *
   * @param reachedOn the day on which what a forecast is about was reached
   */
  ledger(asOf: Day, reachedOn: (of: ForecastGiven) => Reached | undefined): Forecast[] {
    const last = new Map<string, Given>();
    return this.given.map((fact) => {
      const { target, what, scope, earliest, latest, isApproximate, reason } = fact.data;
      const key = keyOf(fact.data);
      const previous = last.get(key);
      last.set(key, fact);
      const reached = reachedOn(fact.data);
      const missed = latest === undefined ? 0 : daysBetween(latest, reached?.on ?? asOf);
      return omitUndefined({
        target,
        what,
        scope,
        earliest,
        latest,
        isApproximate,
        reason,
        saidOn: fact.asOf,
        ...exactness(fact.entry),
        entry: fact.id,
        slip: previous && slipBetween(previous, fact),
        reachedOn: reached?.on,
        ...markedAs('reachedOnExactness', reached?.exactness),
        missedDays: missed > 0 ? missed : undefined,
      });
    });
  }
}

/** The target with what of it is expected. */
function keyOf({ target, what }: Pick<ForecastGiven, 'target' | 'what'>): string {
  return what === 'start' ? `${target} start` : target;
}

function isDated({ data }: Given): boolean {
  return (data.earliest ?? data.latest) !== undefined;
}

function slipBetween({ id, data: before }: Given, { data: after }: Given): ForecastSlip {
  const { leastDays = null, mostDays = null } = slipDaysBetween(before, after) ?? {};
  return {
    leastDays,
    mostDays,
    earliestDays: between(before.earliest, after.earliest),
    latestDays: between(before.latest, after.latest),
    boundsDays: {
      least: between(before.latest, after.earliest),
      most: between(before.earliest, after.latest),
    },
    previousEntry: id,
    isScopeChanged: !isSameText(before.scope, after.scope),
  };
}
