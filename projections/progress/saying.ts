import type { Stage } from '../../domain/project/events.js';
import { isStatedBy } from '../../domain/project/plan.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import { alone, atLeast, combined, type Saying } from './own.js';
import { Reading } from './reading.js';
import type { Record } from './record.js';
import { lowered } from './scope.js';
import { type NodeState, nothingSaid, type Own } from './state.js';
import { compareAmounts, isOfMore, type Statement, statementOf } from './statement.js';
import { leavesFrom, nodeAt, nodeOf, type TreeNode } from './tree.js';

/** The statements of one day, applied one after the other to the record. */
export class Statements {
  /** The places of nodes that something was stated at or below on this day. */
  readonly touched = new Set<number>();

  constructor(
    private readonly record: Record,
    readonly day: number,
  ) {}

  /** A statement on a node: "done" of a group states done of every leaf below it. */
  say(key: string, said: Statement, saying: Saying): void {
    const node = nodeOf(this.record.tree, key);
    if (node && node.children.length > 0 && said.low >= wholeBasisPoints) {
      for (const leaf of leavesFrom(this.record.tree, node)) this.sayOn(leaf.key, leaf, said, saying);
    } else {
      this.sayOn(key, node, said, saying);
      if (node?.step) this.sayOfEarlierSteps(node, said, saying);
    }
    if (node && !node.step && said.low >= wholeBasisPoints) this.derive(node, saying);
  }

  /** Entering a stage states done of the items that it implies. */
  enter(stage: Stage, entry: string): TreeNode[] {
    const { tree } = this.record;
    const leaves = tree.nodes.filter((node) => isLeafStatedBy(stage, node));
    for (const leaf of leaves) this.deriveOn(leaf, this.day, entry);
    return leaves;
  }

  /** Under the first plan, the stages entered before it state done of its items. */
  enterEarlier(): void {
    const { tree, stages } = this.record;
    for (const { stage, day, entry } of stages)
      for (const node of tree.nodes) if (isLeafStatedBy(stage, node)) this.deriveOn(node, day, entry);
  }

  /** An amount without a total of its own, read with the total of a new plan. */
  readAgain(node: TreeNode, plan: string, lexicon: Lexicon): void {
    const own = this.record.states.last(node.key)?.own;
    if (!own) return;
    if (!own.withoutTotal || own.lastOn === null || own.lastBy === null) return;
    const said = statementOf(own.withoutTotal, node.item, lexicon);
    if (isSameTotal(own, said)) return;
    const saying = { day: own.lastOn, entry: own.lastBy, change: undefined, withoutTotal: own.withoutTotal };
    if (isOfMore(own.amount, said.amount) && said.high < own.low) this.grew(node, said, plan);
    this.set(node.key, { own: alone(said, saying) });
  }

  /** Sets members of the state of a node on this day. */
  set(key: string, change: Partial<NodeState>): void {
    const { states } = this.record;
    states.set(key, { ...(states.last(key) ?? nothingSaid), ...change, day: this.day });
  }

  private sayOn(key: string, node: TreeNode | undefined, said: Statement, saying: Saying): void {
    const state = this.record.states.last(key) ?? nothingSaid;
    const { own, fell, hasGrown } = combined(state.own, said, saying);
    if (node) {
      if (hasGrown) this.grew(node, said, saying.entry);
      else if (saying.change === 'undone') this.lower(node, said);
      this.touch(node);
    }
    if (said.isExact) this.settle(key, said, saying.entry);
    if (fell && state.own) {
      this.record.found.push({
        kind: fell,
        node: key,
        day: this.day,
        upper: [fell === 'fell' ? state.own.lowBy : (state.own.amountBy ?? state.own.lowBy)],
        lower: [saying.entry],
        settledBy: null,
        toReach: fell === 'fell' ? state.own.low : state.own.amount,
      });
    }
    this.record.states.set(key, { ...state, own, derived: null, day: this.day });
  }

  /** Another exact statement of the same day that reaches the higher one settles a fall. */
  private settle(key: string, said: Statement, entry: string): void {
    const { found } = this.record;
    for (let i = found.length - 1; i >= 0; i -= 1) {
      const one = found[i];
      if (one?.day !== this.day) return;
      if (one.node !== key || one.settledBy !== null || one.toReach === null) continue;
      const isReached =
        typeof one.toReach === 'number'
          ? said.low >= one.toReach
          : said.amount !== null && (compareAmounts(said.amount, one.toReach) ?? -1) >= 0;
      if (isReached) found[i] = { ...one, settledBy: entry };
    }
  }

  private sayOfEarlierSteps(step: TreeNode, said: Statement, saying: Saying): void {
    const { tree, states } = this.record;
    for (const place of nodeAt(tree, step.parent).children) {
      if (place >= step.place) return;
      const { key } = nodeAt(tree, place);
      this.set(key, { own: atLeast(states.last(key)?.own ?? null, said, saying) });
    }
  }

  /** Reaching an item may state another one done, and so on. */
  private derive(reached: TreeNode, { entry }: Saying): void {
    const { tree } = this.record;
    const seen = new Set<number>();
    const follow = (from: TreeNode) => {
      for (const leaf of from.children.length > 0 && !from.isOrdered ? leavesFrom(tree, from) : [from]) {
        const states = leaf.step ? undefined : leaf.item?.states;
        const next = states === undefined ? undefined : nodeOf(tree, states);
        if (!next || seen.has(next.place)) continue;
        seen.add(next.place);
        for (const part of leavesFrom(tree, next)) this.deriveOn(part, this.day, entry);
        follow(next);
      }
    };
    follow(reached);
  }

  private deriveOn(leaf: TreeNode, on: number, by: string): void {
    const state = this.record.states.last(leaf.key);
    if (state?.own?.lastOn != null && state.own.lastOn >= on) return;
    this.set(leaf.key, { derived: { on, by } });
    this.touch(leaf);
  }

  private grew(node: TreeNode, said: Statement, entry: string): void {
    const from = this.record.states.last(node.key)?.own?.amountBy ?? entry;
    this.record.grown.push({ node: node.key, day: this.day, from, to: entry });
    this.lower(node, said);
  }

  /** Less on purpose: statements of earlier days on the groups above come down. */
  private lower(part: TreeNode, said: Statement): void {
    const { tree, states } = this.record;
    const before = new Reading(states, tree, Infinity);
    for (let place = part.parent; place >= 0; place = nodeAt(tree, place).parent) {
      const group = nodeAt(tree, place);
      const own = states.last(group.key)?.own;
      if (own) this.set(group.key, { own: lowered(group, own, part, said, before, this.day) });
    }
  }

  private touch(node: TreeNode): void {
    for (let { place } = node; place >= 0; place = nodeAt(this.record.tree, place).parent)
      this.touched.add(place);
  }
}

function isSameTotal(own: Own, said: Statement): boolean {
  return (
    own.low === said.low && own.high === said.high && (own.amount?.of === null) === (said.amount?.of === null)
  );
}

function isLeafStatedBy(stage: Stage, { item, children }: TreeNode): boolean {
  return item !== undefined && children.length === 0 && isStatedBy(stage, item);
}
