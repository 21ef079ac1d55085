import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { holding, rounding } from './own.js';
import type { NodeState, Own, States } from './state.js';
import { nodeAt, nodeOf, type Tree, type TreeNode } from './tree.js';

/** States and plans by day. */
export interface ByDay {
  readonly states: States;
  treeAt(day: number): Tree;
  /** The end of a day. */
  readingAt(day: number): Reading;
}

/** What others imply of a node without a statement. */
export interface ImpliedBounds {
  point: number;
  high: number;
}

/**
 * The bounds of every node on one day, from its own statements and from what lies below it, in basis points.
 *
 * Sums are added in the order of the plan, never updated by differences.
 */
export class Reading {
  /** By place; a figure that is not computed yet is NaN. */
  private readonly implied: (ImpliedBounds | undefined)[] = [];
  private stateOf: (NodeState | null | undefined)[] = [];
  private holdings: (Own | null | undefined)[] = [];
  private readonly lows: number[];
  private readonly highs: number[];
  private readonly points: number[];

  /** @param day the end of which day; without one the latest states */
  constructor(
    private readonly known: ByDay,
    readonly day = Infinity,
    readonly tree: Tree = known.treeAt(day),
    like?: Reading,
  ) {
    const { length } = tree.nodes;
    this.lows = like ? like.lows.slice() : new Array<number>(length).fill(Number.NaN);
    this.highs = like ? like.highs.slice() : new Array<number>(length).fill(Number.NaN);
    this.points = like ? like.points.slice() : new Array<number>(length).fill(Number.NaN);
    if (!like) return;
    this.stateOf = like.stateOf.slice();
    this.holdings = like.holdings.slice();
  }

  /** A reading of the same states, for figures that others imply. */
  copy(): Reading {
    return new Reading(this.known, this.day, this.tree, this);
  }

  /** Forgets what was computed of a node whose state changes, and of what is above it. */
  forget(key: string): void {
    const node = nodeOf(this.tree, key);
    if (!node) return;
    this.stateOf[node.place] = undefined;
    this.holdings[node.place] = undefined;
    this.forgetFigures(node);
  }

  state({ key, place }: TreeNode): NodeState | undefined {
    const known = this.stateOf[place];
    if (known !== undefined) return known ?? undefined;
    const { states } = this.known;
    const state = this.day === Infinity ? states.last(key) : states.at(key, this.day);
    this.stateOf[place] = state ?? null;
    return state;
  }

  /** What holds of a node by statements on itself. */
  own(node: TreeNode): Own | null {
    const known = this.holdings[node.place];
    if (known !== undefined) return known;
    const own = holding(this.state(node));
    this.holdings[node.place] = own;
    return own;
  }

  /** The low of a node, by its own statement or the sum of its parts. */
  low(node: TreeNode): number {
    const known = this.lows[node.place] as number;
    if (!Number.isNaN(known)) return known;
    const low = this.lowFrom(node, -Infinity);
    this.lows[node.place] = low;
    return low;
  }

  /** The same of what was stated on a day or later. */
  lowFrom(node: TreeNode, from: number): number {
    const own = this.own(node);
    const low = own && own.lowOn >= from ? own.low : 0;
    return node.children.length === 0 ? low : Math.max(low, this.lowBelow(node, from));
  }

  /** The sum of the lows below a group that count for it, of what was stated on a day or later. */
  lowBelow(node: TreeNode, from = -Infinity): number {
    const since = this.counting(node, from);
    return this.sum(node, (child) => (since === -Infinity ? this.low(child) : this.lowFrom(child, since)));
  }

  /** The same of exact lows only. */
  exactLowBelow(node: TreeNode, from = -Infinity): number {
    const since = this.counting(node, from);
    return this.sum(node, (child) => {
      const own = this.own(child);
      const low = own?.exactLow != null && own.exactOn >= since ? own.exactLow : 0;
      return child.children.length === 0 ? low : Math.max(low, this.exactLowBelow(child, since));
    });
  }

  high(node: TreeNode): number {
    const known = this.highs[node.place] as number;
    if (!Number.isNaN(known)) return known;
    const high = this.highNow(node);
    this.highs[node.place] = high;
    return high;
  }

  /** The high of a node where only what was stated on a day or later counts; 100 % for the rest. */
  highSince(node: TreeNode, since: number): number {
    if (node.children.length === 0) return this.leafHigh(node, since);
    const own = this.own(node);
    if (own && isHighSince(own, since)) return this.high(node);
    return Math.min(this.highBelow(node, since), this.impliedOf(node).high);
  }

  /** The sum of such highs below a group. */
  highBelow(node: TreeNode, since: number): number {
    return this.sum(node, (child) => this.highSince(child, since), wholeBasisPoints);
  }

  /** The same where only exact highs count. */
  exactHighBelow(node: TreeNode, since: number): number {
    return this.sum(
      node,
      (child) => {
        const own = this.own(child);
        const isCounted = own?.isHighExact === true && isHighSince(own, since);
        if (child.children.length === 0) return isCounted ? own.high : wholeBasisPoints;
        return isCounted ? this.high(child) : this.exactHighBelow(child, since);
      },
      wholeBasisPoints,
    );
  }

  /** The high of a group's own statement, with what has risen below since its day. */
  opened(node: TreeNode, own: Own): number {
    if (own.highOn === null) return wholeBasisPoints;
    const since = own.highOn;
    return own.high + this.sum(node, (child) => this.risen(child, since));
  }

  /** What is implied of a node; nothing limits one of which nothing is. */
  impliedOf({ place }: TreeNode): ImpliedBounds {
    return this.implied[place] ?? unlimited;
  }

  /** The point of a node; one without a point has its low. */
  point(node: TreeNode): number {
    const known = this.points[node.place] as number;
    if (!Number.isNaN(known)) return known;
    const point = this.pointSince(node, -Infinity);
    this.points[node.place] = point;
    return point;
  }

  /** Σ(weight × figure) / Σ weight over the parts of a group; `empty` if no weight is above 0. */
  sum(node: TreeNode, figure: (child: TreeNode) => number, empty = 0): number {
    if (node.total === 0) return empty;
    let sum = 0;
    for (const place of node.children) {
      const child = nodeAt(this.tree, place);
      if (child.weight > 0) sum += child.weight * figure(child);
    }
    return sum / node.total;
  }

  /** Sets what is implied of a node. */
  imply(node: TreeNode, bounds: ImpliedBounds): void {
    this.implied[node.place] = bounds;
    this.forgetFigures(node);
  }

  /** The day from which lows below a group count for it. */
  counting(node: TreeNode, from: number): number {
    return Math.max(from, this.state(node)?.lowsFrom ?? -Infinity);
  }

  private highNow(node: TreeNode): number {
    if (node.children.length === 0) return this.leafHigh(node, -Infinity);
    const own = this.own(node);
    const below =
      own?.highOn == null ? this.highBelow(node, -Infinity) : this.highByOwn(node, own, own.highOn);
    return Math.max(this.low(node), Math.min(below, this.impliedOf(node).high));
  }

  private highByOwn(node: TreeNode, own: Own, since: number): number {
    return Math.min(this.opened(node, own), this.highBelow(node, since));
  }

  /** A step that only later steps were stated of, or none, is no further than the step before it. */
  private leafHigh(node: TreeNode, since: number): number {
    const own = this.own(node);
    if (own && own.lastOn !== null) return isHighSince(own, since) ? own.high : wholeBasisPoints;
    const before = node.step && nodeAt(this.tree, node.place - 1);
    const most = Math.min(
      before?.step && before.parent === node.parent ? this.leafHigh(before, since) : wholeBasisPoints,
      this.impliedOf(node).high,
    );
    return own && own.low > most + rounding ? wholeBasisPoints : most;
  }

  /** The same of what was stated on a day or later. */
  pointSince(node: TreeNode, since: number): number {
    const own = this.own(node);
    const implied = this.impliedOf(node).point;
    const stated = own?.point != null && own.pointOn >= since ? own.point : 0;
    if (node.children.length === 0 && !own) return Math.min(implied, this.high(node));
    const from = this.counting(node, since);
    const parts = this.sum(node, (child) =>
      from === -Infinity ? this.point(child) : this.pointSince(child, from),
    );
    const point = Math.max(stated, parts, implied);
    return Math.min(Math.max(point, this.lowFrom(node, since)), this.high(node));
  }

  /** By how much a node may have risen since the end of an earlier day. */
  risen(node: TreeNode, day: number): number {
    const own = this.own(node);
    const isGroup = node.children.length > 0;
    if (isGroup && !(own && isHighSince(own, day + 1)))
      return this.sum(node, (child) => this.risen(child, day));
    if (!own || !isStatedAfter(own, day)) return 0;
    const before = this.known.readingAt(day).boundsOf(node.key);
    const high = this.high(node);
    const isSame = isEqual(this.low(node), before.low) && isEqual(high, before.high);
    return isSame ? 0 : Math.max(0, high - before.low);
  }

  /** The low of a node at the end of an earlier day. */
  lowOn(node: TreeNode, day: number): number {
    return this.known.readingAt(day).boundsOf(node.key).low;
  }

  /** A step limits the ones after it. */
  private forgetFigures(node: TreeNode): void {
    if (node.step)
      for (const place of nodeAt(this.tree, node.parent).children) {
        this.highs[place] = Number.NaN;
        this.points[place] = Number.NaN;
      }
    for (let { place } = node; place >= 0; place = nodeAt(this.tree, place).parent) {
      this.lows[place] = Number.NaN;
      this.highs[place] = Number.NaN;
      this.points[place] = Number.NaN;
    }
  }

  /** Low and high of a node, whether or not the plan has it. */
  private boundsOf(key: string): { low: number; high: number } {
    const node = nodeOf(this.tree, key);
    if (node) return { low: this.low(node), high: this.high(node) };
    const own = holding(this.known.states.at(key, this.day));
    return { low: own?.low ?? 0, high: own?.high ?? wholeBasisPoints };
  }
}

const unlimited: ImpliedBounds = { point: 0, high: wholeBasisPoints };

function isHighSince(own: Own, since: number): boolean {
  return (own.highOn ?? -Infinity) >= since;
}

function isStatedAfter(own: Own, day: number): boolean {
  return own.lowOn > day || (own.lastOn !== null && own.lastOn > day);
}

function isEqual(a: number, b: number): boolean {
  return Math.abs(a - b) <= rounding;
}
