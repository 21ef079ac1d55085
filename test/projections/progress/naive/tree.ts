import type { WorkItem } from '../../../../domain/project/events.js';

/** A node of the plan with its parts: the items below it, or the steps of an item. */
export interface Branch {
  key: string;
  weight: number;
  parts: Branch[];
  above?: Branch;
  item?: WorkItem;
  isStep: boolean;
}

/** The key of the whole project; an item has its id, a step `item/step`. */
export const project = '/';

export const keyOf = (item?: string, step?: string): string =>
  item === undefined ? project : step === undefined ? item : `${item}/${step}`;

/** The tree of a plan; without a plan the project alone. */
export function treeOf(items: readonly WorkItem[]): Branch {
  const root: Branch = { key: project, weight: 1, parts: [], isStep: false };
  const grow = (above: Branch, parent: string | undefined) => {
    for (const item of items.filter((other) => other.parent === parent)) {
      const branch: Branch = { key: item.id, weight: item.weight, parts: [], above, item, isStep: false };
      above.parts.push(branch);
      grow(branch, item.id);
      for (const { id, weight } of branch.parts.length === 0 ? (item.steps ?? []) : [])
        branch.parts.push({
          key: keyOf(item.id, id),
          weight,
          parts: [],
          above: branch,
          item,
          isStep: true,
        });
    }
  };
  grow(root, undefined);
  return root;
}

/** The node and all below it, groups before their parts. */
export function within(branch: Branch): Branch[] {
  return [branch, ...branch.parts.flatMap(within)];
}

export function find(root: Branch, key: string): Branch | undefined {
  return within(root).find((branch) => branch.key === key);
}

/** The ends of the tree below a node: items without parts and steps. */
export function endsOf(branch: Branch): Branch[] {
  return within(branch).filter((one) => one.parts.length === 0 && one.key !== project);
}

/** The nodes above, nearest first. */
export function aboveOf(branch: Branch): Branch[] {
  return branch.above ? [branch.above, ...aboveOf(branch.above)] : [];
}

/** Every group, the deepest first; among equals in the order of the plan. */
export function groupsUpwards(root: Branch): Branch[] {
  return within(root)
    .filter(({ parts }) => parts.length > 0)
    .sort((a, b) => aboveOf(b).length - aboveOf(a).length);
}

/** The share of a node among its siblings, 0 to 1. */
export function shareOf(branch: Branch): number {
  const total = (branch.above?.parts ?? [branch]).reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : branch.weight / total;
}

/** The share of a node in a node above it, 0 to 1. */
export function shareIn(branch: Branch, group: Branch): number {
  return branch === group || !branch.above ? 1 : shareOf(branch) * shareIn(branch.above, group);
}

/** The sum over the parts of a group by their shares; `empty` if no weight is above 0. */
export function sum(group: Branch, figure: (part: Branch) => number, empty: number): number {
  if (!group.parts.some(({ weight }) => weight > 0)) return empty;
  return group.parts.reduce((total, part) => total + shareOf(part) * figure(part), 0);
}
