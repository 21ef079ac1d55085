import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Found, FoundKind } from './found.js';
import { drawn, rounding } from './own.js';
import { Reading } from './reading.js';
import type { NodeState, Own, States } from './state.js';
import { nothingSaid } from './state.js';
import { nodeAt, type Tree, type TreeNode } from './tree.js';

/** A day whose statements are all known. */
export interface Ended {
  day: number;
  states: States;
  tree: Tree;
  /** Sets the state of a node on that day. */
  set(key: string, state: NodeState): void;
  found(contradiction: Found): void;
}

/**
 * Decides between groups with own statements and what lies below them, deepest group first, once a day has ended
 * (docs/decisions/0052).
 */
export function endDay(ended: Ended, touched: ReadonlySet<number>): void {
  // Parents come before their parts, so the deepest ones have the highest places.
  for (const place of [...touched].sort((a, b) => b - a)) {
    const node = nodeAt(ended.tree, place);
    if (node.children.length === 0) continue;
    const reading = new Reading(ended.states, ended.tree, Infinity);
    const own = reading.own(node);
    if (own) new Decision(ended, reading, node, own).make();
  }
}

/** True if a group's own statement and what lies below it have something in common. */
export function fits(reading: Reading, node: TreeNode, own: Own): boolean {
  if (reading.highBelow(node, own.lowOn) < own.low - rounding) return false;
  return reading.lowBelow(node) <= reading.opened(node, own) + rounding;
}

class Decision {
  private readonly state: NodeState;

  constructor(
    private readonly ended: Ended,
    private readonly reading: Reading,
    private readonly node: TreeNode,
    private readonly own: Own,
  ) {
    this.state = reading.state(node) ?? nothingSaid;
  }

  make(): void {
    const { reading, node, own } = this;
    if (reading.highBelow(node, own.lowOn) < own.low - rounding) this.aboveParts();
    else {
      if (this.state.above !== null) this.set({ above: null });
      if (own.highOn === this.ended.day && reading.lowBelow(node) > own.high + rounding) this.belowParts();
    }
  }

  private aboveParts(): void {
    const { reading, node, own, state, ended } = this;
    const limiting = this.limiting(node, own.lowOn);
    const marked = limiting.find(({ isHighMarked, highOn }) => isHighMarked && highOn === ended.day);
    const isDropped =
      marked !== undefined ||
      (own.exactLow !== null && reading.exactHighBelow(node, own.lowOn) < own.exactLow - rounding);
    if (isDropped || state.above !== own.lowBy)
      this.found('above-parts', [own.lowBy], entriesOf(limiting), marked?.highBy ?? null);
    if (isDropped) {
      this.set({ own: null, derived: null, above: null });
      return;
    }
    // Vague parts do not lower an exact whole.
    const low = own.exactLow ?? 0;
    const now = { ...own, low, lowOn: own.exactOn, lowBy: own.exactBy };
    this.set({ own: own.low === low ? own : drawn(now), derived: null, above: now.lowBy });
  }

  private belowParts(): void {
    const { reading, node, own, ended } = this;
    const most = own.high + rounding;
    const isTooMuch =
      reading.lowBelow(node, ended.day) > most || (!own.isHighExact && reading.exactLowBelow(node) > most);
    if (!own.isHighMarked) this.found('below-parts', this.raising(node), [own.highBy ?? own.lowBy], null);
    this.set(isTooMuch ? { own: null, derived: null } : { lowsFrom: ended.day });
  }

  /** What keeps the parts of a group below 100 %, of what was stated on a day or later. */
  private limiting(node: TreeNode, since: number): Own[] {
    return node.children.flatMap((place) => {
      const child = nodeAt(this.ended.tree, place);
      const own = this.reading.own(child);
      const isSince = own !== null && (own.highOn ?? -Infinity) >= since;
      if (own && isSince && (child.children.length === 0 || own.high <= this.reading.high(child)))
        return this.reading.high(child) < wholeBasisPoints ? [own] : [];
      return this.limiting(child, since);
    });
  }

  /** The entries of the lows below a group that count for it. */
  private raising(node: TreeNode): string[] {
    const since = this.reading.state(node)?.lowsFrom ?? -Infinity;
    const entries = node.children.flatMap((place) => {
      const child = nodeAt(this.ended.tree, place);
      const own = this.reading.own(child);
      if (own && own.low > 0 && own.lowOn >= since && own.low >= this.reading.low(child)) return [own.lowBy];
      return this.raising(child);
    });
    return [...new Set(entries)];
  }

  private set(change: Partial<NodeState>): void {
    this.ended.set(this.node.key, { ...this.state, ...change, day: this.ended.day });
  }

  private found(kind: FoundKind, upper: string[], lower: string[], settledBy: string | null): void {
    this.ended.found({
      kind,
      node: this.node.key,
      day: this.ended.day,
      upper,
      lower,
      settledBy,
      toReach: null,
    });
  }
}

function entriesOf(limiting: readonly Own[]): string[] {
  return [...new Set(limiting.map(({ highBy }) => highBy ?? ''))];
}
