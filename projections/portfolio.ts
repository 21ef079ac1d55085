import type { Blocked } from '../src/domain/events.js';
import type { Severity } from '../src/domain/rules.js';
import type { Basis } from './investment.js';
import type { ProjectRow } from './project.js';

export type GroupBy = 'district' | 'sector' | 'stage' | 'owner' | 'phase';

/** Money of one basis in one currency over the projects of a group, in minor units, with its coverage. */
export interface GroupInvestment {
  basis: Basis;
  currency: string;
  sinceStartMinor: number;
  /** Projects whose headline is of this basis and currency. */
  reported: number;
  /** Projects of the group. */
  of: number;
  /** Ids of the entries that were added up, one a project. */
  entries: string[];
}

/** The projects that share a value, or all of them. */
export interface PortfolioGroup {
  /** The shared value; null for projects that have none, and for the total. */
  key: string | null;
  projects: number;
  /** Plain means over the projects that have a plan; null when none has. */
  completion: {
    floorBasisPoints: number | null;
    percentBasisPoints: number | null;
    ceilingBasisPoints: number | null;
    /** Projects with a plan, of all. */
    coverage: { reported: number; of: number };
  };
  investment: GroupInvestment[];
  /** The only line of `investment`, when there is exactly one. */
  headline: GroupInvestment | null;
  /** Projects with an open stall, by what it blocks. */
  stalled: { works: number; production: number; staffing: number };
  /** Projects by the light that the rules give them. */
  lights: Record<Severity | 'none', number>;
  /** Ids of the projects without a figure since the start. */
  unreportedMoney: string[];
  openContradictions: number;
}

export interface Portfolio {
  /** By key, those without one last; one group with all projects when nothing is grouped by. */
  groups: PortfolioGroup[];
  total: PortfolioGroup;
}
/** Totals over rows, whole and by a shared value; each total says how many projects it covers. */
export function portfolio(rows: readonly ProjectRow[], groupBy?: GroupBy): Portfolio {
  const total = groupOf(null, rows);
  if (groupBy === undefined) return { groups: [total], total };
  const byKey = new Map<string | null, ProjectRow[]>();
  for (const row of rows) {
    const key = row[groupBy] ?? null;
    const list = byKey.get(key);
    if (list) list.push(row);
    else byKey.set(key, [row]);
  }
  const groups = [...byKey].sort(([a], [b]) => inKeyOrder(a, b)).map(([key, own]) => groupOf(key, own));
  return { groups, total };
}

function groupOf(key: string | null, rows: readonly ProjectRow[]): PortfolioGroup {
  const planned = rows.filter((row) => row.hasPlan);
  const investment = investmentOf(rows);
  const stalled = (blocked: Blocked) =>
    rows.filter((row) => row.stalls.some((stall) => stall.blocks.includes(blocked))).length;
  const lit = (light: Severity | null) => rows.filter((row) => row.light === light).length;
  return {
    key,
    projects: rows.length,
    completion: {
      floorBasisPoints: mean(planned.map((row) => row.completion.floorBasisPoints)),
      percentBasisPoints: mean(planned.map((row) => row.completion.percentBasisPoints)),
      ceilingBasisPoints: mean(planned.map((row) => row.completion.ceilingBasisPoints)),
      coverage: { reported: planned.length, of: rows.length },
    },
    investment,
    headline: investment.length === 1 ? (investment[0] ?? null) : null,
    stalled: { works: stalled('works'), production: stalled('production'), staffing: stalled('staffing') },
    lights: { red: lit('red'), yellow: lit('yellow'), blue: lit('blue'), none: lit(null) },
    unreportedMoney: rows.filter((row) => row.investment === null).map((row) => row.project),
    openContradictions: rows.reduce((sum, row) => sum + row.openContradictions, 0),
  };
}

function investmentOf(rows: readonly ProjectRow[]): GroupInvestment[] {
  const sums = new Map<string, GroupInvestment>();
  for (const { investment } of rows) {
    if (!investment) continue;
    const { basis, currency, sinceStartMinor, entry } = investment;
    const key = `${basis} ${currency}`;
    const sum = sums.get(key) ?? {
      basis,
      currency,
      sinceStartMinor: 0,
      reported: 0,
      of: rows.length,
      entries: [],
    };
    sum.sinceStartMinor += sinceStartMinor;
    sum.reported += 1;
    sum.entries.push(entry);
    sums.set(key, sum);
  }
  return [...sums].sort(([a], [b]) => inKeyOrder(a, b)).map(([, sum]) => sum);
}

function mean(figures: readonly number[]): number | null {
  if (figures.length === 0) return null;
  return Math.round(figures.reduce((sum, figure) => sum + figure, 0) / figures.length);
}

/** By code unit, so that every machine sorts alike; nothing comes last. */
function inKeyOrder(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
