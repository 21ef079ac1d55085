import type { Plan } from '../../domain/project/events.js';
import { periodOf } from '../../domain/project/facts/stated-money.js';
import { type Money as Amount, boundsOf } from '../../domain/values/amounts/money.js';
import { addDays, type Day, lastDayOfMonth } from '../../domain/values/days/calendar.js';
import { type Level, type Regression, Regressions } from '../facts/regressions.js';
import type { Steps } from '../facts/steps.js';
import { lineOf, type MoneyLine, type MoneyReport } from './money-line.js';
import { PartsOfWholes } from './parts-of-wholes.js';
import { annualPlanOf } from './stated-shares.js';

/** Kinds that only grow: less than before is a contradiction. A contract or a budget may be cut. */
const growing: readonly MoneyLine['kind'][] = ['invested', 'paid', 'funds'];

/** The figures of one line so far, by their span and period. */
export class MoneyOfKind {
  readonly line: MoneyLine;
  sinceStart: MoneyReport | undefined;
  readonly falls = new Regressions<MoneyReport>();
  /** By year; of shares that were stated without an amount, by what they are shares of. */
  readonly fallsOfYear = new Map<string, Regressions<MoneyReport>>();
  /** Of shares of the whole plan that were stated without an amount, by the planned investment. */
  readonly fallsOfShare = new Map<string, Regressions<MoneyReport>>();
  readonly parts = new PartsOfWholes();
  /** The latest report of each year (`2018`), quarter (`2018-Q2`) and month (`2018-06`). */
  private readonly periods = new Map<string, MoneyReport>();
  /** By month: the last report of the year's level in it. */
  private readonly levels = new Map<string, MoneyReport>();
  private readonly isGrowing: boolean;

  /** @param last its first report, which is said next */
  constructor(public last: MoneyReport) {
    this.line = lineOf(last);
    this.isGrowing = growing.includes(this.line.kind);
  }

  /**
   * Adds a report; true if it is above the one before of its span, or is of a quarter or month and above 0.
   *
   * @param plan the plan in force: a share may fall where what it is a share of has changed
   */
  say(report: MoneyReport, plan?: Pick<Plan, 'annualPlans' | 'plannedInvestment'>): boolean {
    this.last = report;
    const before = this.before(report);
    const { span, amount } = report.data;
    // The first level may be older money.
    const isFlow = span === 'quarter' || span === 'month';
    const isRise = (isFlow || before !== undefined) && isAbove(report, before);
    const period = periodOf(report.data, report.asOf);
    // A period reported again keeps its place.
    if (span === 'since-start') this.sinceStart = report;
    else this.periods.set(period, report);
    if (span === 'year' && report.asOf.startsWith(period)) this.levels.set(report.asOf.slice(0, 7), report);
    if (!this.isGrowing) return isRise;
    if (!amount) {
      this.sayShares(report, plan);
      return isRise;
    }
    if (span === 'since-start') this.falls.say(levelOf(report));
    if (span === 'year') fallsIn(this.fallsOfYear, period).say(levelOf(report));
    this.parts.say(report, this.sinceStart, this.periods);
    return isRise;
  }

  /** The level that a further report is compared with; none for a quarter or month. */
  before({ asOf, data }: MoneyReport): MoneyReport | undefined {
    if (data.span === 'since-start') return this.sinceStart;
    return data.span === 'year' ? this.periods.get(periodOf(data, asOf)) : undefined;
  }

  /** The level of the year of a day. */
  yearOn(asOf: Day): MoneyReport | undefined {
    return this.periods.get(asOf.slice(0, 4));
  }

  /** The report of a year, quarter or month. */
  in(period: string): MoneyReport | undefined {
    return this.periods.get(period);
  }

  /** The months of the year of a day, each by its latest report, in the order of their first ones. */
  monthsOn(asOf: Day): { month: string; report: MoneyReport }[] {
    const year = `${asOf.slice(0, 4)}-`;
    return [...this.periods].flatMap(([month, report]) =>
      report.data.span === 'month' && month.startsWith(year) ? [{ month, report }] : [],
    );
  }

  /** What was invested in a month: as reported for it, else the difference of the year's levels in it and in the month before. */
  investedIn(month: string): { low: number; point: number; until: Day; entries: string[] } | undefined {
    const end = lastDayOfMonth(month);
    const flow = this.periods.get(month);
    if (flow?.data.amount) {
      const until = flow.asOf < end ? flow.asOf : end;
      return {
        low: boundsOf(flow.data.amount).low,
        point: flow.data.amount.amountMinor,
        until,
        entries: [flow.id],
      };
    }
    const isFirst = month.endsWith('-01');
    const [level, before] = [
      this.levels.get(month),
      isFirst ? undefined : this.levels.get(monthBefore(month)),
    ];
    const [amount, earlier] = [level?.data.amount, before?.data.amount];
    if (!level || !amount || (!earlier && !isFirst)) return undefined;
    const [now, then] = [boundsOf(amount), earlier ? boundsOf(earlier) : { low: 0, high: 0 }];
    return {
      low: now.low - then.high,
      point: amount.amountMinor - (earlier?.amountMinor ?? 0),
      until: level.asOf,
      entries: [...(before ? [before.id] : []), level.id],
    };
  }

  /** Every latest figure: since the start, then years, quarters and months in their order. */
  get figures(): { period: string; report: MoneyReport }[] {
    const periods = [...this.periods].map(([period, report]) => ({ period, report }));
    const sorted = periods.sort(
      (a, b) => a.period.length - b.period.length || (a.period < b.period ? -1 : 1),
    );
    return [...(this.sinceStart ? [{ period: '', report: this.sinceStart }] : []), ...sorted];
  }

  get openContradictions(): number {
    let open = this.falls.open + this.parts.open;
    for (const falls of this.fallsOfYear.values()) open += falls.open;
    for (const falls of this.fallsOfShare.values()) open += falls.open;
    return open;
  }

  /** The falls of figures since the start, in steps. */
  *startFalls(): Steps<Regression<MoneyReport>[]> {
    const found = yield* this.falls.found();
    for (const falls of this.fallsOfShare.values()) found.push(...(yield* falls.found()));
    return found;
  }

  /** The falls of the year's figures, in steps. */
  *yearFalls(): Steps<Regression<MoneyReport>[]> {
    const found: Regression<MoneyReport>[] = [];
    for (const falls of this.fallsOfYear.values()) found.push(...(yield* falls.found()));
    return found;
  }

  /** Shares of one plan are compared: each amount that is planned has its own series. */
  private sayShares(fact: MoneyReport, plan: Pick<Plan, 'annualPlans' | 'plannedInvestment'> = {}): void {
    const { item, span, shareOfPlanBasisPoints: share, shareOfAnnualPlanBasisPoints: annual } = fact.data;
    const planned = (amount: Amount | undefined) =>
      item === undefined && amount ? `${amount.amountMinor} ${amount.currency}` : '';
    if (share !== undefined && span === 'since-start')
      fallsIn(this.fallsOfShare, planned(plan.plannedInvestment)).say(exactly(fact, share));
    const year = yearOfShare(fact);
    if (annual === undefined || year === undefined) return;
    const key = `${year} ${planned(annualPlanOf(plan, Number(year))?.investment)}`;
    fallsIn(this.fallsOfYear, key).say(exactly(fact, annual));
  }
}

/** The year of the annual plan that a report states a share of; undefined for a share of a quarter or month. */
export function yearOfShare({ asOf, data }: MoneyReport): string | undefined {
  if (data.span === 'since-start') return asOf.slice(0, 4);
  return data.span === 'year' ? periodOf(data, asOf) : undefined;
}

function exactly(fact: MoneyReport, share: number): Level<MoneyReport> {
  return { fact, floor: share, ceiling: share };
}

function fallsIn(series: Map<string, Regressions<MoneyReport>>, key: string): Regressions<MoneyReport> {
  const falls = series.get(key) ?? new Regressions<MoneyReport>();
  series.set(key, falls);
  return falls;
}

function monthBefore(month: string): string {
  return addDays(`${month}-01`, -1).slice(0, 7);
}

/** A figure as a level that must not fall. */
export function levelOf(fact: MoneyReport): Level<MoneyReport> {
  const { low, high } = fact.data.amount ? boundsOf(fact.data.amount) : { low: 0, high: Infinity };
  return { fact, floor: low, ceiling: high };
}

/** A larger amount; without amounts a larger share of the same plan. */
function isAbove({ data }: MoneyReport, before: MoneyReport | undefined): boolean {
  const earlier = before?.data;
  if (data.amount) return data.amount.amountMinor > (earlier?.amount?.amountMinor ?? 0);
  const isLarger = (share: number | undefined, than: number | undefined) =>
    share !== undefined && share > (than ?? 0);
  return (
    isLarger(data.shareOfPlanBasisPoints, earlier?.shareOfPlanBasisPoints) ||
    isLarger(data.shareOfAnnualPlanBasisPoints, earlier?.shareOfAnnualPlanBasisPoints)
  );
}
