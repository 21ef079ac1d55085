import { byParent } from './branches.js';
import type { WorkItem } from './events.js';
import { topologicalOrder } from './topological-order.js';

/** The work items of a plan as a tree, in the order of the plan. */
export interface PlanTree {
  readonly items: ReadonlyMap<string, WorkItem>;
  readonly roots: readonly WorkItem[];
  /** The direct parts of an item; empty for a leaf. */
  childrenOf(id: string): readonly WorkItem[];
  /** All leaves at or below an item. */
  leavesOf(id: string): readonly WorkItem[];
  /** The item and those above it, nearest first. */
  lineOf(id: string): readonly WorkItem[];
  /** Leaves in topological order: after all predecessors of an item and of its groups. */
  readonly leavesInOrder: readonly WorkItem[];
}

/** The most recent trees: every figure of one day uses that of the same plan. */
const known: { planItems: readonly WorkItem[]; tree: PlanTree }[] = [];
const mostKnown = 4;

/** The tree of items of a plan without faults; a plan is immutable, so its tree is cached. */
export function planTree(planItems: readonly WorkItem[]): PlanTree {
  for (const { planItems: items, tree } of known) if (items === planItems) return tree;
  const tree = grown(planItems);
  if (known.length === mostKnown) known.shift();
  known.push({ planItems, tree });
  return tree;
}

function grown(planItems: readonly WorkItem[]): PlanTree {
  const items = new Map(planItems.map((item) => [item.id, item]));
  const children = byParent(planItems);
  const childrenOf = (id: string) => children.get(id) ?? [];
  const leaves = new Map<string, readonly WorkItem[]>();
  const leavesOf = (id: string): readonly WorkItem[] => {
    const known = leaves.get(id);
    if (known) return known;
    const item = items.get(id);
    const below = childrenOf(id);
    const found = below.length > 0 ? below.flatMap((child) => leavesOf(child.id)) : item ? [item] : [];
    leaves.set(id, found);
    return found;
  };
  const lineOf = (id: string): readonly WorkItem[] => {
    const line: WorkItem[] = [];
    for (
      let item = items.get(id);
      item;
      item = item.parent === undefined ? undefined : items.get(item.parent)
    )
      line.push(item);
    return line;
  };
  const ordered = topologicalOrder(planItems);
  const leavesInOrder = 'order' in ordered ? ordered.order.filter((item) => !children.has(item.id)) : [];
  return { items, roots: children.get(undefined) ?? [], childrenOf, leavesOf, lineOf, leavesInOrder };
}
