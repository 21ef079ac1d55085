import type { Precision } from '../../domain/project/events.js';
import type { InvestmentReported } from '../../domain/project/facts/investment-reported.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type Day, yearOf } from '../../domain/values/calendar.js';
import type { Money, Said } from '../../domain/values/money.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { planInForce } from '../completion/completion.js';
import { exactness, givenDay } from '../facts/day-marks.js';
import { type Fact, type Facts, keeping, ofType, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';

export type Basis = InvestmentReported['basis'];

/** Money invested in one month of the year, in minor units; a flow, never added to a level. */
interface MonthInvested {
  /** `YYYY-MM`. */
  month: string;
  amountMinor: number;
  entry: Uuid;
}

/** The latest figures of one basis in one currency. */
interface BasisInvestment {
  basis: Basis;
  currency: string;
  sinceStartMinor: number | null;
  thisYearMinor: number | null;
  months: MonthInvested[];
  /** The latest day of its figures. */
  asOf: Day;
  precision: Precision;
  isInferred?: true;
  /** Ids of the entries behind the figures. */
  entries: Uuid[];
}

/** Money invested in a project by a day, in minor units; two bases, currencies or spans are never added. */
export interface InvestmentView {
  /** The headline: the latest figure since the start by (asOf, place); null if there is none. */
  sinceStartMinor: number | null;
  /** Of the headline; without one, of the latest figure of this year. */
  currency: string | null;
  basis: Basis | null;
  /** The headline as reported, such as 6900 万元. */
  said: Said | null;
  /** The day of the headline. */
  asOf: Day | null;
  precision: Precision | null;
  /** The day was inferred, not stated. */
  isInferred?: true;
  entry: Uuid | null;
  /** The level of this year in the headline's basis and currency. */
  thisYearMinor: number | null;
  months: MonthInvested[];
  /** By the plan in force. */
  plannedMinor: number | null;
  annualPlanMinor: number | null;
  plannedCurrency: string | null;
  /** Derived, never stated: the headline divided by the share of plan stated with it, in the headline's currency; null beyond 2^53 - 1. */
  plannedImpliedMinor: number | null;
  /** The headline's share of the whole plan; a stated share takes precedence over a computed one. */
  shareOfPlanBasisPoints: number | null;
  shareIs: 'stated' | 'computed' | null;
  byBasis: BasisInvestment[];
  /** True if there is more than one basis or currency. */
  isMixed: boolean;
  entries: Uuid[];
}

type Report = Fact<'InvestmentReported'>;
export type InvestmentFact = Fact<'InvestmentReported' | 'PlanAdopted'>;

/** Money invested in a project, by the latest figure of each basis, currency and span. */
export const investment: Projection<Facts<InvestmentFact['type']>, InvestmentView> = {
  name: 'investment',
  scope: 'project',
  ...keeping(['InvestmentReported', 'PlanAdopted']),
  view: (state, asOf) => {
    const reports = ofType(upTo(state.facts, asOf), 'InvestmentReported');
    const headline = reports.findLast((report) => report.data.span === 'since-start');
    const lead = headline ?? reports.findLast((report) => yearOf(report.asOf) === yearOf(asOf));
    const byBasis = rowsOf(reports, asOf);
    const own = byBasis.find((row) => lead && isOf(row, lead));
    const plan = planInForce(state.facts, asOf);
    const planned = plan?.data.plannedInvestment;
    const annual = plan?.data.annualPlans?.find((candidate) => candidate.year === yearOf(asOf))?.investment;
    return {
      sinceStartMinor: headline?.data.amount.amountMinor ?? null,
      currency: lead?.data.amount.currency ?? null,
      basis: lead?.data.basis ?? null,
      said: headline?.data.amount.said ?? null,
      asOf: headline?.asOf ?? null,
      precision: null,
      ...(headline ? exactness(headline.entry) : {}),
      entry: headline?.id ?? null,
      thisYearMinor: own?.thisYearMinor ?? null,
      months: own?.months ?? [],
      plannedMinor: planned?.amountMinor ?? null,
      annualPlanMinor: annual?.amountMinor ?? null,
      plannedCurrency: (planned ?? annual)?.currency ?? null,
      plannedImpliedMinor: headline ? impliedPlan(headline) : null,
      ...shareOfPlan(headline, planned),
      byBasis,
      isMixed: byBasis.length > 1,
      entries: [...byBasis.flatMap((row) => row.entries), ...(plan && (planned || annual) ? [plan.id] : [])],
    };
  },
};

function rowsOf(reports: readonly Report[], asOf: Day): BasisInvestment[] {
  const latest = new Map(
    reports.map((report) => [`${report.data.basis} ${report.data.amount.currency}`, report]),
  );
  return [...latest.values()].map((last) => {
    const { basis, amount } = last.data;
    const own = reports.filter((report) => isOf({ basis, currency: amount.currency }, report));
    const sinceStart = own.findLast((report) => report.data.span === 'since-start');
    const thisYear = own.filter((report) => yearOf(report.asOf) === yearOf(asOf));
    const year = thisYear.findLast((report) => report.data.span === 'year');
    const months = new Map<string, MonthInvested>();
    for (const report of thisYear) {
      if (report.data.span !== 'month') continue;
      const month = report.asOf.slice(0, 7);
      months.set(month, { month, amountMinor: report.data.amount.amountMinor, entry: report.id });
    }
    const levels = [sinceStart, year].filter((report) => report !== undefined);
    return {
      basis,
      currency: amount.currency,
      sinceStartMinor: sinceStart?.data.amount.amountMinor ?? null,
      thisYearMinor: year?.data.amount.amountMinor ?? null,
      months: [...months.values()],
      ...givenDay(last.entry),
      entries: [...levels.map((report) => report.id), ...[...months.values()].map((month) => month.entry)],
    };
  });
}

function isOf(kind: { basis: Basis; currency: string }, report: Report): boolean {
  return report.data.basis === kind.basis && report.data.amount.currency === kind.currency;
}

function impliedPlan({ data }: Report): number | null {
  const share = data.shareOfPlanBasisPoints;
  return share ? (scaled(data.amount.amountMinor, wholeBasisPoints, share) ?? null) : null;
}

function shareOfPlan(
  headline: Report | undefined,
  planned: Money | undefined,
): Pick<InvestmentView, 'shareOfPlanBasisPoints' | 'shareIs'> {
  const stated = headline?.data.shareOfPlanBasisPoints;
  if (stated !== undefined) return { shareOfPlanBasisPoints: stated, shareIs: 'stated' };
  const computed = headline && computedShare(headline.data.amount, planned);
  if (computed === undefined) return { shareOfPlanBasisPoints: null, shareIs: null };
  return { shareOfPlanBasisPoints: computed, shareIs: 'computed' };
}

/** An amount's share of a planned amount in basis points, rounded half up; undefined if they are not comparable. */
export function computedShare(amount: Money, planned: Money | undefined): number | undefined {
  if (!planned || planned.currency !== amount.currency || planned.amountMinor === 0) return undefined;
  return scaled(amount.amountMinor, wholeBasisPoints, planned.amountMinor);
}

/**
 * `amount × by / divisor`, rounded half up, exact for any amount; undefined for a result beyond 2^53 - 1.
 *
 * By doubling and adding quotients and remainders, because not every engine that runs this fold has BigInt.
 */
function scaled(amount: number, by: number, divisor: number): number | undefined {
  const one = { quotient: Math.floor(amount / divisor), remainder: amount % divisor };
  let sum = { quotient: 0, remainder: 0 };
  for (let bit = 2 ** Math.floor(Math.log2(by)); bit >= 1; bit /= 2) {
    sum = added(sum, sum, divisor);
    if (Math.floor(by / bit) % 2 === 1) sum = added(sum, one, divisor);
  }
  const result = sum.quotient + (sum.remainder >= divisor - sum.remainder ? 1 : 0);
  return Number.isSafeInteger(result) ? result : undefined;
}

interface Division {
  quotient: number;
  remainder: number;
}

/** The sum of two divisions by one divisor; no intermediate number is larger than it. */
function added(a: Division, b: Division, divisor: number): Division {
  const quotient = a.quotient + b.quotient;
  if (a.remainder < divisor - b.remainder) return { quotient, remainder: a.remainder + b.remainder };
  return { quotient: quotient + 1, remainder: a.remainder - (divisor - b.remainder) };
}
