import { type Bounds, drawn } from './bounds.js';
import { highSince, type Known, lowSince, risenSince } from './figures.js';
import { all, isBelow, tolerance } from './reading.js';
import { aboveOf, type Branch, endsOf, find, groupsUpwards, project, shareIn, sum, within } from './tree.js';

/** R7: the own word of a group under a new plan; undefined if all it was said of has left. */
export function carried(own: Bounds, key: string, before: Branch, after: Branch): Bounds | undefined {
  const { kept, gone } = moved(key, before, after);
  if (kept > 1 - 1e-12 && gone < 1e-12) return own;
  if (gone > 1 - 1e-12) return undefined;
  const lowered = (low: number) => within100((kept * (low - gone * all)) / (1 - gone));
  return drawn({
    ...own,
    low: lowered(own.low),
    high: within100((kept * own.high) / (1 - gone) + (1 - kept) * all),
    exactLow: lowered(own.exactLow),
    ...(own.point === undefined ? {} : { point: within100(kept * own.point) }),
  });
}

/** The share of the new weight that lay in a group before, and the share of the old weight that left it. */
function moved(key: string, before: Branch, after: Branch): { kept: number; gone: number } {
  const [old, now] = [find(before, key), find(after, key)];
  if (!now || !old || old.parts.length === 0 || (key === project && before.parts.length === 0))
    return { kept: 1, gone: 0 };
  if (now.parts.length === 0) return { kept: 1, gone: 0 };
  const came = share(now, (end) => !isFound(end, now, old));
  return { kept: 1 - came, gone: share(old, (end) => !isFound(end, old, now)) };
}

/** True if an item, or one above it that is whole in the other plan, lies in the group of the other plan. */
function isFound(end: Branch, group: Branch, other: Branch): boolean {
  if (find(other, end.key)) return true;
  return aboveOf(end)
    .filter((above) => within(group).includes(above) && above !== group)
    .some((above) => find(other, above.key)?.parts.length === 0);
}

function share(group: Branch, isMeant: (end: Branch) => boolean): number {
  return endsOf(group)
    .filter(isMeant)
    .reduce((total, end) => total + shareIn(end, group), 0);
}

/** R7: the groups whose own word no longer fits what lies below it under a new plan, deepest first. */
export function unfit(known: Known, root: Branch, listed: ReadonlyMap<string, string>): string[] {
  const dropped = new Set<string>();
  const bounds = new Map(known.bounds);
  const left = { ...known, bounds };
  for (const group of groupsUpwards(root)) {
    const own = bounds.get(group.key);
    // What does not fit since an earlier day was decided then.
    if (!own || listed.has(group.key)) continue;
    const reset = known.resets.get(group.key) ?? '';
    const most = sum(group, (part) => highSince(left, part, own.on.low), all);
    const least = sum(group, (part) => lowSince(left, part, reset), 0);
    if (!isBelow(most, own.low) && !(least > own.high + risenSince(left, group, own.on.high) + tolerance))
      continue;
    dropped.add(group.key);
    bounds.delete(group.key);
  }
  return [...dropped];
}

const within100 = (share: number): number => Math.min(all, Math.max(0, share));
