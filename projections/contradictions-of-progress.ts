import type { WorkItem } from '../src/domain/events.js';
import { lexicon1 } from '../src/domain/lexicon.js';
import { isStatedBy } from '../src/domain/plan.js';
import { type Finding, finding } from './contradiction.js';
import { fallsOf } from './falls.js';
import { type ItemWord, inOrder, isItemWord, type Scene, type SceneFact, saidRange } from './scene.js';
import { type ProgressFact, type Range, rangeOf, saysDone, statedLeaf, weightedRange } from './statements.js';

export const progressRules = [progressFell, aheadOfPredecessor];

function progressFell(scene: Scene): Finding[] {
  const found: Finding[] = [];
  for (const [item, own] of scene.words) {
    const above = scene.tree.lineOf(item).slice(1);
    const done = above.flatMap((group) => (scene.words.get(group.id) ?? []).filter(saysDone));
    const whole = [...done, ...own.filter((word) => word.data.step === undefined)];
    const steps = new Set(own.map((word) => word.data.step));
    for (const step of steps) {
      // An item that is done is done in each of its steps.
      const others =
        step === undefined ? whole : whole.filter((word) => saidRange(word, scene).floor === 10000);
      const words =
        step === undefined ? others : [...others, ...own.filter((word) => word.data.step === step)];
      for (const { earlier, later, settledBy } of fallsOf(
        words.sort(inOrder).map((fact) => levelOf(fact, scene)),
      )) {
        found.push(
          finding('progress-fell', [{ fact: earlier }, { fact: later }], {
            settledBy: settledBy?.id,
          }),
        );
      }
    }
  }
  return found;
}

/** Walks through the statements and notes when an item gets ahead of what it comes after, and when no longer. */
function aheadOfPredecessor(scene: Scene): Finding[] {
  const progress = scene.facts.filter(isProgress);
  const relations = [...scene.tree.items.values()].flatMap((item) =>
    (item.after ?? []).flatMap((id): Relation[] => {
      const before = scene.tree.items.get(id);
      return before ? [{ item, before }] : [];
    }),
  );
  if (relations.length === 0) return [];
  const touching = relationsByItem(relations, scene);
  const walk = new Walk(scene);
  const open = new Map<Relation, Finding>();
  const found: Finding[] = [];
  for (const fact of progress) {
    const touched = new Set(walk.say(fact).flatMap((id) => touching.get(id) ?? []));
    for (const relation of touched) {
      const { item, before } = relation;
      const isAhead = Math.round(walk.range(item).floor) > Math.round(walk.range(before).ceiling);
      const known = open.get(relation);
      if (isAhead && !known) {
        const sides = [...walk.limiting(before), ...walk.evidence(item)]
          .sort(inOrder)
          .map((side) => ({ fact: side }));
        const [first, ...rest] = sides;
        if (!first) continue;
        const contradiction = finding('ahead-of-predecessor', [first, ...rest], {
          since: fact.asOf,
        });
        open.set(relation, contradiction);
        found.push(contradiction);
      } else if (!isAhead && known) {
        known.settledBy = fact.id;
        open.delete(relation);
      }
    }
  }
  return found;
}

interface Relation {
  item: WorkItem;
  before: WorkItem;
}

/** The relations that a word on an item may change: those of the item and of all that lies above it. */
function relationsByItem(relations: readonly Relation[], scene: Scene): ReadonlyMap<string, Relation[]> {
  const own = new Map<string, Relation[]>();
  for (const relation of relations) {
    for (const end of [relation.item.id, relation.before.id])
      own.set(end, [...(own.get(end) ?? []), relation]);
  }
  const all = new Map<string, Relation[]>();
  for (const id of scene.tree.items.keys()) {
    all.set(
      id,
      scene.tree.lineOf(id).flatMap((item) => own.get(item.id) ?? []),
    );
  }
  return all;
}

/** What is stated of every item, word after word. */
class Walk {
  private readonly words = new Map<string, ProgressFact[]>();
  private readonly stated = new Map<string, { range: Range; facts: readonly ProgressFact[] }>();

  constructor(private readonly scene: Scene) {}

  /** Takes the next word; answers the items of which it says something. */
  say(fact: ProgressFact): string[] {
    const { tree } = this.scene;
    const item = fact.type === 'StageEntered' ? undefined : tree.items.get(fact.data.item);
    if (fact.type === 'StageEntered') {
      const leaves = tree.leavesInOrder.filter((leaf) => isStatedBy(fact.data.stage, leaf));
      return leaves.flatMap((leaf) => this.sayLeaf(leaf, fact));
    }
    if (!item) return [];
    if (tree.childrenOf(item.id).length === 0) return this.sayLeaf(item, fact);
    if (saysDone(fact)) return tree.leavesOf(item.id).flatMap((leaf) => this.sayLeaf(leaf, fact));
    if (fact.type !== 'ProgressMeasured' || fact.data.step !== undefined) return [];
    this.forgetAbove(item);
    this.stated.set(item.id, { range: rangeOf(fact.data.measure, item, lexicon1), facts: [fact] });
    return [item.id];
  }

  range(item: WorkItem): Range {
    const stated = this.stated.get(item.id);
    if (stated) return stated.range;
    const children = this.scene.tree.childrenOf(item.id);
    if (children.length === 0) return { floor: 0, percent: 0, ceiling: 10000 };
    return weightedRange(children.map((child) => ({ range: this.range(child), weight: child.weight })));
  }

  /** The facts that keep an item's ceiling below 100 %. */
  limiting(item: WorkItem): SceneFact[] {
    return this.factsOf(item, (range) => range.ceiling < 10000);
  }

  /** The facts that give an item its floor. */
  evidence(item: WorkItem): SceneFact[] {
    return this.factsOf(item, (range) => range.floor > 0);
  }

  private factsOf(item: WorkItem, counts: (range: Range) => boolean): SceneFact[] {
    const stated = this.stated.get(item.id);
    if (stated) return counts(stated.range) ? [...stated.facts] : [];
    return [...new Set(this.scene.tree.childrenOf(item.id).flatMap((child) => this.factsOf(child, counts)))];
  }

  private sayLeaf(leaf: WorkItem, fact: ProgressFact): string[] {
    const words = [...(this.words.get(leaf.id) ?? []), fact];
    this.words.set(leaf.id, words);
    const stated = statedLeaf(leaf, words, lexicon1);
    if (!stated) return [];
    this.forgetAbove(leaf);
    this.stated.set(leaf.id, stated);
    return [leaf.id];
  }

  /** A word on a group stands until something in it is spoken of. */
  private forgetAbove(item: WorkItem): void {
    for (const group of this.scene.tree.lineOf(item.id).slice(1)) this.stated.delete(group.id);
  }
}

function levelOf(fact: ItemWord, scene: Scene) {
  const { floor, ceiling } = saidRange(fact, scene);
  return { fact, floor: Math.round(floor), ceiling: Math.round(ceiling) };
}

function isProgress(fact: SceneFact): fact is ProgressFact {
  return isItemWord(fact) || fact.type === 'StageEntered';
}
