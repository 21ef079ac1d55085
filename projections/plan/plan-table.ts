import type { Stage, WorkItem } from '../../domain/project/events.js';
import { type PlanTree, planTree } from '../../domain/project/plan.js';
import { isStatedBy } from '../../domain/project/stages.js';
import { dayNumber } from '../../domain/values/calendar.js';
import type { Fact } from '../facts/facts.js';
import { PlannedWork } from './planned-work.js';

/** An item of a plan with its precomputed properties; indexes instead of ids. */
export interface PlanRow {
  readonly item: WorkItem;
  readonly place: number;
  readonly parent: number;
  /** The item and those above it, nearest first. */
  readonly line: readonly number[];
  readonly children: readonly number[];
  /** Its predecessors; -1 for what no plan names. */
  readonly after: readonly number[];
  /** Its successors. */
  readonly followers: number[];
  /** A weighted leaf is at or below it. */
  isWeighted: boolean;
  /** Its own planned finish, if its delay is evaluated. */
  overdueFrom: number | undefined;
}

/** A plan with everything precomputed that its reports are measured by. */
export class PlanTable {
  readonly tree: PlanTree;
  readonly rows: readonly PlanRow[];
  /** In topological order. */
  readonly leaves: readonly PlanRow[];
  /** Those that a stage implies done. */
  readonly staged: readonly PlanRow[];
  readonly roots: readonly number[];
  readonly places: ReadonlyMap<string, number>;
  readonly work: PlannedWork;

  constructor(readonly plan: Fact<'PlanAdopted'> | undefined) {
    const items = plan?.data.items ?? [];
    this.tree = planTree(items);
    this.work = new PlannedWork(this.tree);
    this.places = new Map(items.map(({ id }, place) => [id, place]));
    const placeOf = (id: string) => this.places.get(id) ?? -1;
    const children = items.map((): number[] => []);
    const lines: number[][] = [];
    const lineOf = (place: number): number[] => {
      const { parent } = items[place] as WorkItem;
      lines[place] ??= parent === undefined ? [place] : [place, ...lineOf(placeOf(parent))];
      return lines[place];
    };
    for (const [place, { parent }] of items.entries())
      if (parent !== undefined) children[placeOf(parent)]?.push(place);
    this.rows = items.map((item, place) => ({
      item,
      place,
      parent: item.parent === undefined ? -1 : placeOf(item.parent),
      line: lineOf(place),
      children: children[place] as number[],
      after: (item.after ?? []).map(placeOf),
      followers: [],
      isWeighted: false,
      overdueFrom: undefined,
    }));
    for (const { place, after } of this.rows)
      for (const before of after) this.rows[before]?.followers.push(place);
    this.leaves = this.tree.leavesInOrder.map(({ id }) => this.rows[placeOf(id)] as PlanRow);
    this.staged = this.rows.filter(({ item }) => item.stage !== undefined);
    this.roots = this.rows.filter(({ parent }) => parent < 0).map(({ place }) => place);
    for (const id of this.work.counting) {
      const row = this.row(id);
      if (row) row.isWeighted = true;
    }
    for (const { item, finish, isOfWork } of this.work.deadlines()) {
      const row = this.row(item.id);
      if (row && isOfWork) row.overdueFrom = dayNumber(finish);
    }
  }

  row(id: string): PlanRow | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.rows[place];
  }

  /** The leaves that entering a stage states done. */
  statedBy(stage: Stage): PlanRow[] {
    return this.leaves.filter(({ item }) => isStatedBy(stage, item));
  }

  /** The parts of a group, at any depth. */
  below({ place, children }: PlanRow): PlanRow[] {
    if (children.length === 0) return [];
    return this.rows.filter((row) => row.place !== place && row.line.includes(place));
  }

  /** All leaves at or below an item. */
  leavesBelow({ item }: PlanRow): PlanRow[] {
    return this.tree.leavesOf(item.id).map(({ id }) => this.row(id) as PlanRow);
  }
}

/** True for an item that the plan cancels, itself or with a group around it. */
export function isCancelledIn({ rows, places }: PlanTable, item: string): boolean {
  const line = rows[places.get(item) ?? -1]?.line ?? [];
  return line.some((place) => rows[place]?.item.isCancelled === true);
}

/** The item whose percent counts for a leaf: the outermost group around it that a report sets, or the leaf itself. */
export function countingPlace({ line, place }: PlanRow, isGroupStated: (place: number) => boolean): number {
  return line.findLast((above) => above !== place && isGroupStated(above)) ?? place;
}

const tables = new WeakMap<Fact<'PlanAdopted'>, PlanTable>();
const withoutPlan = Object.freeze(new PlanTable(undefined));

/** The table of a plan; a plan is immutable, so its table is cached. */
export function planTableOf(plan: Fact<'PlanAdopted'> | undefined): PlanTable {
  if (!plan) return withoutPlan;
  const known = tables.get(plan);
  if (known) return known;
  const table = Object.freeze(new PlanTable(plan));
  tables.set(plan, table);
  return table;
}
