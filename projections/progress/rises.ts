import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import type { Record } from './record.js';
import type { Statements } from './saying.js';
import type { Reached } from './state.js';
import { type Amount, isDone as isDoneBy, isSmaller, type Statement } from './statement.js';
import { nodeAt, nodeOf, type TreeNode } from './tree.js';

/** What a fact changed beside the figures. */
export interface Effect {
  /** A level or an amount is above that of the last report on the same item or step, or is the first one. */
  isMore: boolean;
  /** It rose above a report before it, or was reached on the stated day. */
  isRise: boolean;
  /** An item with a stage is reached, and the report before did not say so. */
  isProduction: boolean;
}

/** The effect of a fact that changes nothing beside the figures. */
export const nothingElse: Effect = { isMore: false, isRise: false, isProduction: false };

const nothingReached: Reached = { top: 0, topAmount: null, last: null, lastAmount: null, isDone: false };

/** What the reports on items have reached so far. */
export class Rises {
  constructor(
    private readonly record: Record,
    private readonly today: Statements,
  ) {}

  /**
   * Notes a report on a node, planned or not; `isMore` compares it with the last report on the same node. The first level
   * is no rise: it may be older work. It is one where the day on which it was reached is stated.
   */
  report(key: string, said: Statement, entry: string, isDated: boolean): Effect {
    const node = nodeOf(this.record.tree, key);
    const before = this.record.states.last(key)?.reached ?? nothingReached;
    const level = said.point ?? said.low;
    if (level > 0 && this.record.begunOn === null) this.record.begunOn = this.today.day;
    const isDone = isDoneBy(said);
    if (level > before.top || isMore(said.amount, before.topAmount)) this.note(key, entry);
    this.today.set(key, {
      reached: {
        top: Math.max(level, before.top),
        topAmount: isMore(before.topAmount, said.amount)
          ? before.topAmount
          : (said.amount ?? before.topAmount),
        last: level,
        lastAmount: said.amount ?? before.lastAmount,
        isDone,
      },
    });
    if (node && (isDone || node.isOrdered)) this.raiseBelow(node, level);
    const isAbove = level > (before.last ?? 0) || isMore(said.amount, before.lastAmount);
    return {
      isMore: isAbove,
      isRise: isAbove && (isDated || before.last !== null),
      isProduction: isDone && !before.isDone && node?.step === undefined && node?.item?.stage !== undefined,
    };
  }

  /** Notes that a stage states leaves done. */
  enter(leaves: readonly TreeNode[], entry: string): void {
    for (const { key, step, item } of leaves) {
      if (this.raise(key, wholeBasisPoints)) this.note(key, entry);
      if (step && item) this.raise(item.id, wholeBasisPoints);
    }
  }

  /** The last rise of a node of the plan in force that has a weight, in itself and in all that is above it or below. */
  last(): { day: number; entry: string } | undefined {
    const { rises, tree } = this.record;
    for (let i = rises.length - 1; i >= 0; i -= 1) {
      const rise = rises.at(i);
      if (rise && nodeOf(tree, rise.node)?.isWeighted) return { day: rise.day, entry: rise.entry };
    }
    return undefined;
  }

  private raiseBelow({ children }: TreeNode, level: number): void {
    for (const place of children) {
      const child = nodeAt(this.record.tree, place);
      this.raise(child.key, level);
      this.raiseBelow(child, level);
    }
  }

  private raise(key: string, level: number): boolean {
    const reached = this.record.states.last(key)?.reached ?? nothingReached;
    if (level <= reached.top) return false;
    this.today.set(key, { reached: { ...reached, top: level } });
    return true;
  }

  private note(node: string, entry: string): void {
    this.record.rises.push({ day: this.today.day, entry, node });
  }
}

function isMore(amount: Amount | null, than: Amount | null): boolean {
  return isSmaller(than, amount);
}
