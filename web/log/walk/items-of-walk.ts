import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { ItemName } from '../../forms/said/known.js';

/** Where an item is shown: still open, done by its own report, or done by what follows it. */
export type Tab = 'open' | 'done' | 'implied';

export const tabs = ['open', 'done', 'implied'] as const satisfies readonly Tab[];

/** Items of one group, in the order of the plan; without a group where they have none. */
export interface Section {
  group?: ItemName;
  items: ItemName[];
}

/** The items that can be done: no groups, and nothing that the plan cancels. */
export function worksIn(items: readonly ItemName[]): ItemName[] {
  const byId = new Map(items.map((one) => [one.item, one]));
  const isCancelled = (one: ItemName | undefined): boolean =>
    one !== undefined && (one.isCancelled === true || isCancelled(byId.get(one.parent ?? '')));
  return items.filter((one) => !one.isGroup && !isCancelled(one));
}

/** The tab of an item. */
export function tabOf({ floorBasisPoints = 0, percentBasisPoints, status }: ItemName): Tab {
  if (percentBasisPoints < wholeBasisPoints) return 'open';
  return status === 'implied' && floorBasisPoints < wholeBasisPoints ? 'implied' : 'done';
}

/** Items by group; those that follow each other under the same group are one section. */
export function sectionsOf(shown: readonly ItemName[], all: readonly ItemName[]): Section[] {
  const sections: Section[] = [];
  for (const item of shown) {
    const last = sections.at(-1);
    if (last && last.group?.item === item.parent) last.items.push(item);
    else {
      const group = all.find((one) => one.item === item.parent);
      sections.push({ ...(group ? { group } : {}), items: [item] });
    }
  }
  return sections;
}

/** True for an item whose progress is a percentage, or of which nothing else was said yet. */
export function isPercent({ kind, steps }: ItemName): boolean {
  return steps.length === 0 && (kind === undefined || ['percent', 'range', 'done', 'word'].includes(kind));
}
