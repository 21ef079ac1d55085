import type { Reading } from './reading.js';
import { nodeAt, type TreeNode } from './tree.js';

/** The item, or a step of it; without an item the project. */
export interface About {
  item?: string;
  step?: string;
}

/** Where a figure comes from: an entry, other nodes by their keys, or nothing that was said. */
export type Origin = { entry: string } | { nodes: readonly string[] } | null;

/** The bounds of a node in basis points (85 % is 8500), not rounded, each with its origin. */
export interface Figure {
  low: number;
  point: number;
  high: number;
  lowFrom: Origin;
  pointFrom: Origin;
  highFrom: Origin;
}

/** What implies a point or a high of a node, where something does. */
export interface Reasons {
  /** The groups whose statements, or the followers whose progress, need it. */
  point: readonly TreeNode[];
  /** The groups whose statements, or the predecessors whose progress, limit it. */
  high: readonly TreeNode[];
}

/** The figure of a node by what a reading knows, and by what implies it. */
export function figureOf(reading: Reading, node: TreeNode, implied?: Reasons): Figure {
  const own = reading.own(node);
  const [low, point, high] = [reading.low(node), reading.point(node), reading.high(node)];
  const ownPoint = own ? (own.point ?? own.low) : 0;
  const pointBy = own?.point === null ? own.lowBy : own?.pointBy;
  return {
    low,
    point,
    high,
    lowFrom: originOf(reading, node, own?.lowBy, own !== null && own.low >= low),
    pointFrom: originOf(reading, node, pointBy, own !== null && ownPoint >= point, implied?.point),
    highFrom: highFrom(reading, node, implied),
  };
}

/** Where the high of a node comes from. */
export function highFrom(reading: Reading, node: TreeNode, implied?: Reasons): Origin {
  const own = reading.own(node);
  const isOwn = own !== null && isLimiting(reading, node, reading.high(node));
  return originOf(reading, node, own?.highBy, isOwn, implied?.high);
}

function originOf(
  { tree }: Reading,
  { children }: TreeNode,
  entry: string | null | undefined,
  isOwn: boolean,
  others: readonly TreeNode[] = [],
): Origin {
  const isLeaf = children.length === 0;
  if (entry != null && (isOwn || isLeaf)) return { entry };
  if (others.length > 0) return { nodes: others.map(({ key }) => key) };
  return isLeaf ? null : { nodes: children.map((place) => nodeAt(tree, place).key) };
}

/** True if the own statement on a group sets one of its bounds. */
export function isSetByOwn(reading: Reading, node: TreeNode): boolean {
  const own = reading.own(node);
  if (!own) return false;
  return (
    own.low >= reading.low(node) ||
    (own.point ?? own.low) >= reading.point(node) ||
    isLimiting(reading, node, reading.high(node))
  );
}

/** True if something was stated of a node itself, or of a step of it. */
export function isStated(reading: Reading, node: TreeNode): boolean {
  if (reading.own(node)) return true;
  return node.isOrdered && node.children.some((place) => reading.own(nodeAt(reading.tree, place)) !== null);
}

/** The share of the weights for which something was stated, 0 to 1; a group with a statement of its own counts whole. */
export function coverageOf(reading: Reading, node: TreeNode): number {
  if (isStated(reading, node)) return 1;
  if (node.isOrdered || node.total === 0) return 0;
  let sum = 0;
  for (const place of node.children) {
    const child = nodeAt(reading.tree, place);
    if (child.weight > 0) sum += (child.weight / node.total) * coverageOf(reading, child);
  }
  return sum;
}

/** True if the statement on a group keeps it from being further. */
function isLimiting(reading: Reading, node: TreeNode, high: number): boolean {
  const own = reading.own(node);
  return own !== null && own.highOn !== null && reading.opened(node, own) <= high;
}
