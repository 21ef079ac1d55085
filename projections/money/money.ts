import type { InvestmentReported } from '../../domain/project/facts/investment-reported.js';
import type { Day } from '../../domain/values/calendar.js';
import type { Money as Amount } from '../../domain/values/money.js';
import type { Fact } from '../facts/facts.js';
import { type Level, type Regression, Regressions } from '../facts/regressions.js';
import type { Steps } from '../facts/steps.js';
import { computedShare } from './share.js';

export type Basis = InvestmentReported['basis'];

type Report = Fact<'InvestmentReported'>;
type Plan = Fact<'PlanAdopted'>;

/** A report whose stated share of the plan differs from the one computed with the plan in force at the end of its day. */
export interface DifferingShare {
  report: Report;
  plan: Plan;
  planned: Amount;
  computedBasisPoints: number;
}

/** The reported money of a project so far, by reports and plans in the order (asOf, place). */
export class Money {
  /** The latest figure since the start. */
  headline: Report | undefined;
  /** The plan in force. */
  plan: Plan | undefined;
  /** In the order of their first reports. */
  readonly kinds: MoneyOfKind[] = [];
  private last: Report | undefined;
  private readonly shares = new StatedShares();

  take(fact: Report | Plan): void {
    if (fact.type === 'PlanAdopted') this.adopt(fact);
    else this.say(fact);
  }

  /** Adds a report; true if it is above 0, and above the one before of its kind and span. */
  say(report: Report): boolean {
    this.last = report;
    const { span, basis, amount, shareOfPlanBasisPoints: share } = report.data;
    if (span === 'since-start') {
      this.headline = report;
      if (share !== undefined) this.shares.say(report, this.plan);
    }
    return (this.known(basis, amount.currency) ?? this.added(report)).say(report);
  }

  adopt(plan: Plan): void {
    this.plan = plan;
    this.shares.adopt(plan);
  }

  /** The headline; without one, the latest figure of the year. */
  leadOn(asOf: Day): Report | undefined {
    return this.headline ?? inYearOf(asOf, this.last);
  }

  sinceStartOf(basis: Basis, currency: string): Report | undefined {
    return this.known(basis, currency)?.sinceStart;
  }

  /** The level that a further report is compared with: the latest of its kind and span; none for a month. */
  before(report: Report): Report | undefined {
    const { basis, amount } = report.data;
    return this.known(basis, amount.currency)?.before(report);
  }

  /** The headline's share of the whole plan in basis points; a stated share takes precedence over a computed one. */
  shareOfPlan(): {
    shareOfPlanBasisPoints: number | null;
    shareIs: 'stated' | 'computed' | null;
  } {
    const { headline, plan } = this;
    const stated = headline?.data.shareOfPlanBasisPoints;
    if (stated !== undefined) return { shareOfPlanBasisPoints: stated, shareIs: 'stated' };
    const computed = headline && computedShare(headline.data.amount, plan?.data.plannedInvestment);
    if (computed === undefined) return { shareOfPlanBasisPoints: null, shareIs: null };
    return { shareOfPlanBasisPoints: computed, shareIs: 'computed' };
  }

  get openContradictions(): number {
    let open = this.shares.differing.length;
    for (const { falls } of this.kinds) open += falls.open;
    return open;
  }

  /** Figures since the start that are lower than one of their kind for an earlier day. */
  *falls(): Steps<Regression<Report>[]> {
    const found: Regression<Report>[] = [];
    for (const { falls } of this.kinds) found.push(...(yield* falls.found()));
    return found;
  }

  differingShares(): readonly DifferingShare[] {
    return this.shares.differing;
  }

  private known(basis: Basis, currency: string): MoneyOfKind | undefined {
    for (const kind of this.kinds) if (kind.basis === basis && kind.currency === currency) return kind;
    return undefined;
  }

  private added(report: Report): MoneyOfKind {
    const kind = new MoneyOfKind(report);
    this.kinds.push(kind);
    return kind;
  }
}

/** The figures of one basis and currency so far, by their span; those of two kinds are never compared or added. */
export class MoneyOfKind {
  readonly basis: Basis;
  readonly currency: string;
  sinceStart: Report | undefined;
  readonly falls = new Regressions<Report>();
  private year: Report | undefined;
  private readonly months = new Map<string, Report>();

  /** @param last its first report, which is said next */
  constructor(public last: Report) {
    this.basis = last.data.basis;
    this.currency = last.data.amount.currency;
  }

  say(report: Report): boolean {
    this.last = report;
    const { span, amount } = report.data;
    const before = this.before(report);
    // A month reported again keeps its place.
    if (span === 'month') this.months.set(report.asOf.slice(0, 7), report);
    else if (span === 'year') this.year = report;
    else {
      this.sinceStart = report;
      this.falls.say(levelOf(report));
    }
    return amount.amountMinor > (before?.data.amount.amountMinor ?? 0);
  }

  /** The level that a further report is compared with; none for a month. */
  before({ asOf, data: { span } }: Report): Report | undefined {
    if (span === 'month') return undefined;
    return span === 'year' ? this.yearOn(asOf) : this.sinceStart;
  }

  /** The level of the year of a day. */
  yearOn(asOf: Day): Report | undefined {
    return inYearOf(asOf, this.year);
  }

  /** The months of the year of a day, each by its latest report, in the order of their first ones. */
  monthsOn(asOf: Day): { month: string; report: Report }[] {
    return [...this.months].flatMap(([month, report]) => (inYearOf(asOf, report) ? [{ month, report }] : []));
  }
}

/** A stated share may differ from the computed one by one point. */
const toleratedShareBasisPoints = 100;

/** The reports since the start that state a share of the plan, as far as it differs from the computed one. */
class StatedShares {
  readonly differing: DifferingShare[] = [];
  private day: Day | undefined;
  /** Of the present day: a plan for that day counts for its earlier reports too. */
  private ofDay: Report[] = [];
  /** Differing shares of earlier days. */
  private before = 0;

  say(report: Report, plan: Plan | undefined): void {
    this.begin(report.asOf);
    this.ofDay.push(report);
    this.compare(report, plan);
  }

  adopt(plan: Plan): void {
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

  private compare(report: Report, plan: Plan | undefined): void {
    const { amount, shareOfPlanBasisPoints: stated } = report.data;
    const planned = plan?.data.plannedInvestment;
    const computed = computedShare(amount, planned);
    if (!plan || !planned || computed === undefined || stated === undefined) return;
    if (Math.abs(computed - stated) > toleratedShareBasisPoints)
      this.differing.push({ report, plan, planned, computedBasisPoints: computed });
  }
}

/** A figure since the start as a level that must not fall. */
export function levelOf(fact: Report): Level<Report> {
  const { amountMinor } = fact.data.amount;
  return { fact, floor: amountMinor, ceiling: amountMinor };
}

function inYearOf(asOf: Day, report: Report | undefined): Report | undefined {
  return report?.asOf.slice(0, 4) === asOf.slice(0, 4) ? report : undefined;
}
