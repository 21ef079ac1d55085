import type { EventType } from '../src/domain/events.js';
import { lexicon1 } from '../src/domain/lexicon.js';
import { type PlanTree, planTree } from '../src/domain/plan.js';
import type { Speaker } from './entry-words.js';
import type { Fact } from './facts.js';
import { full, type ProgressFact, type Range, rangeOf } from './statements.js';

export { inOrder } from './places.js';

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

export type StallFact = Fact<'StallDeclared' | 'StallCleared'>;

/** What was told of a project, in the order (asOf, place), by what it is about: made once for all scenes of it. */
export class Told {
  readonly words = new Map<string, ItemWord[]>();
  readonly stalls: StallFact[] = [];
  private readonly byType = new Map<EventType, SceneFact[]>();

  constructor(readonly facts: readonly SceneFact[]) {
    for (const fact of facts) {
      listIn(this.byType, fact.type).push(fact);
      if (isItemWord(fact)) listIn(this.words, fact.data.item).push(fact);
      if (fact.type === 'StallDeclared' || fact.type === 'StallCleared') this.stalls.push(fact);
    }
  }

  ofType<T extends SceneFact['type']>(type: T): readonly Fact<T>[] {
    return (this.byType.get(type) ?? []) as unknown as Fact<T>[];
  }
}

/**
 * What the rules look at: facts that are live together, in the order (asOf, place), and the last plan among them.
 *
 * Only what a rule asks for is looked through, because one project has a scene for every withdrawal.
 */
export class Scene {
  readonly tree: PlanTree;
  readonly speaker: Speaker;
  private live: readonly SceneFact[] | undefined;
  private readonly lists = new Map<string, readonly SceneFact[]>();

  /** @param trees by plan, because scenes of one project share them */
  constructor(
    private readonly told: Told,
    private readonly isLive: (fact: SceneFact) => boolean,
    trees: Map<string, PlanTree>,
  ) {
    const plan = told.ofType('PlanAdopted').findLast(isLive);
    const tree = trees.get(plan?.id ?? '') ?? planTree(plan?.data.items ?? []);
    trees.set(plan?.id ?? '', tree);
    this.tree = tree;
    this.speaker = { item: (id) => tree.items.get(id), causeOf: () => undefined, entry: () => undefined };
  }

  get facts(): readonly SceneFact[] {
    this.live ??= this.told.facts.filter(this.isLive);
    return this.live;
  }

  /** Declared stalls and their ends. */
  get stalls(): readonly StallFact[] {
    return this.list('stalls', this.told.stalls);
  }

  ofType<T extends SceneFact['type']>(type: T): readonly Fact<T>[] {
    return this.list(`type ${type}`, this.told.ofType(type) as readonly SceneFact[]) as unknown as Fact<T>[];
  }

  /** The words on an item, planned or not. */
  wordsOn(item: string): readonly ItemWord[] {
    return this.list(`item ${item}`, this.told.words.get(item) ?? []);
  }

  /** Each item that was spoken of, planned or not. */
  spokenItems(): string[] {
    return [...this.told.words.keys()].filter((item) => this.wordsOn(item).length > 0);
  }

  private list<F extends SceneFact>(name: string, all: readonly F[]): readonly F[] {
    const known = this.lists.get(name) as readonly F[] | undefined;
    if (known) return known;
    const live = all.filter(this.isLive);
    this.lists.set(name, live);
    return live;
  }
}

/** Sets the scene for facts in the order (asOf, place) that are all live together. */
export function sceneOf(facts: readonly SceneFact[], trees: Map<string, PlanTree>): Scene {
  return new Scene(new Told(facts), () => true, trees);
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

function listIn<K, F>(lists: Map<K, F[]>, key: K): F[] {
  const known = lists.get(key);
  if (known) return known;
  const list: F[] = [];
  lists.set(key, list);
  return list;
}
