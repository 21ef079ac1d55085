import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Range } from '../completion/statements.js';
import type { ItemReport } from '../contradictions/fact-index.js';

/** The reports on one item, planned or not, in order: which of them rose, and which say that it was produced. */
export class ItemReports {
  /** Percent of the last report, not rounded, by step; of the whole item without one. */
  private readonly percents = new Map<string | undefined, number>();
  private isReached = false;

  constructor(private readonly item: WorkItem | undefined) {}

  say({ data: { step } }: ItemReport, range: Range): { isRise: boolean; isProduction: boolean } {
    const isRise = range.percent > (this.percents.get(step) ?? 0);
    this.percents.set(step, range.percent);
    const isReached = step === undefined && range.floor === wholeBasisPoints;
    const isProduction = isReached && !this.isReached && this.item?.stage !== undefined;
    this.isReached = isReached;
    return { isRise, isProduction };
  }
}
