import { lightRank } from '../../domain/governance/rules.js';
import type { Blocked } from '../../domain/project/events.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import type { ProjectRow } from '../project/project.js';

/** The year and currency of an annual plan, and the basis of what was invested; null while nobody reported it. */
export interface AnnualKind {
  year: number;
  currency: string;
  basis: Basis | null;
}

/** The input of totals for one project. */
export interface TotalsLine {
  /** For looking up its id, and the entry with its money, at the end. */
  number: number;
  /** Cancelled: nothing else of it counts. */
  isCancelled: boolean;
  hasPlan: boolean;
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
  /** The same object for the same basis and currency; null without a figure. */
  money: { basis: Basis; currency: string } | null;
  sinceStartMinor: number;
  /** The same object for the same year, currency and basis; null without an annual plan. */
  annual: AnnualKind | null;
  annualPlannedMinor: number;
  /** What was invested in the year, with its bounds; of an annual plan without a basis they do not count. */
  annualInvestedMinor: number;
  annualLowMinor: number;
  annualHighMinor: number;
  isAnnualFromShare: boolean;
  annualElapsedBasisPoints: number;
  blocksWorks: boolean;
  blocksProduction: boolean;
  blocksStaffing: boolean;
  /** By `lightRank`. */
  light: number;
  openContradictions: number;
}

/** Kinds of money by their name, so that one kind is one object. */
export interface Kinds {
  money: Map<string, NonNullable<TotalsLine['money']>>;
  annual: Map<string, AnnualKind>;
}

/** The input of totals for a row with a number. */
export function totalsLineOf(row: ProjectRow, number: number, kinds: Kinds): TotalsLine {
  const { investment, completion, annualPlan } = row;
  const done = annualPlan?.done;
  const blocks = (blocked: Blocked) => row.stalls.some((stall) => stall.blocks.includes(blocked));
  const name = investment ? `${investment.basis} ${investment.currency}` : '';
  const kind =
    investment && (kinds.money.get(name) ?? { basis: investment.basis, currency: investment.currency });
  if (kind) kinds.money.set(name, kind);
  const annual = annualPlan && annualKindOf(annualPlan, kinds.annual);
  return {
    number,
    isCancelled: row.stage === 'cancelled',
    hasPlan: row.hasPlan,
    ...completion,
    money: kind,
    sinceStartMinor: investment?.sinceStartMinor ?? 0,
    annual,
    annualPlannedMinor: annualPlan?.plannedMinor ?? 0,
    annualInvestedMinor: done?.investedMinor ?? 0,
    annualLowMinor: done?.lowMinor ?? 0,
    annualHighMinor: done?.highMinor ?? 0,
    isAnnualFromShare: done?.isFromShare ?? false,
    annualElapsedBasisPoints: done?.elapsedBasisPoints ?? 0,
    blocksWorks: blocks('works'),
    blocksProduction: blocks('production'),
    blocksStaffing: blocks('staffing'),
    light: lightRank(row.light),
    openContradictions: row.openContradictions,
  };
}

function annualKindOf(
  { year, currency, done }: NonNullable<ProjectRow['annualPlan']>,
  kinds: Kinds['annual'],
): AnnualKind {
  const basis = done?.basis ?? null;
  const name = `${year} ${currency} ${basis}`;
  const kind = kinds.get(name) ?? { year, currency, basis };
  kinds.set(name, kind);
  return kind;
}
