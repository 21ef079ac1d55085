import type { WorkItem } from '../../domain/project/events.js';
import type { PlanTree } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { addDays, type Day, daysBetween } from '../../domain/values/calendar.js';

/** When an item is to be done; without a start it is planned as one step on the day of its finish. */
export interface PlannedDates {
  plannedStart?: Day;
  plannedFinish: Day;
}

/**
 * A weighted leaf: its share of the project (0 to 1) and its dates, its own or those of the nearest enclosing group
 * that has any.
 */
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

/** The planned progress of an item by the end of a day, 0 to 1: linear from the start to the finish, both days included. */
export function plannedPart({ plannedStart, plannedFinish }: PlannedDates, asOf: Day): number {
  if (asOf >= plannedFinish) return 1;
  if (plannedStart === undefined || asOf < plannedStart) return 0;
  return (daysBetween(plannedStart, asOf) + 1) / (daysBetween(plannedStart, plannedFinish) + 1);
}

/** The planned completion on a day over the leaves that have dates, in basis points; null if none has. */
export function plannedBasisPoints(leaves: readonly WeightedLeaf[], asOf: Day): number | null {
  let planned = 0;
  let dated = 0;
  for (const { share, dates } of leaves) {
    if (!dates) continue;
    planned += share * plannedPart(dates, asOf);
    dated += share;
  }
  return dated === 0 ? null : Math.round((planned / dated) * wholeBasisPoints);
}

/** The planned completion at the ends of its linear segments, oldest first; none if no leaf has dates. */
export function plannedCorners(leaves: readonly WeightedLeaf[]): { asOf: Day; basisPoints: number }[] {
  const days = leaves.flatMap(({ dates }) =>
    dates ? [addDays(dates.plannedStart ?? dates.plannedFinish, -1), dates.plannedFinish] : [],
  );
  return [...new Set(days)].sort().flatMap((asOf) => {
    const basisPoints = plannedBasisPoints(leaves, asOf);
    return basisPoints === null ? [] : [{ asOf, basisPoints }];
  });
}

/** The planned completion on any day, precomputed for many days. */
export interface PlanCurve {
  /** The result of `plannedBasisPoints` for a number of days after 1970-01-01. */
  at(day: number): number;
  /** From this day on everything is planned to be done. */
  until: number;
}

/** The curve of the leaves that have dates; null if none has. */
export function planCurve(leaves: readonly WeightedLeaf[]): PlanCurve | null {
  const dated = leaves.flatMap(({ share, dates }) =>
    dates
      ? [{ share, start: numberOf(dates.plannedStart), finish: daysBetween(dayZero, dates.plannedFinish) }]
      : [],
  );
  if (dated.length === 0) return null;
  const whole = dated.reduce((sum, { share }) => sum + share, 0);
  return {
    at: (day) => {
      let planned = 0;
      for (const { share, start, finish } of dated) {
        if (day >= finish) planned += share;
        else if (start !== undefined && day >= start)
          planned += share * ((day - start + 1) / (finish - start + 1));
      }
      return Math.round((planned / whole) * wholeBasisPoints);
    },
    until: Math.max(...dated.map(({ finish }) => finish)),
  };
}

/** The planned finish of a target: `completion`, `production` or an item; undefined if the plan has none. */
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

/** Day zero of `PlanCurve`. */
export const dayZero: Day = '1970-01-01';

function numberOf(day: Day | undefined): number | undefined {
  return day === undefined ? undefined : daysBetween(dayZero, day);
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
