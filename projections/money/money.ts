import { type Basis, basisWords } from '../../domain/project/facts/investment-reported.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import type { Money as Amount } from '../../domain/values/amounts/money.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Fact } from '../facts/facts.js';
import type { Regression } from '../facts/regressions.js';
import type { Steps } from '../facts/steps.js';
import { isOnLine, keyOf, type MoneyLine, type MoneyReport, type Report } from './money-line.js';
import { MoneyOfKind, yearOfShare } from './money-of-kind.js';
import { type MonthsAboveShare, MonthsAboveShares } from './months-above-share.js';
import type { ExceedingParts } from './parts-of-wholes.js';
import { type Share, shareBounds } from './share.js';
import { annualPlanOf, type DifferingShare, StatedShares } from './stated-shares.js';
import { type TargetsAboveYear, TargetsAboveYears } from './targets-above-year.js';

type Plan = Fact<'PlanAdopted'>;

/** A report with its amount. */
export interface Figure {
  report: Report;
  amount: Amount;
}

/** A share of a plan, and whether somebody stated it or it was computed from an amount. */
export interface ShareOfPlan extends Share {
  is: 'stated' | 'computed';
  /** The report that states the share or the amount. */
  report: Report;
}

/** The bases in the order of preference: works in place first, spending last. */
export const basisOrder = Object.keys(basisWords) as readonly Basis[];

/** The reported money of a project so far, by reports and plans in the order (asOf, place). */
export class Money {
  /** The plan in force. */
  plan: Plan | undefined;
  /** In the order of their first reports. */
  readonly kinds: MoneyOfKind[] = [];
  private readonly byLine = new Map<string, MoneyOfKind>();
  private readonly shares = new StatedShares();
  private readonly months = new MonthsAboveShares();
  private readonly targets = new TargetsAboveYears();
  /** Reports about the whole project that state a share: of the plan by their basis, of a year's plan by basis and year. */
  private readonly stated = new Map<string, Report>();
  /** The line of the last report: nearly all reports of a project have one. */
  private lastKind: MoneyOfKind | undefined;

  take(fact: MoneyReport | Plan): void {
    if (fact.type === 'PlanAdopted') this.adopt(fact);
    else this.say(fact);
  }

  /** Adds a report; true if it is money invested, above 0, and above the one before of its line and span. */
  say(report: MoneyReport): boolean {
    const kind =
      this.lastKind && isOnLine(report, this.lastKind.line) ? this.lastKind : this.lineWith(report);
    this.lastKind = kind;
    if (report.type === 'MoneyReported') {
      kind.say(report, this.plan?.data);
      return false;
    }
    this.keepShares(report);
    const isRise = kind.say(report, this.plan?.data);
    if (report.data.item === undefined) {
      const { basis, span } = report.data;
      const year = span === 'month' ? periodOf(report.data, report.asOf).slice(0, 4) : yearOfShare(report);
      if (year !== undefined) this.compareMonths(`${basis} ${year}`, report);
    }
    return isRise;
  }

  adopt(plan: Plan): void {
    this.plan = plan;
    this.shares.adopt(plan);
    this.targets.adopt(plan);
    for (const key of this.stated.keys()) this.compareMonths(key, plan);
  }

  /** Money invested in the project since the start: by the currency of the plan, then by the order of bases. */
  get headline(): Figure | undefined {
    return figureOf(this.preferred(({ sinceStart }) => sinceStart?.data.amount !== undefined)?.sinceStart);
  }

  /** The headline; without one, the preferred line with a figure of the year. */
  leadOn(asOf: Day): Figure | undefined {
    const year = asOf.slice(0, 4);
    const ofYear = (kind: MoneyOfKind) =>
      kind.figures.filter(({ period }) => period.slice(0, 4) === year).pop()?.report;
    const kind = this.preferred((one) => ofYear(one)?.data.amount !== undefined);
    return this.headline ?? figureOf(kind && (kind.yearOn(asOf) ?? ofYear(kind)));
  }

  /** Every line that the headline was chosen from. */
  get candidates(): MoneyOfKind[] {
    return this.invested.filter(({ sinceStart }) => sinceStart?.data.amount !== undefined);
  }

  sinceStartOf(basis: Basis, currency: string): Figure | undefined {
    return figureOf(
      this.invested.find(({ line }) => line.basis === basis && line.currency === currency)?.sinceStart,
    );
  }

  /** The level that a further report is compared with: the latest of its line and span; none for a month. */
  before(report: MoneyReport): MoneyReport | undefined {
    return this.known(report)?.before(report);
  }

  /** The share of the whole plan of the headline's basis; without a headline, that of the first basis that states one. */
  shareOfPlan(): ShareOfPlan | undefined {
    const { headline } = this;
    const basis = headline?.report.data.basis ?? basisOrder.find((one) => this.stated.has(one));
    return basis && this.shareIn(basis, headline);
  }

  /**
   * The share of the plan that the works are compared with: of the first basis that has any figure since the start, an
   * amount or a share alone, so that no figure of a less preferred basis takes its place.
   */
  comparedShare(): ShareOfPlan | undefined {
    const isIn = (basis: Basis) => this.stated.has(basis) || this.sinceStartIn(basis) !== undefined;
    const basis = basisOrder.find(isIn);
    return basis && this.shareIn(basis);
  }

  /** The share of the annual plan of a year in one basis. */
  shareOfYear(basis: Basis, year: number, planned: Amount | undefined): ShareOfPlan | undefined {
    const stated = this.stated.get(`${basis} ${year}`);
    const level = this.yearOf(basis, year, planned?.currency);
    const computed = level && shareBounds(level.amount, planned);
    return this.later(stated, stated?.data.shareOfAnnualPlanBasisPoints, level?.report, computed);
  }

  /** Money invested in the project in a year, so far, in one basis. */
  yearOf(basis: Basis, year: number, currency: string | undefined): Figure | undefined {
    return figureOf(this.lineOf(basis, currency)?.in(String(year)));
  }

  /** Money invested in the project in one basis; without a currency, in the preferred one. */
  lineOf(basis: Basis, currency: string | undefined): MoneyOfKind | undefined {
    return this.preferred(
      ({ line }) => line.basis === basis && (currency === undefined || line.currency === currency),
    );
  }

  get openContradictions(): number {
    let open = this.shares.differing.length + this.months.open + this.targets.open;
    for (const kind of this.kinds) open += kind.openContradictions;
    return open;
  }

  /** Figures since the start that are lower than one of their line for an earlier day. */
  *falls(): Steps<Regression<MoneyReport>[]> {
    const found: Regression<MoneyReport>[] = [];
    for (const kind of this.kinds) found.push(...(yield* kind.startFalls()));
    return found;
  }

  /** Figures of a year that are lower than one of their line and year for an earlier day. */
  *yearFalls(): Steps<Regression<MoneyReport>[]> {
    const found: Regression<MoneyReport>[] = [];
    for (const kind of this.kinds) found.push(...(yield* kind.yearFalls()));
    return found;
  }

  /** Months and quarters above their year, and years above the figure since the start. */
  exceedingParts(): ExceedingParts[] {
    return this.kinds.flatMap(({ parts }) => parts.found);
  }

  /** Months above the share of the annual plan that was stated for their year. */
  monthsAboveShares(): readonly MonthsAboveShare[] {
    return this.months.found;
  }

  /** Plans whose targets of months add up to more than their year. */
  targetsAboveYears(): readonly TargetsAboveYear[] {
    return this.targets.found;
  }

  differingShares(): readonly DifferingShare[] {
    return this.shares.differing;
  }

  /** Lines of money invested in the project as a whole, the preferred one first. */
  get invested(): MoneyOfKind[] {
    const ofProject = ({ line: { kind, item, currency } }: MoneyOfKind) =>
      kind === 'invested' && item === null && currency !== null;
    return this.kinds.filter(ofProject).sort((a, b) => this.byPreference(a, b));
  }

  /** The share of the plan in one basis. */
  private shareIn(basis: Basis, level = this.sinceStartIn(basis)): ShareOfPlan | undefined {
    const stated = this.stated.get(basis);
    const computed = level && shareBounds(level.amount, this.plan?.data.plannedInvestment);
    return this.later(stated, stated?.data.shareOfPlanBasisPoints, level?.report, computed);
  }

  /** In the currency of the plan. */
  private sinceStartIn(basis: Basis): Figure | undefined {
    const planned = currencyOfPlan(this.plan);
    const isComparable = ({ line }: MoneyOfKind) =>
      line.basis === basis && (planned === undefined || line.currency === planned);
    return figureOf(this.candidates.find(isComparable)?.sinceStart);
  }

  private preferred(isMeant: (kind: MoneyOfKind) => boolean): MoneyOfKind | undefined {
    return this.invested.find(isMeant);
  }

  private byPreference({ line: a }: MoneyOfKind, { line: b }: MoneyOfKind): number {
    const planned = currencyOfPlan(this.plan);
    if (a.currency !== b.currency && (a.currency === planned || b.currency === planned))
      return a.currency === planned ? -1 : 1;
    return rankOf(a) - rankOf(b) || ((a.currency ?? '') < (b.currency ?? '') ? -1 : 1);
  }

  /** The stated share if it is of the day of the amount or a later one, else the computed one. */
  private later(
    stated: Report | undefined,
    share: number | undefined,
    amount: Report | undefined,
    computed: Share | undefined,
  ): ShareOfPlan | undefined {
    const isLatest = stated && (!amount || stated.asOf >= amount.asOf);
    if (isLatest && share !== undefined)
      return { is: 'stated', point: share, low: share, high: share, report: stated };
    return amount && computed && { is: 'computed', ...computed, report: amount };
  }

  private keepShares(report: Report): void {
    const { item, span, basis, ...shares } = report.data;
    this.shares.say(report, this.plan);
    if (item !== undefined) return;
    if (shares.shareOfPlanBasisPoints !== undefined && span === 'since-start') this.keepShare(basis, report);
    if (shares.shareOfAnnualPlanBasisPoints === undefined) return;
    const year = (span === 'since-start' ? report.asOf : periodOf(report.data, report.asOf)).slice(0, 4);
    this.keepShare(`${basis} ${year}`, report);
  }

  /** @param key of a stated share: the basis and the year */
  private compareMonths(key: string, by: Report | Plan): void {
    const share = this.stated.get(key);
    const [basis, year] = key.split(' ') as [Basis, string?];
    if (!share || year === undefined) return;
    const planned = this.plan && annualPlanOf(this.plan.data, Number(year))?.investment;
    const kind = planned && this.lineOf(basis, planned.currency);
    this.months.compare(key, by, {
      share: share.data.amount ? undefined : share,
      plan: this.plan,
      planned,
      kind,
    });
  }

  /** Of the shares of one day, which of them was entered last decides only between two of one line and span. */
  private keepShare(key: string, report: Report): void {
    const known = this.stated.get(key);
    if (known?.asOf === report.asOf && shareRank(known) < shareRank(report)) return;
    this.stated.set(key, report);
  }

  private lineWith(report: MoneyReport): MoneyOfKind {
    const known = this.known(report);
    if (known) return known;
    const kind = new MoneyOfKind(report);
    this.kinds.push(kind);
    this.byLine.set(keyOf(report), kind);
    return kind;
  }

  private known(report: MoneyReport): MoneyOfKind | undefined {
    return this.byLine.get(keyOf(report));
  }
}

/** The currency of the planned investment, or of the annual plans. */
function currencyOfPlan(plan: Plan | undefined): string | undefined {
  return (plan?.data.plannedInvestment ?? plan?.data.annualPlans?.[0]?.investment)?.currency;
}

function rankOf({ basis }: MoneyLine): number {
  return basis === null ? basisOrder.length : basisOrder.indexOf(basis);
}

/** Shares said with an amount come first, then those over the year, then by currency. */
function shareRank({ data: { amount, span } }: Report): string {
  return [amount ? 0 : 1, span === 'year' ? 0 : 1, span, amount?.currency].join(' ');
}

function figureOf(report: MoneyReport | undefined): Figure | undefined {
  if (report?.type !== 'InvestmentReported' || !report.data.amount) return undefined;
  return { report, amount: report.data.amount };
}
