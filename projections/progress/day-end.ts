import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { FoundKind } from './found.js';
import { atLeast, rounding } from './own.js';
import type { Reading } from './reading.js';
import type { Record } from './record.js';
import type { Raise, Statements } from './saying.js';
import { type NodeState, nothingSaid, type Own } from './state.js';
import { leavesFrom, nodeAt, type Tree, type TreeNode } from './tree.js';

/** A day whose statements are all known. */
export interface Ended {
  record: Record;
  today: Statements;
  /** Sets the state of a node on that day. */
  set(key: string, state: NodeState): void;
}

/**
 * Completes a day: what stages state, what later steps say of earlier ones, and last what holds between groups with own
 * statements and their parts, deepest group first (docs/decisions/0052).
 */
export function endDay(ended: Ended): void {
  const { record, today } = ended;
  for (const { item, entry } of today.derived) deriveOn(ended, item, entry);
  for (const raise of today.raises) raiseEarlierSteps(ended, raise);
  const { reading } = record;
  // Parents come before their parts, so the deepest ones have the highest places.
  for (const place of [...today.touched].sort((a, b) => b - a)) {
    const node = nodeAt(record.tree, place);
    const own = node.children.length > 0 && reading.own(node);
    if (own) new Decision(ended, reading, node, own).make();
  }
}

/** A derived statement never replaces an own one of the same day. */
function deriveOn({ record, today, set }: Ended, item: TreeNode, by: string): void {
  const { states, tree } = record;
  const leaves = [...leavesFrom(tree, item)];
  if ([item, ...leaves].some(({ key }) => today.spoken.has(key))) return;
  for (const { key } of leaves)
    set(key, { ...(states.last(key) ?? nothingSaid), derived: { on: today.day, by }, day: today.day });
}

function raiseEarlierSteps({ record, today, set }: Ended, { step, said, saying }: Raise): void {
  for (const place of nodeAt(record.tree, step.parent).children) {
    if (place >= step.place) return;
    const { key } = nodeAt(record.tree, place);
    const state = record.states.last(key) ?? nothingSaid;
    set(key, { ...state, own: atLeast(state.own, said, saying), day: today.day });
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
    else if (own.highOn === this.ended.today.day && reading.lowBelow(node) > own.high + rounding)
      this.belowParts();
    else if (this.state.above !== null) this.set({ above: null });
  }

  private aboveParts(): void {
    const { reading, node, own, state } = this;
    const measuredAgain = this.measuredAgain();
    const isDropped =
      measuredAgain !== null ||
      (own.exactLow !== null && reading.exactHighBelow(node, own.lowOn) < own.exactLow - rounding);
    if (isDropped || state.above !== own.lowBy)
      this.found('above-parts', [own.lowBy], this.limiting(node, own.lowOn), measuredAgain);
    if (isDropped) {
      this.set({ own: null, derived: null, above: null });
      return;
    }
    // Vague parts do not lower an exact whole.
    const low = own.exactLow ?? 0;
    const now = { ...own, low, lowOn: own.exactOn, lowBy: own.exactBy };
    this.set({ own: now, derived: null, above: now.lowBy });
  }

  private belowParts(): void {
    const { reading, node, own } = this;
    const { day, marked } = this.ended.today;
    const most = own.high + rounding;
    const isTooMuch =
      reading.lowBelow(node, day) > most || (!own.isHighExact && reading.exactLowBelow(node) > most);
    if (marked.get(node.key)?.entry !== own.highBy)
      this.found('below-parts', this.raising(node), [own.highBy ?? own.lowBy], null);
    this.set(isTooMuch ? { own: null, derived: null, above: null } : { lowsFrom: day, above: null });
  }

  /** The last entry on this day that measured something below again. */
  private measuredAgain(): string | null {
    const { record, today } = this.ended;
    let entry: string | null = null;
    for (const place of partsBelow(record.tree, this.node)) {
      const marked = today.marked.get(nodeAt(record.tree, place).key);
      if (marked?.change === 're-measured') entry = marked.entry;
    }
    return entry;
  }

  /** The entries that keep the parts of a group below 100 %, of what was stated on a day or later. */
  private limiting(node: TreeNode, since: number): string[] {
    const entries = node.children.flatMap((place) => {
      const child = nodeAt(this.ended.record.tree, place);
      const own = this.reading.own(child);
      if (!own || own.highBy === null || (own.highOn ?? -Infinity) < since)
        return this.limiting(child, since);
      return this.reading.high(child) < wholeBasisPoints ? [own.highBy] : [];
    });
    return [...new Set(entries)];
  }

  /** The entries of the lows below a group that count for it. */
  private raising(node: TreeNode): string[] {
    const since = this.reading.state(node)?.lowsFrom ?? -Infinity;
    const entries = node.children.flatMap((place) => {
      const child = nodeAt(this.ended.record.tree, place);
      const own = this.reading.own(child);
      if (own && own.low > 0 && own.lowOn >= since && own.low >= this.reading.low(child)) return [own.lowBy];
      return this.raising(child);
    });
    return [...new Set(entries)];
  }

  private set(change: Partial<NodeState>): void {
    this.ended.set(this.node.key, { ...this.state, ...change, day: this.ended.today.day });
  }

  private found(kind: FoundKind, upper: string[], lower: string[], settledBy: string | null): void {
    const { record, today } = this.ended;
    record.found.push({
      kind,
      node: this.node.key,
      day: today.day,
      upper,
      lower,
      settledBy,
      toReach: null,
    });
  }
}

/** The places of everything below a node. */
function* partsBelow(tree: Tree, { children }: TreeNode): Generator<number> {
  for (const place of children) {
    yield place;
    yield* partsBelow(tree, nodeAt(tree, place));
  }
}
