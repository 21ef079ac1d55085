import { type Day, daysBetween } from '../src/domain/calendar.js';
import type { WorkItem } from '../src/domain/events.js';
import type { PlanTree } from '../src/domain/plan.js';

/** When an item is to be done; without a start it is planned as one step on the day of its finish. */
export interface PlannedDates {
  plannedStart?: Day;
  plannedFinish: Day;
}

/** A leaf that counts: its share of the project (0 to 1) and its dates, its own or those of the nearest group that has any. */
export interface WeightedLeaf {
  item: WorkItem;
  share: number;
  dates: PlannedDates | undefined;
}

/** The leaves of a plan whose share of the project is above 0. */
export function weightedLeaves(tree: PlanTree): WeightedLeaf[] {
  const leaves: WeightedLeaf[] = [];
  const walk = (items: readonly WorkItem[], share: number, inherited: PlannedDates | undefined) => {
    const total = items.reduce((sum, item) => sum + item.weight, 0);
    if (total === 0) return;
    for (const item of items) {
      if (item.weight === 0) continue;
      const own = (item.weight / total) * share;
      const dates = datesOf(item) ?? inherited;
      const below = tree.childrenOf(item.id);
      if (below.length === 0) leaves.push({ item, share: own, dates });
      else walk(below, own, dates);
    }
  };
  walk(tree.roots, 1, undefined);
  return leaves;
}

/** The part of an item that the plan wants done by the end of a day, 0 to 1: linear from the start to the finish, both days included. */
export function plannedPart({ plannedStart, plannedFinish }: PlannedDates, asOf: Day): number {
  if (asOf >= plannedFinish) return 1;
  if (plannedStart === undefined || asOf < plannedStart) return 0;
  return (daysBetween(plannedStart, asOf) + 1) / (daysBetween(plannedStart, plannedFinish) + 1);
}

/** The planned completion on a day over the leaves that have dates, in basis points; null when none has. */
export function plannedBasisPoints(leaves: readonly WeightedLeaf[], asOf: Day): number | null {
  let planned = 0;
  let dated = 0;
  for (const { share, dates } of leaves) {
    if (!dates) continue;
    planned += share * plannedPart(dates, asOf);
    dated += share;
  }
  return dated === 0 ? null : Math.round((planned / dated) * 10000);
}

/** The day on which the plan wants a target done: `completion`, `production` or an item; undefined when it does not say. */
export function plannedFinishOf(target: string, tree: PlanTree): Day | undefined {
  if (target === 'completion') return latestFinish([...tree.items.values()]);
  if (target === 'production') {
    return latestFinish(
      [...tree.items.values()]
        .filter((item) => item.stage === 'in-production')
        .map((item) => withDates(item, tree)),
    );
  }
  const item = tree.items.get(target);
  return item && (withDates(item, tree).plannedFinish ?? latestFinish(tree.leavesOf(target)));
}

function datesOf({ plannedStart, plannedFinish }: WorkItem): PlannedDates | undefined {
  if (plannedFinish === undefined) return undefined;
  return plannedStart === undefined ? { plannedFinish } : { plannedStart, plannedFinish };
}

function withDates(item: WorkItem, tree: PlanTree): Partial<PlannedDates> {
  return tree.lineOf(item.id).find((above) => above.plannedFinish !== undefined) ?? {};
}

function latestFinish(items: readonly Partial<PlannedDates>[]): Day | undefined {
  return items.reduce<Day | undefined>(
    (last, { plannedFinish }) =>
      last === undefined || (plannedFinish !== undefined && plannedFinish > last) ? plannedFinish : last,
    undefined,
  );
}
