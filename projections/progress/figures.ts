import type { Reading } from './reading.js';
import { nodeAt, type TreeNode } from './tree.js';

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

/** The figure of a node by what was stated, without what that implies. */
export function statedFigure(reading: Reading, node: TreeNode): Figure {
  const own = reading.own(node);
  const [low, point, high] = [reading.low(node), reading.point(node), reading.high(node)];
  const parts = { nodes: node.children.map((place) => nodeAt(reading.tree, place).key) };
  const origin = (entry: string | null | undefined, isOwn: boolean): Origin => {
    if (entry != null && (isOwn || node.children.length === 0)) return { entry };
    return node.children.length > 0 ? parts : null;
  };
  return {
    low,
    point,
    high,
    lowFrom: origin(own?.lowBy, own !== null && own.low >= low),
    pointFrom: origin(own?.point == null ? own?.lowBy : own.pointBy, own?.point === point),
    highFrom: origin(own?.highBy, own !== null && reading.opened(node, own) <= high),
  };
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
