import { periodOf } from '../../domain/project/facts/stated-money.js';
import { boundsOf } from '../../domain/values/amounts/money.js';
import { lastDayOfPeriod, quarterOf } from '../../domain/values/calendar-period.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { MoneyReport } from './money-line.js';

/** Parts of one line that add up to more than their whole: months and quarters of a year, the year since the start. */
export interface ExceedingParts {
  /** The report with which they first did. */
  opened: MoneyReport;
  whole: MoneyReport;
  parts: MoneyReport[];
  /** The report after which they no longer did. */
  settledBy?: MoneyReport;
}

/** Compares the months, quarters and years of one line with the figures that include them. */
export class PartsOfWholes {
  readonly found: ExceedingParts[] = [];
  /** By the whole and the span of its parts. */
  private readonly current = new Map<string, ExceedingParts>();

  /** Those that nothing settled. */
  get open(): number {
    return this.current.size;
  }

  /**
   * Adds a report of the line, which is already the latest of its span and period.
   *
   * @param periods the latest reports of years, quarters and months
   */
  say(
    report: MoneyReport,
    sinceStart: MoneyReport | undefined,
    periods: ReadonlyMap<string, MoneyReport>,
  ): void {
    const { span } = report.data;
    if (span === 'since-start') {
      const years = [...periods.values()].filter(({ data }) => data.span === 'year');
      this.compare('since-start', report, report, years.slice(-1));
      return;
    }
    const period = periodOf(report.data, report.asOf);
    const year = period.slice(0, 4);
    const parts = (within: string, of: MoneyReport['data']['span']) =>
      [...periods].flatMap(([name, part]) => (part.data.span === of && isIn(name, within) ? [part] : []));
    const quarter = span === 'month' ? quarterOf(`${period}-01`) : period;
    if (span !== 'year')
      this.compare(`${quarter} month`, report, periods.get(quarter), parts(quarter, 'month'));
    if (span !== 'quarter') this.compare(`${year} month`, report, periods.get(year), parts(year, 'month'));
    if (span !== 'month') this.compare(`${year} quarter`, report, periods.get(year), parts(year, 'quarter'));
    if (span === 'year') this.compare('since-start', report, sinceStart, [report]);
  }

  private compare(
    key: string,
    report: MoneyReport,
    whole: MoneyReport | undefined,
    all: readonly MoneyReport[],
  ): void {
    const parts = whole ? all.filter((part) => isCovered(part, whole.asOf)) : [];
    const known = this.current.get(key);
    if (whole && exceeds(parts, whole)) {
      if (known) Object.assign(known, { whole, parts });
      else {
        const found = { opened: report, whole, parts };
        this.found.push(found);
        this.current.set(key, found);
      }
    } else if (known && parts.length > 0) {
      known.settledBy = report;
      this.current.delete(key);
    }
  }
}

/** True for a part that the whole of a day includes: its days are over by then, or it was stated by then. */
export function isCovered(part: MoneyReport, on: Day): boolean {
  if (part.asOf <= on) return true;
  const last = lastDayOfPeriod(periodOf(part.data, part.asOf));
  return part.data.span !== 'year' && last !== undefined && last <= on;
}

/** By bounds: at least so much in parts, at most so much in all. */
function exceeds(parts: readonly MoneyReport[], whole: MoneyReport): boolean {
  const { amount } = whole.data;
  if (!amount || parts.length === 0) return false;
  let sum = 0;
  for (const { data } of parts) sum += data.amount ? boundsOf(data.amount).low : 0;
  return sum > boundsOf(amount).high;
}

/** True for a month of a quarter or year, or a quarter of a year. */
function isIn(period: string, within: string): boolean {
  if (within.length === 4) return period.startsWith(within) && period !== within;
  return period.length === 7 && !period.includes('Q') && quarterOf(`${period}-01`) === within;
}
