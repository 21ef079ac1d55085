import type { WorkItem } from '../../../../domain/project/events.js';
import { topologicalOrder } from '../../../../domain/project/topological-order.js';
import { never } from './bounds.js';
import { highOf, highSince, type Known, lowSince, pointOf } from './figures.js';
import { all, isBelow } from './reading.js';
import { aboveOf, type Branch, find, shareOf, within } from './tree.js';

type Implied = Map<string, { point: number; high: number }>;

/** R8: figures of the items and steps nobody spoke of; first from words on groups, then by `after`. */
export function impliedOf(known: Known, root: Branch, items: readonly WorkItem[]): Implied {
  const implied: Implied = new Map();
  const isSilent = (branch: Branch) => within(branch).every(({ key }) => !known.bounds.has(key));
  const own = known.bounds.get(root.key);
  downwards(
    known,
    root,
    { least: own?.low ?? 0, most: highOf(known, root), day: own?.on.high ?? never },
    implied,
    isSilent,
  );
  const order = topologicalOrder(items);
  if (!('order' in order)) return implied;
  const leaves = order.order.flatMap(({ id }) => {
    const branch = find(root, id);
    return branch?.parts.every(({ isStep }) => isStep) ? [branch] : [];
  });
  const withImplied = { ...known, implied };
  for (const leaf of leaves.toReversed())
    if (isSilent(leaf)) imply(withImplied, root, items, leaf, implied, isSilent);
  for (const leaf of leaves) if (isSilent(leaf)) limit(withImplied, root, leaf, implied);
  return implied;
}

/** A word on a group says how far its parts are at least and at most, whatever the others may be. */
function downwards(
  known: Known,
  group: Branch,
  { least, most, day }: { least: number; most: number; day: string },
  implied: Implied,
  isSilent: (branch: Branch) => boolean,
): void {
  const reset = known.resets.get(group.key) ?? '';
  for (const part of group.parts) {
    const share = shareOf(part);
    if (share === 0) continue;
    const others = group.parts.filter((other) => other !== part);
    const mayBe = others.reduce((sum, other) => sum + shareOf(other) * highSince(known, other, day), 0);
    const areLeast = others.reduce((sum, other) => sum + shareOf(other) * lowSince(known, other, reset), 0);
    const point = Math.min(all, Math.max(0, (least - mayBe) / share));
    const high = Math.min(all, Math.max(0, (most - areLeast) / share));
    const isEnd = part.parts.length === 0 || part.parts.every(({ isStep }) => isStep);
    if (isEnd && isSilent(part)) implied.set(part.key, { point, high: Math.max(high, point) });
    const own = known.bounds.get(part.key);
    const further = {
      least: Math.max(own?.low ?? 0, point),
      most: Math.min(highOf(known, part), Math.max(high, point)),
      // What was last said before the last word above it may have risen since.
      day: own && own.on.high > day ? own.on.high : day,
    };
    downwards(known, part, further, implied, isSilent);
  }
}

/** Nothing that comes after an item is further than it. */
function imply(
  known: Known,
  root: Branch,
  items: readonly WorkItem[],
  leaf: Branch,
  implied: Implied,
  isSilent: (branch: Branch) => boolean,
): void {
  const needed = [leaf, ...aboveOf(leaf)].flatMap((node) =>
    items
      .filter(({ after }) => after?.includes(node.key))
      .map(({ id }) => {
        const follower = find(root, id);
        const point = follower ? pointOf(known, follower) : 0;
        const { stated, silent } = partsOf(known, node, leaf, isSilent);
        return silent === 0 ? 0 : Math.min(all, Math.max(0, (point - stated) / silent));
      }),
  );
  const { point, high } = implied.get(leaf.key) ?? { point: 0, high: all };
  const least = Math.max(point, ...needed);
  implied.set(leaf.key, { point: least, high: Math.max(high, least) });
}

/** What the parts that were spoken of give to a node, and the share of the silent ones. */
function partsOf(
  known: Known,
  node: Branch,
  leaf: Branch,
  isSilent: (branch: Branch) => boolean,
): { stated: number; silent: number } {
  if (node === leaf) return { stated: 0, silent: 1 };
  const isEnd = node.parts.every(({ isStep }) => isStep);
  if (isEnd && isSilent(node)) return { stated: 0, silent: 1 };
  if (isEnd || known.bounds.has(node.key)) return { stated: pointOf(known, node), silent: 0 };
  const both = { stated: 0, silent: 0 };
  for (const part of node.parts) {
    const { stated, silent } = partsOf(known, part, leaf, isSilent);
    both.stated += shareOf(part) * stated;
    both.silent += shareOf(part) * silent;
  }
  return both;
}

/** No further than what it, or a group above it, comes after; a yes/no item only after 100. */
function limit(known: Known, root: Branch, leaf: Branch, implied: Implied): void {
  const before = [leaf, ...aboveOf(leaf)].flatMap(({ item }) => item?.after ?? []);
  const most = before.map((id) => find(root, id)).map((node) => (node ? highOf(known, node) : all));
  const limited = Math.min(all, ...most);
  const { item } = leaf;
  const isYesOrNo = item?.measure === 'done' || item?.stage !== undefined;
  const { point, high } = implied.get(leaf.key) ?? { point: 0, high: all };
  const ceiling = isYesOrNo && isBelow(limited, all) ? 0 : Math.min(high, limited);
  implied.set(leaf.key, { point, high: Math.max(ceiling, point) });
}
