import { lightRank, type Severity } from '../../domain/governance/rules.js';
import type { Blocked } from '../../domain/project/events.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { ProjectRow } from '../project/project.js';

export type GroupBy = 'district' | 'sector' | 'stage' | 'owner' | 'phase';

/** Money of one basis in one currency over the projects of a group, in minor units, with its coverage. */
export interface GroupInvestment {
  basis: Basis;
  currency: string;
  sinceStartMinor: number;
  /** Projects whose headline has this basis and currency. */
  reported: number;
  /** Projects of the group. */
  of: number;
  /** Ids of the summed entries, one per project, in the order of the projects; null if there are over 1,000. */
  entries: Uuid[] | null;
}

/** The projects with a shared value, or all of them. */
export interface PortfolioGroup {
  /** The shared value; null for projects without one, and for the total. */
  key: string | null;
  projects: number;
  /** Plain means over the projects that have a plan and are not cancelled; null if there are none. */
  completion: {
    floorBasisPoints: number | null;
    percentBasisPoints: number | null;
    ceilingBasisPoints: number | null;
    /** Projects in the mean, of all. */
    coverage: { reported: number; of: number };
  };
  investment: GroupInvestment[];
  /** The only element of `investment`, if there is exactly one. */
  headline: GroupInvestment | null;
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

/** Nobody reads more evidence than this; the list of projects under the same filter has it page by page. */
const mostNamed = 1_000;

/** The input of totals for one project. */
export interface TotalsLine {
  /** For looking up its id, and the entry with its money, at the end. */
  number: number;
  /** It has a plan and is not cancelled. */
  isInMean: boolean;
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
  /** The same object for the same basis and currency; null without a figure. */
  money: { basis: Basis; currency: string } | null;
  sinceStartMinor: number;
  blocksWorks: boolean;
  blocksProduction: boolean;
  blocksStaffing: boolean;
  /** By `lightRank`. */
  light: number;
  openContradictions: number;
}

/** Ids of projects and of their money entries, by row number. */
export interface TotalsNames {
  project(number: number): string;
  entry(number: number): string;
}

/** Totals over rows, overall and by a shared value, each with its coverage. */
export function portfolio(rows: readonly ProjectRow[], groupBy?: GroupBy): Portfolio {
  const groups = new Map<string | null, GroupSums>();
  const kinds = new Map<string, { basis: Basis; currency: string }>();
  for (const [number, row] of rows.entries()) {
    const key = groupBy === undefined ? null : (row[groupBy] ?? null);
    const group = groups.get(key) ?? new GroupSums();
    groups.set(key, group);
    group.add(lineOf(row, number, kinds));
  }
  return portfolioOf(groups, groupBy !== undefined, {
    project: (number) => rows[number]?.project ?? '',
    entry: (number) => rows[number]?.investment?.entry ?? '',
  });
}

/** The portfolio of the summed groups; without grouping they are one total. */
export function portfolioOf(
  sums: ReadonlyMap<string | null, GroupSums>,
  isGrouped: boolean,
  names: TotalsNames,
): Portfolio {
  const total = new GroupSums();
  for (const group of sums.values()) total.include(group);
  const whole = total.group(null, names);
  if (!isGrouped) return { groups: [whole], total: whole };
  const groups = [...sums].sort(([a], [b]) => inKeyOrder(a, b)).map(([key, own]) => own.group(key, names));
  return { groups, total: whole };
}

/** The row numbers, up to the maximum worth naming; null if there are more. */
class Named {
  private numbers: number[] | null = [];

  add(number: number): void {
    if (!this.numbers) return;
    if (this.numbers.length === mostNamed) this.numbers = null;
    else this.numbers.push(number);
  }

  include({ numbers }: Named): void {
    const all = this.numbers && numbers && [...this.numbers, ...numbers];
    this.numbers = all && all.length <= mostNamed ? all : null;
  }

  /** Their ids in the order of the projects. */
  namesBy(name: (number: number) => string, { project }: TotalsNames): string[] | null {
    if (!this.numbers) return null;
    const pairs = this.numbers.map((number) => ({ number, id: project(number) }));
    return pairs.sort((a, b) => inKeyOrder(a.id, b.id)).map(({ number }) => name(number));
  }
}

interface MoneySum {
  sinceStartMinor: number;
  reported: number;
  entries: Named;
}

/** Sums the projects with a shared value. */
export class GroupSums {
  private projects = 0;
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
  /** The kind of money of the last row, and its sum: a cache, because nearly all rows share it. */
  private last: { kind: TotalsLine['money']; sum: MoneySum } | undefined;

  add(line: TotalsLine): void {
    this.projects += 1;
    if (line.isInMean) {
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

  group(key: string | null, names: TotalsNames): PortfolioGroup {
    const mean = (sum: number) => (this.inMean === 0 ? null : Math.round(sum / this.inMean));
    const investment = [...this.money]
      .map(
        ([{ basis, currency }, { sinceStartMinor, reported, entries }]): GroupInvestment => ({
          basis,
          currency,
          sinceStartMinor,
          reported,
          of: this.projects,
          entries: entries.namesBy(names.entry, names),
        }),
      )
      .sort((a, b) => inKeyOrder(`${a.basis} ${a.currency}`, `${b.basis} ${b.currency}`));
    const [none = 0, blue = 0, yellow = 0, red = 0] = this.lights;
    return {
      key,
      projects: this.projects,
      completion: {
        floorBasisPoints: mean(this.floor),
        percentBasisPoints: mean(this.percent),
        ceilingBasisPoints: mean(this.ceiling),
        coverage: { reported: this.inMean, of: this.projects },
      },
      investment,
      headline: investment.length === 1 ? (investment[0] ?? null) : null,
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

/** True for a project whose completion counts in the mean of its group. */
export function isInMean({ hasPlan, stage }: Pick<ProjectRow, 'hasPlan' | 'stage'>): boolean {
  return hasPlan && stage !== 'cancelled';
}

function lineOf(
  row: ProjectRow,
  number: number,
  kinds: Map<string, { basis: Basis; currency: string }>,
): TotalsLine {
  const { investment, completion } = row;
  const blocks = (blocked: Blocked) => row.stalls.some((stall) => stall.blocks.includes(blocked));
  const name = investment ? `${investment.basis} ${investment.currency}` : '';
  const kind = investment && (kinds.get(name) ?? { basis: investment.basis, currency: investment.currency });
  if (kind) kinds.set(name, kind);
  return {
    number,
    isInMean: isInMean(row),
    ...completion,
    money: kind,
    sinceStartMinor: investment?.sinceStartMinor ?? 0,
    blocksWorks: blocks('works'),
    blocksProduction: blocks('production'),
    blocksStaffing: blocks('staffing'),
    light: lightRank(row.light),
    openContradictions: row.openContradictions,
  };
}

/** By code unit, so that every machine sorts equally; missing values last. */
function inKeyOrder(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
