import type { Precision } from '../../domain/project/events.js';
import { type Day, yearOf } from '../../domain/values/calendar.js';
import type { Said } from '../../domain/values/money.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { exactness, givenDay } from '../facts/day-marks.js';
import { type Fact, type Facts, keeping, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { type Basis, Money, type MoneyOfKind } from './money.js';
import { impliedWhole } from './share.js';

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

export type InvestmentFact = Fact<'InvestmentReported' | 'PlanAdopted'>;

/** Money invested in a project, by the latest figure of each basis, currency and span. */
export const investment: Projection<Facts<InvestmentFact['type']>, InvestmentView> = {
  name: 'investment',
  scope: 'project',
  ...keeping(['InvestmentReported', 'PlanAdopted']),
  view: (state, asOf) => {
    const money = new Money();
    for (const fact of upTo(state.facts, asOf)) money.take(fact);
    return investedBy(money, asOf);
  },
};

function investedBy(money: Money, asOf: Day): InvestmentView {
  const { headline, plan } = money;
  const lead = money.leadOn(asOf);
  const byBasis = money.kinds.map((kind) => figuresOf(kind, asOf));
  const { basis = null, amount } = lead?.data ?? {};
  const currency = amount?.currency ?? null;
  const own = byBasis.find((row) => row.basis === basis && row.currency === currency);
  const planned = plan?.data.plannedInvestment;
  const annual = plan?.data.annualPlans?.find((candidate) => candidate.year === yearOf(asOf))?.investment;
  const share = headline?.data.shareOfPlanBasisPoints;
  return {
    sinceStartMinor: headline?.data.amount.amountMinor ?? null,
    currency,
    basis,
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
    plannedImpliedMinor: headline && share ? (impliedWhole(headline.data.amount, share) ?? null) : null,
    ...money.shareOfPlan(),
    byBasis,
    isMixed: byBasis.length > 1,
    entries: [...byBasis.flatMap((row) => row.entries), ...(plan && (planned || annual) ? [plan.id] : [])],
  };
}

function figuresOf(kind: MoneyOfKind, asOf: Day): BasisInvestment {
  const { basis, currency, last, sinceStart } = kind;
  const year = kind.yearOn(asOf);
  const months = kind.monthsOn(asOf).map(
    ({ month, report }): MonthInvested => ({
      month,
      amountMinor: report.data.amount.amountMinor,
      entry: report.id,
    }),
  );
  const levels = [sinceStart, year].filter((report) => report !== undefined);
  return {
    basis,
    currency,
    sinceStartMinor: sinceStart?.data.amount.amountMinor ?? null,
    thisYearMinor: year?.data.amount.amountMinor ?? null,
    months,
    ...givenDay(last.entry),
    entries: [...levels.map((report) => report.id), ...months.map((month) => month.entry)],
  };
}
