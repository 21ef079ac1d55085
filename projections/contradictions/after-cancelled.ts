import { itemOf } from '../../domain/project/facts/members.js';
import type { Fact } from '../facts/facts.js';
import { isCancelledIn, type PlanTable } from '../plan/plan-table.js';
import type { ProgressEntry } from '../progress/progress.js';
import type { Effect } from '../progress/rises.js';
import { type Finding, finding } from './contradiction.js';
import { isItemReport } from './fact-index.js';

/**
 * Reports of progress of a cancelled project, or of an item that the plan in force cancels, found entry by entry: the
 * first one of the project, and the first one of each item. Reports about the day of the cancellation fit it.
 */
export class AfterCancelled {
  private cancelled: Fact<'StageEntered'> | undefined;
  private isMovedProject = false;
  /** By item. */
  private readonly open = new Map<string, Finding>();

  /** @param found where findings are added, settled or not */
  constructor(private readonly found?: Finding[]) {}

  add(fact: ProgressEntry, { isMore, isProduction }: Effect, table: PlanTable): void {
    if (fact.type === 'StageEntered' && fact.data.stage === 'cancelled') this.cancelled ??= fact;
    else if (fact.type === 'PlanAdopted') this.adopt(fact, table);
    else if (isItemReport(fact) && (isMore || isProduction)) this.move(fact, table);
  }

  get openContradictions(): number {
    return this.open.size + Number(this.isMovedProject);
  }

  private adopt({ id, asOf }: Fact<'PlanAdopted'>, table: PlanTable): void {
    for (const [item, one] of this.open) {
      if (isCancelledIn(table, item)) continue;
      this.open.delete(item);
      if (one.since === asOf) this.found?.splice(this.found.indexOf(one), 1);
      else one.settledBy = id;
    }
  }

  private move(report: Fact<'MilestoneReached' | 'ProgressMeasured'>, table: PlanTable): void {
    const { cancelled } = this;
    const { plan } = table;
    const item = itemOf(report.data);
    if (cancelled && cancelled.asOf < report.asOf && !this.isMovedProject) {
      this.isMovedProject = true;
      this.found?.push(finding('cancelled-but-moved', [{ fact: cancelled }, { fact: report }]));
    }
    if (!plan || plan.asOf === report.asOf || this.open.has(item) || !isCancelledIn(table, item)) return;
    const one = finding('cancelled-but-moved', [{ fact: report }, { fact: plan, plans: 'cancelled' }]);
    this.open.set(item, one);
    this.found?.push(one);
  }
}
