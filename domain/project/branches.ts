import type { WorkItem } from './events.js';

/** Where the items of a plan lie: numbers such that what lies in an item has its numbers within those of the item. */
interface Place {
  enter: number;
  leave: number;
  /** 1 for an item without a parent. */
  depth: number;
}

/** The branches of a tree of items, found in one walk. */
export interface Branches {
  /** Items that no root leads to: their parents go in a circle, or lead into one. */
  readonly lost: readonly WorkItem[];
  depthOf(id: string): number;
  /** True when one of two items lies in the other, or both are the same. */
  areInOneBranch(a: string, b: string): boolean;
}

/** Items by the id of their parent, in the order of the plan; roots under undefined. */
export function byParent(items: readonly WorkItem[]): ReadonlyMap<string | undefined, readonly WorkItem[]> {
  return Map.groupBy(items, ({ parent }) => parent);
}

/** Walks a tree of items whose ids differ. */
export function branchesOf(items: readonly WorkItem[]): Branches {
  const children = byParent(items);
  const places = new Map<string, Place>();
  let clock = 0;
  // Not recursive: nobody has looked yet how deep it is.
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
