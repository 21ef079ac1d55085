import type { WorkItem } from '../../../domain/project/events.js';
import { itemOf } from '../../../domain/project/facts/members.js';
import { isStatedBy, type PlanTree } from '../../../domain/project/plan.js';
import { wholeBasisPoints } from '../../../domain/values/basis-points.js';
import { lexicon1 } from '../../../domain/values/lexicon.js';
import { type ProgressFact, rangeOf, saysDone } from '../../completion/statements.js';
import type { PlannedWork } from '../../schedule/planned-work.js';
import type { ScheduleFact } from '../../schedule/schedule.js';

/**
 * The last fact by which a weighted item rose: it states more of its item, step or group than every earlier fact.
 *
 * A report on an item counts for its steps too, a completed group for its parts, and a stage for the items it implies
 * done. Items and steps of weight 0, and unplanned ones, never rise.
 */
export function lastRise(
  tree: PlanTree,
  { leaves, counting }: PlannedWork,
  facts: readonly ScheduleFact[],
): ProgressFact | undefined {
  const marks = new Marks(tree);
  let last: ProgressFact | undefined;
  for (const fact of facts) {
    if (fact.type === 'StageEntered') {
      const stated = leaves.filter(({ item }) => isStatedBy(fact.data.stage, item));
      for (const { item } of stated) if (marks.raise(item, undefined, wholeBasisPoints)) last = fact;
      continue;
    }
    if (fact.type !== 'MilestoneReached' && fact.type !== 'ProgressMeasured') continue;
    const item = tree.items.get(itemOf(fact.data));
    if (!item || !counting.has(item.id)) continue;
    const { step } = fact.data;
    if (step !== undefined && !item.steps?.some(({ id, weight }) => id === step && weight > 0)) continue;
    const percent =
      fact.type === 'ProgressMeasured'
        ? rangeOf(fact.data.measure, item, lexicon1).percent
        : wholeBasisPoints;
    if (marks.raise(item, step, percent)) last = fact;
    if (saysDone(fact)) marks.raiseAllIn(item);
  }
  return last;
}

/** The maximum reported for every item and step so far, in basis points. */
class Marks {
  private readonly highest = new Map<string, number>();

  constructor(private readonly tree: PlanTree) {}

  /** True if it is more than before. */
  raise(item: WorkItem, step: string | undefined, percent: number): boolean {
    if (step === undefined) for (const { id } of item.steps ?? []) this.mark(`${item.id} ${id}`, percent);
    return this.mark(step === undefined ? item.id : `${item.id} ${step}`, percent);
  }

  raiseAllIn(group: WorkItem): void {
    for (const child of this.tree.childrenOf(group.id)) {
      this.raise(child, undefined, wholeBasisPoints);
      this.raiseAllIn(child);
    }
  }

  private mark(key: string, percent: number): boolean {
    if (percent <= (this.highest.get(key) ?? 0)) return false;
    this.highest.set(key, percent);
    return true;
  }
}
