import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Money as Amount, boundsOf } from '../../domain/values/amounts/money.js';
import { type Day, dayNumber, lastDayOfMonth, yearOf } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { basisOrder, type Money, type ShareOfPlan } from './money.js';
import { partOf } from './share.js';
import { annualPlanOf } from './stated-shares.js';

/** The annual plan of a project in a year, and how much of it is done, as lists show it and totals add it. */
export interface AnnualFigure {
  year: number;
  currency: string;
  plannedMinor: number;
  /** By the first basis that has a share; null while nobody reported one, which is not 0. */
  done: AnnualDone | null;
}

interface AnnualDone {
  basis: Basis;
  /** In minor units: as reported, or where only the share was said, that share of the plan. */
  investedMinor: number;
  lowMinor: number;
  highMinor: number;
  /** True where only the share was said. */
  isFromShare: boolean;
  shareBasisPoints: number;
  lowBasisPoints: number;
  highBasisPoints: number;
  shareIs: 'stated' | 'computed';
  /** The day of the share. */
  asOf: Day;
  /** The elapsed part of the year on that day. */
  elapsedBasisPoints: number;
  /** The entry behind what was invested. */
  entry: Uuid;
}

/** The annual plan of a year by the plan in force; null without one. */
export function annualFigureOf(money: Money, year: number): AnnualFigure | null {
  const planned = money.plan && annualPlanOf(money.plan.data, year)?.investment;
  if (!planned) return null;
  const { amountMinor: plannedMinor, currency } = planned;
  return { year, currency, plannedMinor, done: doneOf(money, year, planned) };
}

function doneOf(money: Money, year: number, planned: Amount): AnnualDone | null {
  for (const basis of basisOrder) {
    const share = money.shareOfYear(basis, year, planned);
    if (!share) continue;
    const { asOf } = share.report;
    const level = money.yearOf(basis, year, planned.currency);
    const amount = level && level.report.asOf >= asOf ? level : undefined;
    return {
      basis,
      ...(amount ? investedOf(amount.amount) : sharedOf(planned, share)),
      isFromShare: !amount,
      shareBasisPoints: share.point,
      lowBasisPoints: share.low,
      highBasisPoints: share.high,
      shareIs: share.is,
      asOf,
      elapsedBasisPoints: elapsedOf(year, asOf),
      entry: (amount ?? share).report.id,
    };
  }
  return null;
}

type Invested = Pick<AnnualDone, 'investedMinor' | 'lowMinor' | 'highMinor'>;

function investedOf(amount: Amount): Invested {
  const { low, high } = boundsOf(amount);
  return { investedMinor: amount.amountMinor, lowMinor: low, highMinor: high };
}

/** Beyond exact integers it is cut there. */
function sharedOf(planned: Amount, { point, low, high }: ShareOfPlan): Invested {
  const part = (share: number) => partOf(planned, share) ?? Number.MAX_SAFE_INTEGER;
  return { investedMinor: part(point), lowMinor: part(low), highMinor: part(high) };
}

/** The part of a year that is over at the end of a day, in basis points: 6 months and 15 of 31 days are 54.03 %. */
export function elapsedOf(year: number, day: Day): number {
  if (yearOf(day) !== year) return yearOf(day) > year ? wholeBasisPoints : 0;
  const [month, days] = [Number(day.slice(5, 7)), Number(day.slice(8))];
  const inMonth = Number(lastDayOfMonth(day.slice(0, 7)).slice(8));
  return Math.round(((month - 1 + days / inMonth) * wholeBasisPoints) / 12);
}

/** The first day after one on which another annual plan counts, by the calendar alone; Infinity without one. */
export function nextYearAfter({ plan }: Money, day: number): number {
  let next = Infinity;
  for (const { year } of plan?.data.annualPlans ?? [])
    for (const begin of [year, year + 1]) {
      const on = begin > lastYear ? Infinity : dayNumber(`${begin}-01-01`);
      if (on > day && on < next) next = on;
    }
  return next;
}

const lastYear = 9_999;
