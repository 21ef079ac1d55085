import { lexicon1 } from '../src/domain/lexicon.js';
import { type PlanTree, planTree } from '../src/domain/plan.js';
import type { Speaker } from './entry-words.js';
import { type Fact, ofType } from './facts.js';
import { full, type ProgressFact, type Range, rangeOf } from './statements.js';

export type SceneFact = Fact<
  | 'PlanAdopted'
  | 'MilestoneReached'
  | 'ProgressMeasured'
  | 'InvestmentReported'
  | 'StallDeclared'
  | 'StallCleared'
  | 'StageEntered'
  | 'NoChangeReported'
>;

/** A word on an item or on one of its steps. */
export type ItemWord = Exclude<ProgressFact, { type: 'StageEntered' }>;

/** What the rules look at: facts that are live together, in the order (asOf, position), and the last plan among them. */
export interface Scene {
  facts: readonly SceneFact[];
  tree: PlanTree;
  /** The words on each item that was spoken of, planned or not. */
  words: ReadonlyMap<string, readonly ItemWord[]>;
  speaker: Speaker;
}

/** Sets the scene for facts in the order (asOf, position); trees are kept by plan, because scenes of one project share them. */
export function sceneOf(facts: readonly SceneFact[], trees: Map<string, PlanTree>): Scene {
  const plan = ofType(facts, 'PlanAdopted').at(-1);
  const tree = trees.get(plan?.id ?? '') ?? planTree(plan?.data.items ?? []);
  trees.set(plan?.id ?? '', tree);
  const words = new Map<string, ItemWord[]>();
  for (const fact of facts) {
    if (!isItemWord(fact)) continue;
    const list = words.get(fact.data.item);
    if (list) list.push(fact);
    else words.set(fact.data.item, [fact]);
  }
  const speaker = {
    item: (id: string) => tree.items.get(id),
    causeOf: () => undefined,
    entry: () => undefined,
  };
  return { facts, tree, words, speaker };
}

/** True for a word on an item or a step. */
export function isItemWord(fact: SceneFact): fact is ItemWord {
  return fact.type === 'MilestoneReached' || fact.type === 'ProgressMeasured';
}

/** The range that one word says of its item or step. */
export function saidRange(word: ItemWord, scene: Scene): Range {
  if (word.type === 'MilestoneReached') return full;
  return rangeOf(word.data.measure, scene.tree.items.get(word.data.item), lexicon1);
}

/** Before and after in the order (asOf, position). */
export function inOrder(a: Pick<Fact, 'asOf' | 'position'>, b: Pick<Fact, 'asOf' | 'position'>): number {
  if (a.asOf === b.asOf) return a.position - b.position;
  return a.asOf < b.asOf ? -1 : 1;
}
