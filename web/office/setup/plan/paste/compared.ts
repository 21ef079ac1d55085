import type { WorkItem } from '../../../../../domain/project/events.js';
import { isSameName } from '../../../../../domain/project/renames.js';
import { isSame } from '../../../../../domain/values/equal.js';
import type { Items } from '../draft/tree.js';
import type { Doubt, Matched } from './matching.js';
import type { ReadRow } from './sheet-plan.js';

/** How a row of a sheet and an item of the plan in force differ. */
export const differences = ['same', 'changed', 'moved', 'renamed', 'doubted', 'new', 'gone'] as const;
export type Difference = (typeof differences)[number];

/** An item of the plan in force beside the row that replaces it; one side is empty for a new or a gone item. */
export interface Pair {
  difference: Difference;
  was?: WorkItem | undefined;
  is?: WorkItem | undefined;
  /** The question about the row, answered or not. */
  doubt?: Doubt | undefined;
}

/** The plan in force beside the rows of a sheet, in the order of the rows; what is gone follows the item that was before it. */
export function compared(rows: readonly ReadRow[], found: Matched, inForce: Items): Pair[] {
  const byId = new Map(inForce.map((item) => [item.id, item]));
  const doubts = new Map(found.doubts.map((doubt) => [doubt.row, doubt]));
  const asked = new Set(
    found.doubts.flatMap(({ chosen, candidates }) =>
      chosen === undefined && candidates[0] ? [candidates[0].id] : [],
    ),
  );
  const pairs = rows.map((row, at): Pair => {
    const is = found.items[at];
    const doubt = doubts.get(row);
    if (doubt && doubt.chosen === undefined)
      return { difference: 'doubted', was: doubt.candidates[0], is, doubt };
    const was = is && byId.get(is.id);
    return { difference: is && was ? differenceOf(was, is) : 'new', was, is, doubt };
  });
  const kept = new Set([...pairs.flatMap(({ was }) => was?.id ?? []), ...asked]);
  let behind = -1;
  for (const item of inForce) {
    if (kept.has(item.id)) {
      behind = Math.max(
        behind,
        pairs.findIndex(({ was }) => was?.id === item.id),
      );
      continue;
    }
    behind += 1;
    pairs.splice(behind, 0, { difference: 'gone', was: item });
  }
  return pairs;
}

function differenceOf(was: WorkItem, is: WorkItem): Difference {
  if (!isSameName(was.name, is.name)) return 'renamed';
  if (was.parent !== is.parent) return 'moved';
  const facts = ({
    weight,
    measure,
    of,
    unit,
    plannedStart,
    plannedFinish,
    plannedCost,
    after,
  }: WorkItem) => [
    ...[weight, measure, of ?? null, unit ?? null, plannedStart ?? null, plannedFinish ?? null],
    ...[plannedCost ?? null, after ?? null],
  ];
  return isSame(facts(was), facts(is)) ? 'same' : 'changed';
}
