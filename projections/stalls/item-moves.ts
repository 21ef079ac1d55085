import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';

/** What a report means for days without progress or production. */
export interface Move {
  /** Its figure is above 0 and higher than the one before. */
  isRise: boolean;
  /** It is the first, or the first again, by which an item of a stage is done. */
  isProduction: boolean;
}

/** Which reports on one item are a rise or a production, fed in the order (asOf, place). */
export class ItemMoves {
  private readonly percents = new Map<string | undefined, number>();
  private isReached = false;

  constructor(private readonly item: Pick<WorkItem, 'stage'> | undefined) {}

  say(step: string | undefined, { floor, percent }: { floor: number; percent: number }): Move {
    const isRise = percent > (this.percents.get(step) ?? 0);
    this.percents.set(step, percent);
    const isReached = step === undefined && floor === wholeBasisPoints;
    // A repeated report is not a second production.
    const isProduction = isReached && !this.isReached && this.item?.stage !== undefined;
    this.isReached = isReached;
    return { isRise, isProduction };
  }
}
