import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { drawn } from './own.js';
import type { Reading } from './reading.js';
import type { Own } from './state.js';
import type { Statement } from './statement.js';
import { leavesFrom, nodeAt, nodeOf, shareIn, type Tree, type TreeNode } from './tree.js';

/**
 * The own statement of a group after part of the work below it was undone, or the total of it grew: statements of
 * earlier days come down by as much as the work may have fallen.
 */
export function lowered(
  group: TreeNode,
  own: Own,
  part: TreeNode,
  said: Statement,
  before: Reading,
  day: number,
): Own {
  const share = shareIn(before.tree, part, group.place);
  const fallSince = (on: number) => share * Math.max(0, before.highSince(part, on) - said.low);
  const now = { ...own };
  if (own.lowOn < day) now.low = Math.max(0, own.low - fallSince(own.lowOn));
  if (own.exactLow !== null && own.exactOn < day)
    now.exactLow = Math.max(0, own.exactLow - fallSince(own.exactOn));
  if (own.point !== null && own.pointOn < day)
    now.point = Math.max(0, own.point - share * Math.max(0, before.point(part) - (said.point ?? said.low)));
  return drawn(now);
}

/** Shares below it are rounding only. */
const leastShare = 1e-12;

/** How the scope of a group changed from one plan to the next, as shares from 0 to 1. */
interface Moved {
  /** Of the new weight, what lay in the group before. */
  kept: number;
  /** Of the old weight, what left. */
  gone: number;
}

/** The own statement of a group under the next plan; the same object if nothing came or went, null if everything went. */
export function rescoped(own: Own, key: string, from: Tree, to: Tree): Own | null {
  const moved = movedIn(key, from, to);
  if (!moved) return own;
  const { kept, gone } = moved;
  const left = 1 - gone;
  if (left < leastShare) return null;
  const within = (figure: number) => Math.min(wholeBasisPoints, Math.max(0, figure));
  const low = (figure: number) => within((kept * (figure - gone * wholeBasisPoints)) / left);
  return drawn({
    ...own,
    low: low(own.low),
    exactLow: own.exactLow === null ? null : low(own.exactLow),
    point: own.point === null ? null : within(kept * own.point),
    high: within((kept * own.high) / left + (1 - kept) * wholeBasisPoints),
  });
}

function movedIn(key: string, from: Tree, to: Tree): Moved | undefined {
  const group = nodeOf(to, key);
  const before = nodeOf(from, key);
  // A node without parts keeps its statement when it is split, and when its parts become one.
  if (!group || group.children.length === 0 || !before || before.children.length === 0) return undefined;
  const came = partsOutside(group, to, before, from);
  const went = partsOutside(before, from, group, to);
  if (came < leastShare && went < leastShare) return undefined;
  return { kept: Math.max(0, 1 - came), gone: Math.min(1, went) };
}

/**
 * The share of a group that another plan does not have in it; a part of an item that was one leaf there is in it, and so
 * is an item whose parts were there.
 */
function partsOutside(group: TreeNode, tree: Tree, other: TreeNode, otherTree: Tree): number {
  let share = 0;
  for (const leaf of leavesFrom(tree, group))
    if (!isInside(leaf, group, tree, other, otherTree)) share += shareIn(tree, leaf, group.place);
  return share;
}

function isInside(leaf: TreeNode, group: TreeNode, tree: Tree, other: TreeNode, otherTree: Tree): boolean {
  for (let at = leaf; at.place !== group.place; at = nodeAt(tree, at.parent)) {
    const same = nodeOf(otherTree, at.key);
    if (same && isBelow(same, other, otherTree)) return at === leaf || same.children.length === 0;
  }
  return false;
}

function isBelow(node: TreeNode, group: TreeNode, tree: Tree): boolean {
  for (let at = node; at.parent >= 0; at = nodeAt(tree, at.parent))
    if (at.parent === group.place) return true;
  return false;
}
