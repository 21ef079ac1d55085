import type { AnnualInvestment, Plan } from '../../domain/project/events.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import type { Day } from '../../domain/values/calendar.js';
import type { Money as Amount } from '../../domain/values/money.js';
import type { Fact } from '../facts/facts.js';
import type { Report } from './money-line.js';
import { shareBounds } from './share.js';

type PlanFact = Fact<'PlanAdopted'>;

/** A report whose stated share differs from the one computed with the plan in force at the end of its day. */
export interface DifferingShare {
  report: Report;
  plan: PlanFact;
  planned: Amount;
  computedBasisPoints: number;
  /** The year, for a share of the annual plan. */
  year: number | undefined;
}

/** A stated share may differ from the computed one by one point. */
const toleratedShareBasisPoints = 100;

/** The reports about the whole project that state a share of a plan, as far as it differs from the computed one. */
export class StatedShares {
  readonly differing: DifferingShare[] = [];
  private day: Day | undefined;
  /** Of the present day: a plan for that day counts for its earlier reports too. */
  private ofDay: Report[] = [];
  /** Differing shares of earlier days. */
  private before = 0;

  say(report: Report, plan: PlanFact | undefined): void {
    if (!report.data.amount || !statesShare(report)) return;
    this.begin(report.asOf);
    this.ofDay.push(report);
    this.compare(report, plan);
  }

  adopt(plan: PlanFact): void {
    this.begin(plan.asOf);
    this.differing.length = this.before;
    for (const report of this.ofDay) this.compare(report, plan);
  }

  private begin(day: Day): void {
    if (day === this.day) return;
    this.day = day;
    this.ofDay = [];
    this.before = this.differing.length;
  }

  private compare(report: Report, plan: PlanFact | undefined): void {
    const { data } = report;
    const { span, amount, shareOfPlanBasisPoints: whole, shareOfAnnualPlanBasisPoints: annual } = data;
    if (!plan || !amount) return;
    const differ = (planned: Amount | undefined, stated: number | undefined, year?: number): void => {
      const computed = shareBounds(amount, planned);
      if (!planned || !computed || stated === undefined) return;
      const isWithin =
        stated >= computed.low - toleratedShareBasisPoints &&
        stated <= computed.high + toleratedShareBasisPoints;
      if (!isWithin)
        this.differing.push({ report, plan, planned, computedBasisPoints: computed.point, year });
    };
    if (span === 'since-start') differ(plan.data.plannedInvestment, whole);
    if (span !== 'year') return;
    const year = Number(periodOf(data, report.asOf));
    differ(annualPlanOf(plan.data, year)?.investment, annual, year);
  }
}

/** True for a report about the whole project that states a share of a plan. */
export function statesShare({ data }: Report): boolean {
  const { item, shareOfPlanBasisPoints, shareOfAnnualPlanBasisPoints } = data;
  return item === undefined && (shareOfPlanBasisPoints ?? shareOfAnnualPlanBasisPoints) !== undefined;
}

/** What a plan plans for a year. */
export function annualPlanOf(
  { annualPlans }: Pick<Plan, 'annualPlans'>,
  year: number,
): AnnualInvestment | undefined {
  return annualPlans?.find((candidate) => candidate.year === year);
}
