import type { Precision } from '../../domain/project/events.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { boundsOf, type Said } from '../../domain/values/amounts/money.js';
import { exactness, givenDay } from '../../domain/values/day-marks.js';
import { type Day, yearOf } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { Words } from '../../domain/values/words.js';
import { type Fact, type Facts, keeping, upTo } from '../facts/facts.js';
import type { Projection } from '../facts/projection.js';
import { type AnnualPlan, annualPlanOn } from './annual-plan.js';
import { figuresSideBySide, type MoneyFigure, whyHeadline } from './figures-side-by-side.js';
import { Money } from './money.js';
import type { MoneyOfKind } from './money-of-kind.js';
import { impliedWhole } from './share.js';
import { annualPlanOf } from './stated-shares.js';

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

/** Money of a project by a day, in minor units; two kinds, bases, currencies or spans are never added. */
export interface InvestmentView {
  /** The headline: money invested since the start, of the first basis in the order of preference; null if there is none. */
  sinceStartMinor: number | null;
  /** Of an inexact headline: at least and at most; else the headline. */
  lowMinor: number | null;
  highMinor: number | null;
  /** Of the headline; without one, of the preferred figure of this year. */
  currency: string | null;
  basis: Basis | null;
  /** The headline as reported, such as 6900 万元. */
  said: Said | null;
  /** Which figure is the headline, and why. */
  why: Words | null;
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
  /** The share of the whole plan in the headline's basis; a stated share takes precedence over a computed one. */
  shareOfPlanBasisPoints: number | null;
  shareIs: 'stated' | 'computed' | null;
  /** The year of the day by the plan in force, its share and its monthly targets; null without an annual plan. */
  annualPlan: AnnualPlan | null;
  byBasis: BasisInvestment[];
  /** True if there is more than one basis or currency. */
  isMixed: boolean;
  /** Every kind of money side by side. */
  figures: MoneyFigure[];
  entries: Uuid[];
}

export type InvestmentFact = Fact<'InvestmentReported' | 'MoneyReported' | 'PlanAdopted'>;

/** Money of a project, by the latest figure of each kind, basis or source, item, currency and span. */
export const investment: Projection<Facts<InvestmentFact['type']>, InvestmentView> = {
  name: 'investment',
  scope: 'project',
  ...keeping(['InvestmentReported', 'MoneyReported', 'PlanAdopted']),
  view: (state, asOf) => {
    const money = new Money();
    for (const fact of upTo(state.facts, asOf)) money.take(fact);
    return investedBy(money, asOf);
  },
};

function investedBy(money: Money, asOf: Day): InvestmentView {
  const { headline, plan } = money;
  const lead = money.leadOn(asOf);
  const byBasis = money.invested.map((kind) => figuresOf(kind, asOf));
  const basis = lead?.report.data.basis ?? null;
  const currency = lead?.amount.currency ?? null;
  const own = byBasis.find((row) => row.basis === basis && row.currency === currency);
  const planned = plan?.data.plannedInvestment;
  const annual = plan && annualPlanOf(plan.data, yearOf(asOf))?.investment;
  const implied = headline?.report.data.shareOfPlanBasisPoints;
  const share = money.shareOfPlan();
  const bounds = headline && boundsOf(headline.amount);
  const figures = figuresSideBySide(money, yearOf(asOf));
  const isPlanned = plan && (planned || annual);
  return {
    sinceStartMinor: headline?.amount.amountMinor ?? null,
    lowMinor: bounds?.low ?? null,
    highMinor: bounds?.high ?? null,
    currency,
    basis,
    said: headline?.amount.said ?? null,
    why: whyHeadline(money),
    asOf: headline?.report.asOf ?? null,
    precision: null,
    ...(headline ? exactness(headline.report.entry) : {}),
    entry: headline?.report.id ?? null,
    thisYearMinor: own?.thisYearMinor ?? null,
    months: own?.months ?? [],
    plannedMinor: planned?.amountMinor ?? null,
    annualPlanMinor: annual?.amountMinor ?? null,
    plannedCurrency: (planned ?? annual)?.currency ?? null,
    plannedImpliedMinor: headline && implied ? (impliedWhole(headline.amount, implied) ?? null) : null,
    shareOfPlanBasisPoints: share?.point ?? null,
    shareIs: share?.is ?? null,
    annualPlan: annualPlanOn(money, asOf),
    byBasis,
    isMixed: byBasis.length > 1,
    figures,
    entries: [...new Set([...figures.map(({ entry }) => entry), ...(isPlanned ? [plan.id] : [])])],
  };
}

function figuresOf(kind: MoneyOfKind, asOf: Day): BasisInvestment {
  const { line, last, sinceStart } = kind;
  const year = kind.yearOn(asOf);
  const months = kind.monthsOn(asOf).map(
    ({ month, report }): MonthInvested => ({
      month,
      amountMinor: report.data.amount?.amountMinor ?? 0,
      entry: report.id,
    }),
  );
  const levels = [sinceStart, year].filter((report) => report !== undefined);
  return {
    basis: line.basis ?? 'unknown',
    currency: line.currency ?? '',
    sinceStartMinor: sinceStart?.data.amount?.amountMinor ?? null,
    thisYearMinor: year?.data.amount?.amountMinor ?? null,
    months,
    ...givenDay(last.entry),
    entries: [...levels.map((report) => report.id), ...months.map((month) => month.entry)],
  };
}
