import type { AnnualInvestment, Plan } from '../../domain/project/events.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import type { Money as Amount } from '../../domain/values/amounts/money.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Fact } from '../facts/facts.js';
import type { Report } from './money-line.js';
import { shareBounds } from './share.js';

type PlanFact = Fact<'PlanAdopted'>;

/** A report whose stated share differs from the one computed with the plan in force at the end of its day. */
export interface DifferingShare {
  report: Report;
  /** The report of the same day with the amount, if the share was stated without it. */
  amount?: Report;
  plan: PlanFact;
  planned: Amount;
  computedBasisPoints: number;
  /** The year, for a share of the annual plan. */
  year: number | undefined;
}

/** A stated share may differ from the computed one by one point. */
export const toleratedShareBasisPoints = 100;

/**
 * The reports that state a share of a plan, as far as it differs from the computed one: with their own amount, else with
 * the last amount of the same day, basis, item and year, whichever was entered first.
 */
export class StatedShares {
  readonly differing: DifferingShare[] = [];
  private day: Day | undefined;
  /** Of the present day: a plan or an amount for that day counts for its earlier reports too. */
  private shares: Report[] = [];
  private amounts: Report[] = [];
  private plan: PlanFact | undefined;
  /** Differing shares of earlier days. */
  private before = 0;

  say(report: Report, plan: PlanFact | undefined): void {
    const isShare = statesShare(report);
    if (!isShare && !report.data.amount) return;
    this.begin(report.asOf);
    this.plan = plan;
    if (report.data.amount) this.amounts.push(report);
    if (isShare) this.shares.push(report);
    if (this.shares.length > 0) this.compareDay();
  }

  adopt(plan: PlanFact): void {
    this.begin(plan.asOf);
    this.plan = plan;
    this.compareDay();
  }

  private begin(day: Day): void {
    if (day === this.day) return;
    this.day = day;
    this.shares = [];
    this.amounts = [];
    this.before = this.differing.length;
  }

  private compareDay(): void {
    const { plan } = this;
    this.differing.length = this.before;
    if (!plan) return;
    for (const report of this.shares)
      for (const planned of plannedFor(report, plan)) this.compare(report, plan, planned);
  }

  private compare(report: Report, plan: PlanFact, { whole, stated, year }: Planned): void {
    const beside = isOfSpan(report, year) ? undefined : this.amountBeside(report, whole, year);
    const amount = (beside ?? report).data.amount;
    if (!amount || (!beside && !isOfSpan(report, year))) return;
    const computed = shareBounds(amount, whole);
    if (!computed) return;
    const isWithin =
      stated >= computed.low - toleratedShareBasisPoints &&
      stated <= computed.high + toleratedShareBasisPoints;
    if (isWithin) return;
    const found = { report, plan, planned: whole, computedBasisPoints: computed.point, year };
    this.differing.push(beside ? { ...found, amount: beside } : found);
  }

  /** The last amount of the day that the share is of. */
  private amountBeside(report: Report, whole: Amount, year: number | undefined): Report | undefined {
    return this.amounts.findLast(
      (other) =>
        other.data.basis === report.data.basis &&
        other.data.item === report.data.item &&
        other.data.amount?.currency === whole.currency &&
        isOfSpan(other, year),
    );
  }
}

/** A planned amount, and the share of it that a report states. */
interface Planned {
  whole: Amount;
  stated: number;
  /** The year, for an annual plan. */
  year: number | undefined;
}

/** What a report states shares of: the planned investment or the planned cost of its item, and the annual plan. */
function plannedFor({ data, asOf }: Report, { data: plan }: PlanFact): Planned[] {
  const { item, span, shareOfPlanBasisPoints: share, shareOfAnnualPlanBasisPoints: annual } = data;
  const found: Planned[] = [];
  const whole =
    item === undefined ? plan.plannedInvestment : plan.items.find(({ id }) => id === item)?.plannedCost;
  if (whole && share !== undefined && span === 'since-start')
    found.push({ whole, stated: share, year: undefined });
  const year = Number((periodOf(data, asOf) || asOf).slice(0, 4));
  const ofYear = item === undefined ? annualPlanOf(plan, year)?.investment : undefined;
  if (ofYear && annual !== undefined && (span === 'year' || span === 'since-start'))
    found.push({ whole: ofYear, stated: annual, year });
  return found;
}

/** True for an amount since the start, or of a year. */
function isOfSpan({ data, asOf }: Report, year: number | undefined): boolean {
  if (!data.amount) return false;
  if (year === undefined) return data.span === 'since-start';
  return data.span === 'year' && periodOf(data, asOf) === String(year);
}

/** True for a report that states a share of a plan. */
export function statesShare({ data }: Report): boolean {
  return (data.shareOfPlanBasisPoints ?? data.shareOfAnnualPlanBasisPoints) !== undefined;
}

/** What a plan plans for a year. */
export function annualPlanOf(
  { annualPlans }: Pick<Plan, 'annualPlans'>,
  year: number,
): AnnualInvestment | undefined {
  return annualPlans?.find((candidate) => candidate.year === year);
}
