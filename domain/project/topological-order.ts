import type { WorkItem } from './events.js';

type Related = Pick<WorkItem, 'id' | 'parent' | 'after'>;

/**
 * Items in topological order of predecessors, their own and their groups'; or the ids of a cycle.
 *
 * Each item has a start and an end; a group starts before and ends after its parts (Kahn's topological sort).
 */
export function topologicalOrder<Item extends Related>(
  items: readonly Item[],
): { order: Item[] } | { circle: string[] } {
  const count = items.length;
  const { next, waitingFor } = graphOf(items);
  const order: Item[] = [];
  const ready = [...waitingFor.keys()].filter((node) => waitingFor[node] === 0);
  // `ready` grows during the loop; removing from its front would cost its length each time.
  for (const node of ready) {
    const item = items[node];
    if (item) order.push(item);
    for (const follower of next[node] ?? []) {
      const left = (waitingFor[follower] ?? 0) - 1;
      waitingFor[follower] = left;
      if (left === 0) ready.push(follower);
    }
  }
  if (ready.length === 2 * count) return { order };
  return { circle: circleIn(next, waitingFor).map((node) => items[node % count]?.id ?? '') };
}

/** Node i is the start of item i, node count + i its end; an edge leads from the earlier to the later one. */
function graphOf(items: readonly Related[]): { next: number[][]; waitingFor: number[] } {
  const index = new Map(items.map((item, i) => [item.id, i]));
  const count = items.length;
  const next: number[][] = Array.from({ length: 2 * count }, () => []);
  const waitingFor = new Array<number>(2 * count).fill(0);
  const before = (a: number, b: number) => {
    next[a]?.push(b);
    waitingFor[b] = (waitingFor[b] ?? 0) + 1;
  };
  for (const [i, item] of items.entries()) {
    before(i, count + i);
    const parent = item.parent === undefined ? undefined : index.get(item.parent);
    if (parent !== undefined) {
      before(parent, i);
      before(count + i, count + parent);
    }
    for (const id of item.after ?? []) {
      const earlier = index.get(id);
      if (earlier !== undefined) before(count + earlier, i);
    }
  }
  return { next, waitingFor };
}

/** The nodes of one cycle, oldest first, each once: every waiting node has a waiting predecessor. */
function circleIn(next: readonly number[][], waitingFor: readonly number[]): number[] {
  const waits = (node: number) => (waitingFor[node] ?? 0) > 0;
  const earlier = new Map<number, number>();
  for (const [node, followers] of next.entries()) {
    if (waits(node)) for (const follower of followers) if (waits(follower)) earlier.set(follower, node);
  }
  const path: number[] = [];
  const seen = new Map<number, number>();
  let node = waitingFor.findIndex((_, candidate) => waits(candidate));
  while (!seen.has(node)) {
    seen.set(node, path.length);
    path.push(node);
    node = earlier.get(node) ?? node;
  }
  return path.slice(seen.get(node)).reverse();
}
