import type { WorkItem } from '../../domain/project/events.js';
import { type PlanTree, planTree } from '../../domain/project/plan.js';
import type { Fact } from '../facts/facts.js';
import type { PlanShape } from './plan-shape.js';
import { PlannedWork } from './planned-work.js';

/** An item of a plan with its precomputed properties; indexes instead of ids. */
export interface PlanRow {
  readonly item: WorkItem;
  readonly place: number;
  /** The item and those above it, nearest first. */
  readonly line: readonly number[];
  readonly children: readonly number[];
  /** A weighted leaf is at or below it. */
  readonly isWeighted: boolean;
  /** Its own planned finish, if its delay is evaluated. */
  readonly overdueFrom: number | undefined;
}

/** A plan with everything precomputed that its reports are measured by. */
export class PlanTable {
  readonly shape: PlanShape;
  readonly rows: readonly PlanRow[];
  /** Those that a stage implies done. */
  readonly staged: readonly PlanRow[];
  readonly work: PlannedWork;

  constructor(readonly plan: Fact<'PlanAdopted'> | undefined) {
    this.work = new PlannedWork(plan?.data.items ?? []);
    const { shape } = this.work;
    this.shape = shape;
    this.rows = this.work.items.map((item, place) => ({
      item,
      place,
      line: shape.lines[place] as readonly number[],
      children: shape.children[place] as readonly number[],
      isWeighted: shape.isWeighted[place] === true,
      overdueFrom: this.work.overdueFrom(place),
    }));
    this.staged = this.rows.filter(({ item }) => item.stage !== undefined);
    // Copies of a state share it.
    Object.freeze(this);
  }

  get places(): ReadonlyMap<string, number> {
    return this.shape.places;
  }

  get tree(): PlanTree {
    return planTree(this.work.items);
  }

  /** The items without parts in topological order. */
  get leaves(): PlanRow[] {
    return this.rowsAt(this.shape.leavesInOrder);
  }

  row(id: string): PlanRow | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.rows[place];
  }

  /** All leaves at or below an item. */
  leavesBelow({ place }: PlanRow): PlanRow[] {
    return this.rowsAt(this.shape.leavesBelow(place));
  }

  private rowsAt(places: readonly number[]): PlanRow[] {
    return places.map((place) => this.rows[place] as PlanRow);
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
const withoutPlan = new PlanTable(undefined);

/** The table of a plan; a plan is immutable, so its table is cached. */
export function planTableOf(plan: Fact<'PlanAdopted'> | undefined): PlanTable {
  if (!plan) return withoutPlan;
  const known = tables.get(plan);
  if (known) return known;
  const table = new PlanTable(plan);
  tables.set(plan, table);
  return table;
}
