import type { WorkItem } from './events.js';

/** Interval numbering of a plan's items: the numbers of an item's parts are within its own. */
interface Place {
  enter: number;
  leave: number;
  /** 1 for an item without a parent. */
  depth: number;
}

/** The branches of a tree of items, found in one pass. */
export interface Branches {
  /** Items unreachable from a root: their parents form a cycle, or lead into one. */
  readonly lost: readonly WorkItem[];
  depthOf(id: string): number;
  /** True if one of two items is a part of the other, or both are the same. */
  areInOneBranch(a: string, b: string): boolean;
}

/** Items by the id of their parent, in the order of the plan; roots under undefined. */
export function byParent(items: readonly WorkItem[]): ReadonlyMap<string | undefined, readonly WorkItem[]> {
  return Map.groupBy(items, ({ parent }) => parent);
}

/** Walks a tree of items with unique ids. */
export function branchesOf(items: readonly WorkItem[]): Branches {
  const children = byParent(items);
  const places = new Map<string, Place>();
  let clock = 0;
  // Not recursive: its depth is not yet checked.
  const open = [...(children.get(undefined) ?? [])].reverse().map((item) => ({ item, depth: 1 }));
  for (let step = open.at(-1); step; step = open.at(-1)) {
    const { item, depth } = step;
    const entered = places.get(item.id);
    if (entered) {
      entered.leave = clock++;
      open.pop();
      continue;
    }
    places.set(item.id, { enter: clock++, leave: 0, depth });
    for (const child of children.get(item.id) ?? []) open.push({ item: child, depth: depth + 1 });
  }
  const isWithin = (a: Place | undefined, b: Place | undefined) =>
    a !== undefined && b !== undefined && b.enter <= a.enter && a.leave <= b.leave;
  return {
    lost: items.filter((item) => !places.has(item.id)),
    depthOf: (id) => places.get(id)?.depth ?? 0,
    areInOneBranch: (a, b) =>
      isWithin(places.get(a), places.get(b)) || isWithin(places.get(b), places.get(a)),
  };
}
