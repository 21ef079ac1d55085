import type { Fact } from '../facts/facts.js';
import { Regressions } from '../facts/regressions.js';
import { computedShare } from '../money/investment.js';

type Report = Fact<'InvestmentReported'>;
type Plan = Fact<'PlanAdopted'>;

/** A stated share may differ from the computed one by one point. */
const toleratedShareBasisPoints = 100;

/** The reported money of a project, in order: the headline, and the contradictions. */
export class Money {
  /** The latest figure since the start. */
  headline: Report | undefined;
  private readonly regressions = new Map<string, Regressions<Report>>();
  private readonly levels = new Map<string, number>();
  private fallsCount = 0;
  /** Of days before the present one; a plan for the present day still counts for its reports. */
  private sharesBefore = 0;
  private sharesCount = 0;
  private day = -Infinity;
  private ofDay: Report[] = [];
  private plan: Plan | undefined;

  get openContradictions(): number {
    return this.fallsCount + this.sharesCount;
  }

  /** Adds a report; true if it is higher than the one before of its kind. */
  say(day: number, report: Report): boolean {
    const { span, basis, amount } = report.data;
    const { amountMinor } = amount;
    if (span === 'since-start') {
      this.headline = report;
      this.sayShare(day, report);
      const kind = `${basis} ${amount.currency}`;
      let regressions = this.regressions.get(kind);
      if (!regressions) {
        regressions = new Regressions();
        this.regressions.set(kind, regressions);
      }
      this.fallsCount += regressions.say({ fact: report, floor: amountMinor, ceiling: amountMinor });
    }
    if (span === 'month') return amountMinor > 0;
    const kind = `${span} ${basis} ${amount.currency} ${span === 'year' ? report.asOf.slice(0, 4) : ''}`;
    const isHigher = amountMinor > (this.levels.get(kind) ?? 0);
    this.levels.set(kind, amountMinor);
    return isHigher;
  }

  adopt(day: number, plan: Plan): void {
    this.plan = plan;
    this.begin(day);
    this.sharesCount = this.sharesBefore + this.ofDay.filter((report) => this.differs(report)).length;
  }

  private sayShare(day: number, report: Report): void {
    if (report.data.shareOfPlanBasisPoints === undefined) return;
    this.begin(day);
    this.ofDay.push(report);
    if (this.differs(report)) this.sharesCount += 1;
  }

  private begin(day: number): void {
    if (day === this.day) return;
    this.day = day;
    this.sharesBefore = this.sharesCount;
    this.ofDay = [];
  }

  private differs({ data }: Report): boolean {
    const computed = computedShare(data.amount, this.plan?.data.plannedInvestment);
    const { shareOfPlanBasisPoints: stated } = data;
    if (computed === undefined || stated === undefined) return false;
    return Math.abs(computed - stated) > toleratedShareBasisPoints;
  }
}
