import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { type Exactness, marksOf } from '../../domain/values/day-marks.js';
import { type Day, lastDayOfMonth, yearOf } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { type AnnualFigure, annualFigureOf, elapsedOf } from './annual-figure.js';
import { basisOrder, type Money } from './money.js';
import type { MoneyOfKind } from './money-of-kind.js';
import { annualPlanOf } from './stated-shares.js';

/** The investment planned for a month, and what was invested in it, in minor units. */
interface MonthTarget {
  /** `2018-06`. */
  month: string;
  targetMinor: number;
  /** As reported for the month, else the difference of the year's figures at its end and before it; null without them. */
  investedMinor: number | null;
  /** Null while nothing was reported, and while the target is not reached and no figure is of the month's end. */
  isMet: boolean | null;
  /** The targets of the year until the end of the month. */
  targetSoFarMinor: number;
  /** The entries behind what was invested. */
  entries: Uuid[];
}

/** The investment planned for the year of a day, and how much of it is done. */
export interface AnnualPlan {
  year: number;
  plannedMinor: number;
  currency: string;
  /** The basis of the figure of the year; null while nobody reported one. */
  basis: Basis | null;
  investedMinor: number | null;
  /** The share of the annual plan (占年度计划); null while nobody reported it, which is not 0. */
  shareBasisPoints: number | null;
  lowBasisPoints: number | null;
  highBasisPoints: number | null;
  shareIs: 'stated' | 'computed' | null;
  /** The day of the share; the elapsed part of the year is that of this day. */
  shareOn: Day | null;
  /** How exactly that day is known; absent if it was stated. */
  shareOnExactness?: Exactness;
  /** The elapsed part of the year (时间进度): whole months, and the part of the present one by its days. */
  elapsedBasisPoints: number;
  /** The share minus the elapsed part of the year, in basis points: below 0 is behind. */
  aheadBasisPoints: number | null;
  targets: MonthTarget[];
  /** The entries behind the share. */
  entries: Uuid[];
}

/** The annual plan of the year of a day; null if the plan in force has none for it. */
export function annualPlanOn(money: Money, asOf: Day): AnnualPlan | null {
  const { plan } = money;
  const year = yearOf(asOf);
  const own = plan && annualPlanOf(plan.data, year);
  const figure = annualFigureOf(money, year);
  if (!plan || !own || !figure) return null;
  const { plannedMinor, currency, done } = figure;
  const kind = done ? money.lineOf(done.basis, currency) : undefined;
  const share = done && money.shareOfYear(done.basis, year, own.investment);
  const elapsed = done?.elapsedBasisPoints ?? elapsedOf(year, asOf);
  return {
    year,
    plannedMinor,
    currency,
    basis: done?.basis ?? null,
    investedMinor: kind?.in(String(year))?.data.amount?.amountMinor ?? null,
    shareBasisPoints: done?.shareBasisPoints ?? null,
    lowBasisPoints: done?.lowBasisPoints ?? null,
    highBasisPoints: done?.highBasisPoints ?? null,
    shareIs: done?.shareIs ?? null,
    shareOn: done?.asOf ?? null,
    ...marksOf('shareOnExactness', done?.asOf, share?.report.entry),
    elapsedBasisPoints: elapsed,
    aheadBasisPoints: done ? done.shareBasisPoints - elapsed : null,
    targets: targetsOf(own.months ?? [], comparedLineOf(money, figure), year),
    entries: [...(share ? [share.report.id] : []), plan.id],
  };
}

/** The line that the targets of months are compared with: that of the annual figure, else the first in the order of bases. */
export function comparedLineOf(
  money: Money,
  { currency, done }: Pick<AnnualFigure, 'currency' | 'done'>,
): MoneyOfKind | undefined {
  const own = done ? money.lineOf(done.basis, currency) : undefined;
  if (own) return own;
  for (const basis of basisOrder) {
    const kind = money.lineOf(basis, currency);
    if (kind) return kind;
  }
  return undefined;
}

function targetsOf(
  months: readonly { month: number; investment: { amountMinor: number } }[],
  kind: MoneyOfKind | undefined,
  year: number,
): MonthTarget[] {
  let targetSoFarMinor = 0;
  return [...months]
    .sort((a, b) => a.month - b.month)
    .map(({ month: number, investment }) => {
      const month = `${year}-${String(number).padStart(2, '0')}`;
      targetSoFarMinor += investment.amountMinor;
      const invested = kind?.investedIn(month);
      const isReached = invested !== undefined && invested.low >= investment.amountMinor;
      const isOver = invested !== undefined && invested.until >= lastDayOfMonth(month);
      return {
        month,
        targetMinor: investment.amountMinor,
        investedMinor: invested?.point ?? null,
        isMet: isReached || isOver ? isReached : null,
        targetSoFarMinor,
        entries: invested?.entries ?? [],
      };
    });
}
