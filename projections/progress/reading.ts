import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { holding, rounding } from './own.js';
import type { NodeState, Own, States } from './state.js';
import { nodeAt, type Tree, type TreeNode } from './tree.js';

/**
 * The bounds of every node on one day, from its own statements and from what lies below it, in basis points.
 *
 * Sums are added in the order of the plan, never updated by differences. Days without a limit are -Infinity.
 */
export class Reading {
  private readonly holdings: (Own | null | undefined)[] = [];
  private readonly highs: (number | undefined)[] = [];
  private readonly lows: (number | undefined)[] = [];

  /** @param day the end of which day; Infinity for the latest states */
  constructor(
    private readonly states: States,
    readonly tree: Tree,
    private readonly day: number,
  ) {}

  state({ key }: TreeNode): NodeState | undefined {
    return this.day === Infinity ? this.states.last(key) : this.states.at(key, this.day);
  }

  /** What holds of a node by statements on itself. */
  own(node: TreeNode): Own | null {
    const known = this.holdings[node.place];
    if (known !== undefined) return known;
    const own = holding(this.state(node));
    this.holdings[node.place] = own;
    return own;
  }

  /** The low of a node, by its own statement or the sum of its parts; only what was stated `from` a day on. */
  low(node: TreeNode, from = -Infinity): number {
    if (from !== -Infinity) return this.lowFrom(node, from);
    this.lows[node.place] ??= this.lowFrom(node, from);
    return this.lows[node.place] as number;
  }

  /** The sum of the lows below a group that count for it, stated `from` a day on. */
  lowBelow(node: TreeNode, from = -Infinity): number {
    const since = Math.max(from, this.state(node)?.lowsFrom ?? -Infinity);
    return this.sum(node, (child) => this.low(child, since));
  }

  /** The same of exact lows only. */
  exactLowBelow(node: TreeNode, from = -Infinity): number {
    const since = Math.max(from, this.state(node)?.lowsFrom ?? -Infinity);
    return this.sum(node, (child) => {
      const own = this.own(child);
      const low = own && own.exactLow !== null && own.exactOn >= since ? own.exactLow : 0;
      return child.children.length === 0 ? low : Math.max(low, this.exactLowBelow(child, since));
    });
  }

  high(node: TreeNode): number {
    this.highs[node.place] ??= this.highNow(node);
    return this.highs[node.place] as number;
  }

  /** The high of a node where only what was stated on a day or later counts; 100 % for the rest. */
  highSince(node: TreeNode, since: number): number {
    const own = this.own(node);
    const isSince = own !== null && (own.highOn ?? -Infinity) >= since;
    if (node.children.length === 0) return own && isSince ? own.high : wholeBasisPoints;
    return isSince ? this.high(node) : this.highBelow(node, since);
  }

  /** The sum of such highs below a group. */
  highBelow(node: TreeNode, since = -Infinity): number {
    return this.sumOfHighs(node, (child) => this.highSince(child, since));
  }

  /** The same where only exact highs count. */
  exactHighBelow(node: TreeNode, since: number): number {
    return this.sumOfHighs(node, (child) => {
      const own = this.own(child);
      const isCounted = own?.isHighExact === true && (own.highOn ?? -Infinity) >= since;
      if (child.children.length === 0) return own && isCounted ? own.high : wholeBasisPoints;
      return isCounted ? this.high(child) : this.exactHighBelow(child, since);
    });
  }

  /** The high of a group's own statement, with what has risen below since. */
  opened(node: TreeNode, own: Own): number {
    if (own.highOn === null) return wholeBasisPoints;
    const then = new Reading(this.states, this.tree, own.highOn);
    return Math.min(wholeBasisPoints, own.high + this.sum(node, (child) => this.risen(child, then)));
  }

  /** The point of a node; a leaf without a point has its low. */
  point(node: TreeNode): number {
    const own = this.own(node);
    if (node.children.length === 0) return own ? (own.point ?? own.low) : 0;
    const below = this.sum(node, (child) => this.point(child));
    return Math.min(this.high(node), Math.max(this.low(node), own?.point ?? 0, below));
  }

  /** Σ(weight × figure) / Σ weight over the parts of a group; 0 if no weight is above 0. */
  sum(node: TreeNode, figure: (child: TreeNode) => number): number {
    if (node.total === 0) return 0;
    let sum = 0;
    for (const place of node.children) {
      const child = nodeAt(this.tree, place);
      if (child.weight > 0) sum += child.weight * figure(child);
    }
    return sum / node.total;
  }

  /** The same for highs: a step nobody spoke of is no further than the step before it. */
  sumOfHighs(node: TreeNode, figure: (child: TreeNode) => number): number {
    if (node.total === 0) return wholeBasisPoints;
    let sum = 0;
    let before = wholeBasisPoints;
    for (const place of node.children) {
      const child = nodeAt(this.tree, place);
      if (child.weight === 0 && !node.isOrdered) continue;
      let high = figure(child);
      if (node.isOrdered) {
        high = this.limitedBy(before, child, high);
        before = high;
      }
      sum += child.weight * high;
    }
    return sum / node.total;
  }

  /** The high of a step after one with a high. */
  limitedBy(before: number, step: TreeNode, high: number): number {
    const own = this.own(step);
    return own?.lastOn != null ? high : Math.max(own?.low ?? 0, Math.min(before, high));
  }

  private lowFrom(node: TreeNode, from: number): number {
    const own = this.own(node);
    const low = own && own.lowOn >= from ? own.low : 0;
    return node.children.length === 0 ? low : Math.max(low, this.lowBelow(node, from));
  }

  private highNow(node: TreeNode): number {
    const own = this.own(node);
    if (node.children.length === 0) return own ? own.high : wholeBasisPoints;
    if (!own || own.highOn === null) return Math.max(this.low(node), this.highBelow(node));
    const high = Math.min(this.opened(node, own), this.highBelow(node, own.highOn));
    return Math.max(this.low(node), high);
  }

  /** By how much a node may have risen since an earlier day. */
  private risen(node: TreeNode, then: Reading): number {
    const own = this.own(node);
    if (own && isSaidAfter(own, then.day) && isOther(own, then.own(node)))
      return Math.max(0, this.high(node) - then.low(node));
    return node.children.length === 0 ? 0 : this.sum(node, (child) => this.risen(child, then));
  }
}

function isSaidAfter(own: Own, day: number): boolean {
  return own.lowOn > day || (own.lastOn !== null && own.lastOn > day);
}

function isOther(own: Own, then: Own | null): boolean {
  if (!then) return true;
  return Math.abs(own.low - then.low) > rounding || Math.abs(own.high - then.high) > rounding;
}
