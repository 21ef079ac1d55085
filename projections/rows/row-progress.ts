import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { isGroupStated, unplannedIn } from '../completion/completed.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';
import type { Implied } from '../progress/implied.js';
import type { Progress } from '../progress/progress.js';
import type { ProjectRow } from '../project/project.js';

/** The completion of a project after some of its entries, as the row and the rules compare it. */
export class RowProgress {
  private readonly implied: Implied;

  /** @param isProductionBlocked a declared stall that blocks production is open */
  constructor(
    private readonly progress: Progress,
    private readonly table: PlanTable,
    isProductionBlocked: boolean,
  ) {
    this.implied = progress.implied(isProductionBlocked);
  }

  /** The figures of the project in basis points, rounded. */
  get completion(): ProjectRow['completion'] {
    const { low = 0, point = 0, high = wholeBasisPoints } = this.implied.figure() ?? {};
    return {
      floorBasisPoints: Math.round(low),
      percentBasisPoints: Math.round(point),
      ceilingBasisPoints: Math.round(high),
      coverageBasisPoints: Math.round(this.progress.coverage() * wholeBasisPoints),
    };
  }

  /** The day of the last report by which a weighted item rose. */
  get lastRiseOn(): number | undefined {
    return this.progress.lastRise?.day;
  }

  /** Something was reported done or begun. */
  get hasProgress(): boolean {
    return this.progress.hasBegun;
  }

  /** Completion of an item of the plan by its place in the plan, in basis points, rounded. */
  percentOf(place: number): number {
    return Math.round(this.implied.figure({ item: this.idOf(place) })?.point ?? 0);
  }

  /** The same of an item that the plan does not name; undefined if nothing is reported of it. */
  percentOfUnplanned(item: string): number | undefined {
    const known = unplannedIn(this.progress, this.table).get(item);
    return known && Math.round(known.point);
  }

  /** The percent that counts for a leaf: a report on a group above it takes precedence, the outermost one. */
  effectivePercent(leaf: string): number {
    const { line } = this.table.row(leaf) as PlanRow;
    const counting = line.findLast(
      (place, above) => above > 0 && isGroupStated((about) => this.implied.figure(about), this.idOf(place)),
    );
    return this.percentOf(counting ?? (line[0] as number));
  }

  private idOf(place: number): string {
    return this.table.rows[place]?.item.id ?? '';
  }
}
