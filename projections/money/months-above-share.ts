import type { Money as Amount } from '../../domain/values/amounts/money.js';
import { boundsOf } from '../../domain/values/amounts/money.js';
import type { Fact } from '../facts/facts.js';
import type { MoneyReport, Report } from './money-line.js';
import type { MoneyOfKind } from './money-of-kind.js';
import { isCovered } from './parts-of-wholes.js';
import { partOf } from './share.js';
import { toleratedShareBasisPoints } from './stated-shares.js';

type PlanFact = Fact<'PlanAdopted'>;

/** Months that add up to more than the share of the annual plan that was stated without an amount. */
export interface MonthsAboveShare {
  /** The report or the plan with which they first did. */
  opened: Report | PlanFact;
  share: Report;
  plan: PlanFact;
  planned: Amount;
  year: string;
  months: MoneyReport[];
  /** The entry after which they no longer did. */
  settledBy?: Report | PlanFact;
}

/** What the months of a year are compared with. */
export interface YearByShare {
  share: Report | undefined;
  plan: PlanFact | undefined;
  planned: Amount | undefined;
  /** The line of the basis in the currency of the plan. */
  kind: MoneyOfKind | undefined;
}

/** Compares the months of each basis and year with a share of the annual plan. */
export class MonthsAboveShares {
  readonly found: MonthsAboveShare[] = [];
  private readonly current = new Map<string, MonthsAboveShare>();

  /** Those that nothing settled. */
  get open(): number {
    return this.current.size;
  }

  /** @param key the basis and the year; @param by the entry after which they are compared */
  compare(key: string, by: Report | PlanFact, { share, plan, planned, kind }: YearByShare): void {
    const year = key.slice(-4);
    const months = share && kind ? monthsOf(kind, year, share) : [];
    const known = this.current.get(key);
    if (share && plan && planned && exceeds(months, planned, share)) {
      if (known) Object.assign(known, { share, plan, planned, months });
      else {
        const found = { opened: by, share, plan, planned, year, months };
        this.found.push(found);
        this.current.set(key, found);
      }
    } else if (known) {
      known.settledBy = by;
      this.current.delete(key);
    }
  }
}

/** The months that the share includes; none where an amount of the year is as recent, which they are compared with. */
function monthsOf(kind: MoneyOfKind, year: string, share: Report): MoneyReport[] {
  const level = kind.in(year);
  if (level && level.asOf >= share.asOf) return [];
  return kind
    .monthsOn(`${year}-12-31`)
    .flatMap(({ report }) => (isCovered(report, share.asOf) ? [report] : []));
}

/** By bounds, and by a point more than the share. */
function exceeds(months: readonly MoneyReport[], planned: Amount, { data }: Report): boolean {
  const most = partOf(
    { ...planned, amountMinor: boundsOf(planned).high },
    (data.shareOfAnnualPlanBasisPoints ?? 0) + toleratedShareBasisPoints,
  );
  let sum = 0;
  for (const { data: month } of months) sum += month.amount ? boundsOf(month.amount).low : 0;
  return most !== undefined && sum > most;
}
