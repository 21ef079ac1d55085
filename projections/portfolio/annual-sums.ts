import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { basisOrder } from '../money/money.js';
import { computedShare } from '../money/share.js';
import { inKeyOrder, Named, type TotalsNames } from './named.js';
import type { AnnualKind, TotalsLine } from './totals-line.js';

/** The annual plans of a group in one currency, in minor units, and what was invested in the year. */
export interface GroupAnnualPlan {
  year: number;
  currency: string;
  /** The sum of the annual plans. */
  plannedMinor: number;
  /** Projects with an annual plan in this currency. */
  planned: number;
  /** Projects of the group without the cancelled ones. */
  of: number;
  /** Those of them that reported nothing of the year. */
  unreported: UnreportedProjects;
  /** By basis, never added: each project counts once, by its first basis with a figure of the year. */
  invested: GroupInvestedOfYear[];
}

/** Projects that reported nothing. */
interface UnreportedProjects {
  count: number;
  /** Their ids in order; null if there are over 1,000. */
  projects: string[] | null;
}

/** What the projects of one basis invested in the year, against their own annual plans. */
export interface GroupInvestedOfYear {
  basis: Basis;
  /** Projects with a figure of this basis. */
  reported: number;
  /** Those of them that stated only the share: their amount is that share of their annual plan. */
  fromShares: number;
  /** The annual plans of these projects. */
  plannedMinor: number;
  investedMinor: number;
  /** At least and at most, where amounts were stated as ranges. */
  lowMinor: number;
  highMinor: number;
  /** Of the annual plans of these projects; null if they are 0. */
  shareBasisPoints: number | null;
  lowBasisPoints: number | null;
  highBasisPoints: number | null;
  /** The elapsed part of the year on the days of the figures, by the weight of the annual plans. */
  elapsedBasisPoints: number | null;
  /** The share minus the elapsed part of the year, in basis points: below 0 is behind. */
  aheadBasisPoints: number | null;
  /** Ids of the summed entries, one per project, in the order of the projects; null if there are over 1,000. */
  entries: Uuid[] | null;
}

interface AnnualSum {
  count: number;
  fromShares: number;
  plannedMinor: number;
  investedMinor: number;
  lowMinor: number;
  highMinor: number;
  /** What the annual plans want by the days of the figures, if every day wants the same. */
  elapsedMinor: number;
  /** Its projects. */
  named: Named;
}

/** Sums annual plans by year, currency and basis. */
export class AnnualSums {
  private readonly sums = new Map<AnnualKind, AnnualSum>();

  add(kind: AnnualKind, line: TotalsLine): void {
    const sum = this.sumOf(kind);
    const { annualPlannedMinor: planned } = line;
    sum.count += 1;
    sum.plannedMinor += planned;
    sum.named.add(line.number);
    if (kind.basis === null) return;
    sum.fromShares += line.isAnnualFromShare ? 1 : 0;
    sum.investedMinor += line.annualInvestedMinor;
    sum.lowMinor += line.annualLowMinor;
    sum.highMinor += line.annualHighMinor;
    sum.elapsedMinor += Math.round((planned / wholeBasisPoints) * line.annualElapsedBasisPoints);
  }

  include(other: AnnualSums): void {
    for (const [kind, more] of other.sums) {
      const sum = this.sumOf(kind);
      sum.count += more.count;
      sum.fromShares += more.fromShares;
      sum.plannedMinor += more.plannedMinor;
      sum.investedMinor += more.investedMinor;
      sum.lowMinor += more.lowMinor;
      sum.highMinor += more.highMinor;
      sum.elapsedMinor += more.elapsedMinor;
      sum.named.include(more.named);
    }
  }

  /** @param of the projects of the group without the cancelled ones */
  plans(of: number, names: TotalsNames): GroupAnnualPlan[] {
    const plans = new Map<string, GroupAnnualPlan>();
    for (const [{ year, currency, basis }, sum] of this.sums) {
      const key = `${year} ${currency}`;
      const plan = plans.get(key) ?? {
        ...{ year, currency, plannedMinor: 0, planned: 0, of, invested: [] },
        unreported: { count: 0, projects: [] },
      };
      plans.set(key, plan);
      plan.plannedMinor += sum.plannedMinor;
      plan.planned += sum.count;
      if (basis !== null) plan.invested.push(investedOf(basis, sum, currency, names));
      else plan.unreported = { count: sum.count, projects: sum.named.namesBy(names.project, names) };
    }
    const sorted = [...plans].sort(([a], [b]) => inKeyOrder(a, b)).map(([, plan]) => plan);
    for (const { invested } of sorted)
      invested.sort((a, b) => basisOrder.indexOf(a.basis) - basisOrder.indexOf(b.basis));
    return sorted;
  }

  private sumOf(kind: AnnualKind): AnnualSum {
    let sum = this.sums.get(kind);
    if (!sum) {
      sum = { ...nothing, named: new Named() };
      this.sums.set(kind, sum);
    }
    return sum;
  }
}

const nothing = {
  count: 0,
  fromShares: 0,
  plannedMinor: 0,
  investedMinor: 0,
  lowMinor: 0,
  highMinor: 0,
  elapsedMinor: 0,
};

function investedOf(
  basis: Basis,
  { count, fromShares, plannedMinor, investedMinor, lowMinor, highMinor, elapsedMinor, named }: AnnualSum,
  currency: string,
  names: TotalsNames,
): GroupInvestedOfYear {
  const share = (amountMinor: number) =>
    computedShare({ amountMinor, currency }, { amountMinor: plannedMinor, currency }) ?? null;
  const [point, elapsed] = [share(investedMinor), share(elapsedMinor)];
  return {
    basis,
    reported: count,
    fromShares,
    plannedMinor,
    investedMinor,
    lowMinor,
    highMinor,
    shareBasisPoints: point,
    lowBasisPoints: share(lowMinor),
    highBasisPoints: share(highMinor),
    elapsedBasisPoints: elapsed,
    aheadBasisPoints: point === null || elapsed === null ? null : point - elapsed,
    entries: named.namesBy(names.entryOfYear, names),
  };
}
