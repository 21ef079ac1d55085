import type { Stage } from '../../domain/project/events.js';
import type { Change } from '../../domain/project/facts/progress-measured.js';
import { isStatedBy } from '../../domain/project/stages.js';
import { isSame } from '../../domain/values/equal.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import type { Found } from './found.js';
import { combined, type Saying } from './own.js';
import type { Record } from './record.js';
import { lowered } from './scope.js';
import { type NodeState, nothingSaid } from './state.js';
import { done, isAsMuch, isDone, isOfMore, type Statement, statementOf } from './statement.js';
import { leavesFrom, nodeAt, nodeOf, type TreeNode } from './tree.js';

/** A statement on a step, which says at least as much of the steps before it. */
export interface Raise {
  step: TreeNode;
  said: Statement;
  saying: Saying;
}

/** The statements of one day, applied one after the other to the record. */
export class Statements {
  /** The places of nodes that something was stated at or below. */
  readonly touched = new Set<number>();
  /** Statements marked as less on purpose, by node. */
  readonly marked = new Map<string, { change: Change; entry: string }>();
  /** What holds at the end of the day, whatever the order within it. */
  readonly raises: Raise[] = [];
  /** Items without parts that a stage or another item states done. */
  readonly derived: { item: TreeNode; entry: string }[] = [];
  /** The keys of nodes with an own statement. */
  readonly spoken = new Set<string>();
  /** By node: the places of the open falls of this day among what was found. */
  private readonly falls = new Map<string, number[]>();

  constructor(
    private readonly record: Record,
    readonly day: number,
  ) {}

  /** A statement on a node: "done" of a group states done of every leaf below it. */
  say(key: string, said: Statement, saying: Saying): void {
    const { tree } = this.record;
    const node = nodeOf(tree, key);
    if (!node) this.sayOn(key, undefined, said, saying);
    else if (node.children.length > 0 && isDone(said))
      for (const leaf of leavesFrom(tree, node))
        this.sayOn(leaf.key, leaf, done, { ...saying, withoutTotal: null });
    else if (this.sayOn(key, node, said, saying) && node.step) this.raises.push({ step: node, said, saying });
    if (node && !node.step && isDone(said)) this.deriveFrom(node, saying.entry);
  }

  /** Entering a stage states done of the items that it implies; returns their nodes without parts. */
  enter(stage: Stage, entry: string): TreeNode[] {
    const items = itemsStatedBy(stage, this.record.tree.nodes);
    for (const item of items) this.derive(item, entry);
    return items.flatMap((item) => [...leavesFrom(this.record.tree, item)]);
  }

  /** Under the first plan, the stages entered before it state done of its items. */
  enterEarlier(): void {
    const { tree, stages, states } = this.record;
    for (const { stage, day, entry } of stages)
      for (const item of itemsStatedBy(stage, tree.nodes))
        for (const { key } of leavesFrom(tree, item))
          if ((states.last(key)?.own?.lastOn ?? -Infinity) < day)
            this.set(key, { derived: { on: day, by: entry } });
  }

  /** An amount without a total of its own, read with the total of a new plan. */
  readAgain(node: TreeNode, plan: string, lexicon: Lexicon): void {
    const own = this.record.states.last(node.key)?.own;
    if (!own?.withoutTotal || own.lastOn === null || own.lastBy === null) return;
    const said = statementOf(own.withoutTotal, node.item, lexicon);
    if (!said.amount?.of || isSame(said.amount.of, own.amount?.of)) return;
    const { lastOn: day, lastBy: entry, withoutTotal } = own;
    if (isOfMore(said.amount, own.amount) && said.high < own.low) this.grew(node, said, plan);
    // A range never lowers what was stated exactly before it.
    const before = this.record.states.at(node.key, day - 1)?.own ?? null;
    this.set(node.key, { own: combined(before, said, { day, entry, change: undefined, withoutTotal }).own });
  }

  /** Sets members of the state of a node on this day. */
  set(key: string, change: Partial<NodeState>): void {
    const { record } = this;
    record.set(key, { ...(record.states.last(key) ?? nothingSaid), ...change, day: this.day });
  }

  /** Combines a statement with what holds of a node; false if it lost against an exact one. */
  private sayOn(key: string, node: TreeNode | undefined, said: Statement, saying: Saying): boolean {
    const state = this.record.states.last(key) ?? nothingSaid;
    const { own, fell, hasGrown } = combined(state.own, said, saying);
    this.spoken.add(key);
    if (saying.change) this.marked.set(key, { change: saying.change, entry: saying.entry });
    if (node) {
      if (hasGrown) this.grew(node, said, saying.entry);
      else if (saying.change === 'undone') this.lower(node, said);
      this.touch(node);
    }
    if (said.isExact) this.settle(key, said, saying.entry);
    if (fell && state.own) {
      const { lowBy, amountBy, low, amount } = state.own;
      this.falls.set(key, [...(this.falls.get(key) ?? []), this.record.found.length]);
      this.record.found.push({
        kind: fell,
        node: key,
        day: this.day,
        upper: [fell === 'fell' ? lowBy : (amountBy ?? lowBy)],
        lower: [saying.entry],
        settledBy: null,
        toReach: fell === 'fell' ? low : amount,
      });
    }
    this.record.set(key, { ...state, own, derived: null, day: this.day });
    return own.lowBy === saying.entry || own.highBy === saying.entry;
  }

  /** Another exact statement of the same day that reaches the higher one settles a fall. */
  private settle(key: string, said: Statement, entry: string): void {
    const falls = this.falls.get(key);
    if (!falls) return;
    const { found } = this.record;
    const open = falls.filter((place) => {
      const one = found.at(place) as Found;
      const { toReach } = one;
      const isReached = typeof toReach === 'number' ? said.low >= toReach : isAsMuch(said.amount, toReach);
      if (isReached) found.set(place, { ...one, settledBy: entry });
      return !isReached;
    });
    this.falls.set(key, open);
  }

  /** Items that are reached may state other ones done. */
  private deriveFrom({ place }: TreeNode, entry: string): void {
    const { tree } = this.record;
    for (const { item, step } of [nodeAt(tree, place), ...below(tree.nodes, place)]) {
      const stated = step || item?.states === undefined ? undefined : nodeOf(tree, item.states);
      if (!stated) continue;
      for (const leaf of leavesFrom(tree, stated)) this.derive(itemNode(leaf, tree.nodes), entry);
    }
  }

  private derive(item: TreeNode, entry: string): void {
    this.derived.push({ item, entry });
    this.touch(item);
  }

  private grew(node: TreeNode, said: Statement, entry: string): void {
    const own = this.record.states.last(node.key)?.own;
    const [before, after] = [own?.amount?.of, said.amount?.of];
    if (before && after)
      this.record.grown.push({
        node: node.key,
        day: this.day,
        from: own?.amountBy ?? entry,
        to: entry,
        totals: [before, after],
      });
    this.lower(node, said);
  }

  /** Less on purpose: statements of earlier days on the groups above come down. */
  private lower(part: TreeNode, said: Statement): void {
    const { tree, states, reading } = this.record;
    for (let place = part.parent; place >= 0; place = nodeAt(tree, place).parent) {
      const group = nodeAt(tree, place);
      const own = states.last(group.key)?.own;
      if (own) this.set(group.key, { own: lowered(group, own, part, said, reading, this.day) });
    }
  }

  private touch(node: TreeNode): void {
    for (let { place } = node; place >= 0; place = nodeAt(this.record.tree, place).parent)
      this.touched.add(place);
  }
}

/** The items without parts that a stage states done. */
function itemsStatedBy(stage: Stage, nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.filter(
    ({ item, step, children, isOrdered }) =>
      item !== undefined && !step && (children.length === 0 || isOrdered) && isStatedBy(stage, item),
  );
}

/** The nodes below one; parents come before their parts. */
function below(nodes: readonly TreeNode[], place: number): TreeNode[] {
  const inside = new Set([place]);
  return nodes.filter((node) => inside.has(node.parent) && inside.add(node.place));
}

/** The item of a step, or the node itself. */
function itemNode(node: TreeNode, nodes: readonly TreeNode[]): TreeNode {
  return node.step ? (nodes[node.parent] as TreeNode) : node;
}
