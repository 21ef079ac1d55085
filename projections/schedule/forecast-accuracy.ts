import type { ForecastGiven } from '../../domain/project/facts/forecast-given.js';
import { type Day, daysBetween } from '../../domain/values/days/calendar.js';
import type { Fact } from '../facts/facts.js';

/** How near the forecasts of one source came, as far as the days that they forecast are known. */
export interface ForecastAccuracy {
  /** The document that they were read in, else who recorded them. */
  source: string;
  /** Forecasts whose last day was named and whose target was reached. */
  known: number;
  /** Those of them that were reached by their last day. */
  kept: number;
  /** The mean of the days from their last day until the target was reached, rounded; positive is late. */
  meanLateDays: number;
}

/** The accuracy of each source that gave a forecast whose day is known, in the order of the first forecasts. */
export function accuracyOf(
  forecasts: readonly Fact<'ForecastGiven'>[],
  reachedOn: (of: ForecastGiven) => Day | undefined,
): ForecastAccuracy[] {
  const late = new Map<string, number[]>();
  for (const { data, entry, by } of forecasts) {
    const reached = reachedOn(data);
    if (reached === undefined || data.latest === undefined) continue;
    const document = 'document' in entry.source ? entry.source.document : undefined;
    const days = late.get(document ?? by) ?? [];
    late.set(document ?? by, days);
    days.push(daysBetween(data.latest, reached));
  }
  return [...late].map(([source, days]) => ({
    source,
    known: days.length,
    kept: days.filter((one) => one <= 0).length,
    meanLateDays: Math.round(days.reduce((sum, one) => sum + one, 0) / days.length),
  }));
}
