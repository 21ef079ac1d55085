import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { full, type Range, unknownRange, weightedRange } from '../completion/statements.js';
import type { PlanRow, PlanTable } from '../plan/plan-table.js';

/** The figures of a plan by the stated ranges of its items, equal to `Work`'s, without the evidence. */
export class Completed {
  private readonly ranges: (Range | undefined)[];
  private readonly leaves: Range[] = [];

  /** @param stated by index; undefined if nothing is */
  constructor(
    private readonly table: PlanTable,
    private readonly stated: readonly (Range | undefined)[],
    isProductionBlocked: boolean,
  ) {
    const { leaves } = table;
    this.ranges = [...stated];
    for (const { place } of leaves) this.leaves[place] = stated[place] ?? unknownRange;
    for (let i = leaves.length - 1; i >= 0; i -= 1) this.imply(leaves[i] as PlanRow);
    this.forgetGroups();
    for (const leaf of leaves) this.limit(leaf, isProductionBlocked);
    this.forgetGroups();
  }

  whole(): Range {
    const { roots, rows } = this.table;
    return weightedRange(
      roots.map((place) => ({ range: this.range(place), weight: (rows[place] as PlanRow).item.weight })),
    );
  }

  /** The share of the weights for which something is stated, 0 to 1. */
  coverage(): number {
    return this.covered(this.table.roots);
  }

  range(place: number): Range {
    const known = this.ranges[place];
    if (known) return known;
    const row = this.table.rows[place];
    if (!row) return full;
    if (row.children.length === 0) return this.leaves[place] ?? full;
    const range = weightedRange(
      row.children.map((child) => ({
        range: this.range(child),
        weight: (this.table.rows[child] as PlanRow).item.weight,
      })),
    );
    this.ranges[place] = range;
    return range;
  }

  /** Percent of an item in basis points, rounded. */
  percentOf(place: number): number {
    return Math.round(this.range(place).percent);
  }

  private forgetGroups(): void {
    for (const { place, children } of this.table.rows)
      if (children.length > 0) this.ranges[place] = this.stated[place];
  }

  private imply({ place, line }: PlanRow): void {
    if (this.stated[place]) return;
    let percent = 0;
    for (const above of line) {
      for (const follower of (this.table.rows[above] as PlanRow).followers) {
        const needed = this.needed(above, this.range(follower).percent);
        if (needed > percent) percent = needed;
      }
    }
    if (percent > 0) this.leaves[place] = { floor: 0, percent, ceiling: wholeBasisPoints };
  }

  private needed(place: number, percent: number): number {
    const { stated, unreported } = this.partsOf(place);
    return unreported === 0 ? 0 : Math.min(wholeBasisPoints, Math.max(0, (percent - stated) / unreported));
  }

  private partsOf(place: number): { stated: number; unreported: number } {
    const own = this.stated[place];
    if (own) return { stated: own.percent, unreported: 0 };
    const { children } = this.table.rows[place] as PlanRow;
    const parts = { stated: 0, unreported: children.length === 0 ? 1 : 0 };
    const total = this.weightOf(children);
    for (const child of total === 0 ? [] : children) {
      const part = this.partsOf(child);
      const share = (this.table.rows[child] as PlanRow).item.weight / total;
      parts.stated += share * part.stated;
      parts.unreported += share * part.unreported;
    }
    return parts;
  }

  private limit({ item, place, line }: PlanRow, isProductionBlocked: boolean): void {
    if (this.stated[place]) return;
    let limit = wholeBasisPoints;
    for (const above of line)
      for (const before of (this.table.rows[above] as PlanRow).after)
        limit = Math.min(limit, this.range(before).ceiling);
    const isYesOrNo = item.measure === 'done' || item.stage !== undefined;
    const isRuledOut = item.stage === 'in-production' && isProductionBlocked;
    const ceiling = isRuledOut || (isYesOrNo && limit < wholeBasisPoints) ? 0 : limit;
    const range = this.leaves[place] as Range;
    this.leaves[place] = { ...range, ceiling: Math.max(ceiling, range.percent) };
  }

  private covered(places: readonly number[]): number {
    const total = this.weightOf(places);
    if (total === 0) return 0;
    let sum = 0;
    for (const place of places) {
      const { item, children } = this.table.rows[place] as PlanRow;
      sum += (item.weight / total) * (this.stated[place] ? 1 : this.covered(children));
    }
    return sum;
  }

  private weightOf(places: readonly number[]): number {
    let total = 0;
    for (const place of places) total += (this.table.rows[place] as PlanRow).item.weight;
    return total;
  }
}
