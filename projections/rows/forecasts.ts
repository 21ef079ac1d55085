import { dayNumber } from '../../domain/values/calendar.js';
import type { Fact } from '../facts/facts.js';
import type { PlanTable } from '../plan/plan-table.js';

interface StatedForecast {
  entry: string;
  earliest: number;
  latest: number;
}

/** The first and the latest forecast for each target. */
export class Forecasts {
  private readonly first = new Map<string, StatedForecast>();
  private readonly last = new Map<string, StatedForecast>();

  say({ id, data }: Fact<'ForecastGiven'>): void {
    const promised = { entry: id, earliest: dayNumber(data.earliest), latest: dayNumber(data.latest) };
    if (!this.first.has(data.target)) this.first.set(data.target, promised);
    this.last.set(data.target, promised);
  }

  /** The last day of the latest forecast for a target. */
  latestOf(target: string): number | undefined {
    return this.last.get(target)?.latest;
  }

  /** The slip in days of the latest forecast for each target, as in the rule `forecast-slip`. */
  *slips(table: PlanTable): Generator<{ target: string; days: number }> {
    for (const [target, { entry, earliest, latest }] of this.last) {
      const finish = table.plan && table.finishOf(target);
      const first = this.first.get(target);
      if (finish !== undefined) yield { target, days: latest - dayNumber(finish) };
      else if (first && first.entry !== entry)
        yield { target, days: Math.min(earliest - first.earliest, latest - first.latest) };
    }
  }
}
