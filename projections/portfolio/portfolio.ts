import type { Severity } from '../../domain/governance/rules.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import { type ByLanguage, CalledTheSame } from '../../domain/values/by-language.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { ProjectRow } from '../project/project.js';
import { AnnualSums, type GroupAnnualPlan } from './annual-sums.js';
import { inKeyOrder, Named, type TotalsNames } from './named.js';
import { type Kinds, type TotalsLine, totalsLineOf } from './totals-line.js';

export type GroupBy = 'district' | 'sector' | 'stage' | 'owner' | 'phase';

/** The shared value of a group; texts that are called the same are one object. */
export type GroupKey = string | ByLanguage | null;

/** Money of one basis in one currency over the projects of a group, in minor units, with its coverage. */
export interface GroupInvestment {
  basis: Basis;
  currency: string;
  sinceStartMinor: number;
  /** Projects whose headline has this basis and currency. */
  reported: number;
  /** Projects of the group without the cancelled ones. */
  of: number;
  /** Ids of the summed entries, one per project, in the order of the projects; null if there are over 1,000. */
  entries: Uuid[] | null;
}

/** The projects with a shared value, or all of them. */
export interface PortfolioGroup {
  /** The shared value: a stage, or a text by language; null for projects without one, and for the total. */
  key: GroupKey;
  projects: number;
  /** Those of them that are cancelled: they are in no figure below. */
  cancelled: number;
  /** Plain means over the projects that have a plan; null if there are none. */
  completion: {
    floorBasisPoints: number | null;
    percentBasisPoints: number | null;
    ceilingBasisPoints: number | null;
    /** Projects in the mean, of those that are not cancelled. */
    coverage: { reported: number; of: number };
  };
  investment: GroupInvestment[];
  /** The only element of `investment`, if there is exactly one. */
  headline: GroupInvestment | null;
  /** The annual plans of the year of the day, a row for each currency, and what was invested in it. */
  annualPlans: GroupAnnualPlan[];
  /** Projects with an open stall, by what it blocks. */
  stalled: { works: number; production: number; staffing: number };
  /** Projects by their light under the rules. */
  lights: Record<Severity | 'none', number>;
  /** The number of projects without a figure since the start, and their ids; null if there are over 1,000. */
  withoutMoney: number;
  unreportedMoney: string[] | null;
  openContradictions: number;
}

export interface Portfolio {
  /** By key, missing values last; one group with all projects without grouping. */
  groups: PortfolioGroup[];
  total: PortfolioGroup;
}

/** Totals over rows, overall and by a shared value, each with its coverage. */
export function portfolio(rows: readonly ProjectRow[], groupBy?: GroupBy): Portfolio {
  const groups = new Map<GroupKey, GroupSums>();
  const keyOf = keysOf(rows, groupBy);
  const kinds: Kinds = { money: new Map(), annual: new Map() };
  for (const [number, row] of rows.entries()) {
    const key = keyOf(row);
    const group = groups.get(key) ?? new GroupSums();
    groups.set(key, group);
    group.add(totalsLineOf(row, number, kinds));
  }
  return portfolioOf(groups, groupBy !== undefined, {
    project: (number) => rows[number]?.project ?? '',
    entry: (number) => rows[number]?.investment?.entry ?? '',
    entryOfYear: (number) => rows[number]?.annualPlan?.done?.entry ?? '',
  });
}

/** The key of the group of a row; texts that are called the same have one key. */
export function keysOf(
  rows: readonly ProjectRow[],
  groupBy: GroupBy | undefined,
): (row: ProjectRow) => GroupKey {
  if (groupBy === undefined) return () => null;
  if (groupBy === 'stage') return ({ stage }) => stage;
  const same = new CalledTheSame(rows.flatMap((row) => row[groupBy] ?? []));
  return ({ [groupBy]: text }) => (text ? same.of(text) : null);
}

/** What groups are ordered by: the Chinese text, or the English one where there is no other. */
export function orderOf(key: GroupKey): string | null {
  return key === null || typeof key === 'string' ? key : (key.zh ?? key.en ?? null);
}

/** The portfolio of the summed groups; without grouping they are one total. */
export function portfolioOf(
  sums: ReadonlyMap<GroupKey, GroupSums>,
  isGrouped: boolean,
  names: TotalsNames,
): Portfolio {
  const total = new GroupSums();
  for (const group of sums.values()) total.include(group);
  const whole = total.group(null, names);
  if (!isGrouped) return { groups: [whole], total: whole };
  const groups = [...sums]
    .sort(([a], [b]) => inKeyOrder(orderOf(a), orderOf(b)))
    .map(([key, own]) => own.group(key, names));
  return { groups, total: whole };
}

interface MoneySum {
  sinceStartMinor: number;
  reported: number;
  entries: Named;
}

/** Sums the projects with a shared value. */
export class GroupSums {
  private projects = 0;
  private cancelled = 0;
  private inMean = 0;
  private floor = 0;
  private percent = 0;
  private ceiling = 0;
  private works = 0;
  private production = 0;
  private staffing = 0;
  private openContradictions = 0;
  private withoutMoney = 0;
  private readonly lights = [0, 0, 0, 0];
  private readonly money = new Map<NonNullable<TotalsLine['money']>, MoneySum>();
  private readonly unreported = new Named();
  private readonly annual = new AnnualSums();
  /** The kind of money of the last row, and its sum: a cache, because nearly all rows share it. */
  private last: { kind: TotalsLine['money']; sum: MoneySum } | undefined;

  add(line: TotalsLine): void {
    this.projects += 1;
    if (line.isCancelled) {
      this.cancelled += 1;
      return;
    }
    if (line.hasPlan) {
      this.inMean += 1;
      this.floor += line.floorBasisPoints;
      this.percent += line.percentBasisPoints;
      this.ceiling += line.ceilingBasisPoints;
    }
    if (line.blocksWorks) this.works += 1;
    if (line.blocksProduction) this.production += 1;
    if (line.blocksStaffing) this.staffing += 1;
    this.lights[line.light] = (this.lights[line.light] ?? 0) + 1;
    this.openContradictions += line.openContradictions;
    if (line.annual) this.annual.add(line.annual, line);
    if (line.money) {
      const sum = this.sumOf(line.money);
      sum.sinceStartMinor += line.sinceStartMinor;
      sum.reported += 1;
      sum.entries.add(line.number);
    } else {
      this.withoutMoney += 1;
      this.unreported.add(line.number);
    }
  }

  include(other: GroupSums): void {
    this.projects += other.projects;
    this.cancelled += other.cancelled;
    this.annual.include(other.annual);
    this.inMean += other.inMean;
    this.floor += other.floor;
    this.percent += other.percent;
    this.ceiling += other.ceiling;
    this.works += other.works;
    this.production += other.production;
    this.staffing += other.staffing;
    this.openContradictions += other.openContradictions;
    this.withoutMoney += other.withoutMoney;
    for (const [light, count] of other.lights.entries())
      this.lights[light] = (this.lights[light] ?? 0) + count;
    for (const [kind, added] of other.money) {
      const sum = this.sumOf(kind);
      sum.sinceStartMinor += added.sinceStartMinor;
      sum.reported += added.reported;
      sum.entries.include(added.entries);
    }
    this.unreported.include(other.unreported);
  }

  group(key: GroupKey, names: TotalsNames): PortfolioGroup {
    const of = this.projects - this.cancelled;
    const mean = (sum: number) => (this.inMean === 0 ? null : Math.round(sum / this.inMean));
    const investment = [...this.money]
      .map(
        ([{ basis, currency }, { sinceStartMinor, reported, entries }]): GroupInvestment => ({
          basis,
          currency,
          sinceStartMinor,
          reported,
          of,
          entries: entries.namesBy(names.entry, names),
        }),
      )
      .sort((a, b) => inKeyOrder(`${a.basis} ${a.currency}`, `${b.basis} ${b.currency}`));
    const [none = 0, blue = 0, yellow = 0, red = 0] = this.lights;
    return {
      key,
      projects: this.projects,
      cancelled: this.cancelled,
      completion: {
        floorBasisPoints: mean(this.floor),
        percentBasisPoints: mean(this.percent),
        ceilingBasisPoints: mean(this.ceiling),
        coverage: { reported: this.inMean, of },
      },
      investment,
      headline: investment.length === 1 ? (investment[0] ?? null) : null,
      annualPlans: this.annual.plans(of, names),
      stalled: { works: this.works, production: this.production, staffing: this.staffing },
      lights: { red, yellow, blue, none },
      withoutMoney: this.withoutMoney,
      unreportedMoney: this.unreported.namesBy(names.project, names),
      openContradictions: this.openContradictions,
    };
  }

  private sumOf(kind: NonNullable<TotalsLine['money']>): MoneySum {
    if (this.last?.kind === kind) return this.last.sum;
    const sum = this.money.get(kind) ?? { sinceStartMinor: 0, reported: 0, entries: new Named() };
    this.money.set(kind, sum);
    this.last = { kind, sum };
    return sum;
  }
}
