import type { PlanStep, WorkItem } from '../../domain/project/events.js';
import { itemOf } from '../../domain/project/facts/members.js';
import { type PlanShape, type ShapedItem, shapeOf } from '../plan/plan-shape.js';

/** The place of the project itself in every tree. */
export const project = 0;

/** A node of the plan: the project, an item, or a step of an item without parts. */
export interface TreeNode {
  readonly place: number;
  /** What its state is kept by, whichever plan is in force. */
  readonly key: string;
  /** Absent for the project; for a step that of its item. */
  readonly item?: ShapedItem;
  readonly step?: PlanStep;
  readonly weight: number;
  /** The node above it; -1 for the project. */
  readonly parent: number;
  readonly children: readonly number[];
  /** The sum of the weights of its children. */
  readonly total: number;
  /** Its children are steps, which are done in order. */
  readonly isOrdered: boolean;
  /** It and everything above it has a weight above 0, and so has a leaf below it. */
  readonly isWeighted: boolean;
}

/** A plan as nodes by place, parents before their parts, siblings in the order of the plan. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
  readonly places: ReadonlyMap<string, number>;
  /** Items without parts, after all that they or the groups above them come after. */
  readonly inOrder: readonly TreeNode[];
  /** By place: what an item comes after, and what comes after it. */
  readonly before: readonly (readonly TreeNode[])[];
  readonly followers: readonly (readonly TreeNode[])[];
}

/** The key of a node; without an item that of the project. */
export function keyOf(about: { item?: string; step?: string }): string {
  const item = itemOf(about);
  return about.step === undefined ? item : item + separator + about.step;
}

/** The item and step of a key; both are absent for the project. */
export function aboutOf(key: string): { item?: string; step?: string } {
  const [item = '', step] = key.split(separator);
  return { ...(item === '' ? {} : { item }), ...(step === undefined ? {} : { step }) };
}

// No id of an item or a step has it.
const separator = '\n';

const trees = new WeakMap<PlanShape, Tree>();

/** The tree of a plan's items; plans of one shape share it. */
export function treeOf(items: readonly WorkItem[]): Tree {
  const shape = shapeOf(items);
  const known = trees.get(shape);
  if (known) return known;
  const tree = grown(shape);
  trees.set(shape, tree);
  return tree;
}

/** The tree without a plan: the project alone. */
export const withoutPlan: Tree = treeOf([]);

interface Sprout extends TreeNode {
  children: number[];
  total: number;
  isOrdered: boolean;
  isWeighted: boolean;
}

function grown(shape: PlanShape): Tree {
  const nodes: Sprout[] = [];
  const add = (about: Pick<TreeNode, 'key' | 'item' | 'step' | 'weight'>, above: Sprout | undefined) => {
    const node: Sprout = {
      ...about,
      place: nodes.length,
      parent: above?.place ?? -1,
      children: [],
      total: 0,
      isOrdered: false,
      isWeighted: about.weight > 0 && (above?.isWeighted ?? true),
    };
    nodes.push(node);
    above?.children.push(node.place);
    if (above) above.total += node.weight;
    return node;
  };
  const addParts = (above: Sprout, below: readonly number[]) => {
    for (const place of below) {
      const item = shape.items[place] as ShapedItem;
      addParts(add({ key: item.id, item, weight: item.weight }, above), shape.children[place] ?? []);
    }
    if (below.length > 0 || !above.item?.steps) return;
    above.isOrdered = true;
    for (const step of above.item.steps) {
      const key = keyOf({ item: above.item.id, step: step.id });
      add({ key, item: above.item, step, weight: step.weight }, above);
    }
  };
  addParts(add({ key: '', weight: 1 }, undefined), shape.roots);
  for (const node of [...nodes].reverse())
    if (node.children.length > 0 && !node.children.some((place) => nodes[place]?.isWeighted))
      node.isWeighted = false;
  const places = new Map(nodes.map(({ key, place }) => [key, place]));
  return { nodes, places, ...orderOf(shape, nodes, places) };
}

function orderOf(
  shape: PlanShape,
  nodes: readonly TreeNode[],
  places: ReadonlyMap<string, number>,
): Pick<Tree, 'inOrder' | 'before' | 'followers'> {
  const nodesOf = (ids: readonly string[]) =>
    ids.map((id) => nodes[places.get(id) ?? -1]).filter((node) => node !== undefined);
  const before = nodes.map(({ item, step }) => nodesOf(step ? [] : (item?.after ?? [])));
  const followers = nodes.map((): TreeNode[] => []);
  for (const node of nodes) for (const { place } of before[node.place] ?? []) followers[place]?.push(node);
  const inOrder = nodesOf(shape.leavesInOrder.map((place) => shape.items[place]?.id ?? ''));
  return { inOrder, before, followers };
}

/** True for an item without items in it, whether or not it has steps. */
export function isEnd({ item, children, isOrdered }: TreeNode): boolean {
  return item !== undefined && (children.length === 0 || isOrdered);
}

/** The node at a place. */
export function nodeAt(tree: Pick<Tree, 'nodes'>, place: number): TreeNode {
  return tree.nodes[place] as TreeNode;
}

/** The node of an item or a step; undefined if the plan does not name it. */
export function nodeOf(tree: Tree, key: string): TreeNode | undefined {
  const place = tree.places.get(key);
  return place === undefined ? undefined : tree.nodes[place];
}

/** All nodes below a node without parts of their own; the node itself if it has none. */
export function* leavesFrom(tree: Tree, { place, children }: TreeNode): Generator<TreeNode> {
  if (children.length === 0) yield nodeAt(tree, place);
  for (const child of children) yield* leavesFrom(tree, nodeAt(tree, child));
}

/** The share of a node in a node above it, 0 to 1. */
export function shareIn(tree: Tree, { place }: TreeNode, above: number): number {
  let share = 1;
  for (let at = nodeAt(tree, place); at.place !== above; ) {
    const parent = nodeAt(tree, at.parent);
    share *= parent.total === 0 ? 0 : at.weight / parent.total;
    at = parent;
  }
  return share;
}
