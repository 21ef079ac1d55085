import type { WorkItem } from '../src/domain/events.js';
import { lexicon1 } from '../src/domain/lexicon.js';
import { isStatedBy } from '../src/domain/plan.js';
import { type Finding, finding, type Rule } from './contradiction.js';
import { fallsOf } from './falls.js';
import { type ItemWord, inOrder, isItemWord, type Scene, type SceneFact, saidRange } from './scene.js';
import { type ProgressFact, type Range, rangeOf, saysDone, statedLeaf, weightedRange } from './statements.js';

export const progressRules: readonly Rule[] = [progressFell, aheadOfPredecessor];

function progressFell(scene: Scene, about?: SceneFact): Finding[] {
  if (about && !isItemWord(about)) return [];
  const found: Finding[] = [];
  for (const [item, own] of scene.words) {
    if (about && item !== about.data.item && !isWithin(item, about.data.item, scene)) continue;
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
        if (isOfMore(earlier, later)) continue;
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
function aheadOfPredecessor(scene: Scene, about?: SceneFact): Finding[] {
  const relations = relationsOf(scene, about);
  if (relations.length === 0) return [];
  const touching = relationsByItem(relations, scene);
  const near = nearOf(relations, scene);
  const progress = scene.facts.filter(isProgress);
  const walk = new Walk(scene);
  const open = new Map<Relation, Finding>();
  const found: Finding[] = [];
  for (const fact of progress) {
    if (fact.type !== 'StageEntered' && !near.has(fact.data.item)) continue;
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

/** The relations between the items of the plan; with `about`, those that it may bear on. */
function relationsOf(scene: Scene, about: SceneFact | undefined): Relation[] {
  const relations = [...scene.tree.items.values()].flatMap((item) =>
    (item.after ?? []).flatMap((id): Relation[] => {
      const before = scene.tree.items.get(id);
      return before ? [{ item, before }] : [];
    }),
  );
  if (!about || !isItemWord(about)) return relations;
  const { item } = about.data;
  return relations.filter((relation) =>
    endsOf(relation).some((end) => isWithin(item, end, scene) || isWithin(end, item, scene)),
  );
}

/** The ids of the items on whose words the relations rest: their ends, what lies in them, and the groups they lie in. */
function nearOf(relations: readonly Relation[], scene: Scene): ReadonlySet<string> {
  const { items, lineOf } = scene.tree;
  const ends = new Set(relations.flatMap(endsOf));
  const below = [...items.keys()].filter((id) => lineOf(id).some((above) => ends.has(above.id)));
  const above = [...ends].flatMap((end) => lineOf(end).map((item) => item.id));
  return new Set([...below, ...above]);
}

/** The relations that a word on an item may change: those of the item and of all that lies above it. */
function relationsByItem(relations: readonly Relation[], scene: Scene): ReadonlyMap<string, Relation[]> {
  const own = new Map<string, Relation[]>();
  for (const relation of relations) {
    for (const end of endsOf(relation)) own.set(end, [...(own.get(end) ?? []), relation]);
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

function endsOf({ item, before }: Relation): string[] {
  return [item.id, before.id];
}

/** True for an item that lies in a group, and for the group itself, under the plan of the scene. */
function isWithin(item: string, group: string, scene: Scene): boolean {
  return scene.tree.lineOf(item).some((above) => above.id === group);
}

/** True when as many or more are done of a total that has grown: the share fell, the work did not. */
function isOfMore(earlier: ItemWord, later: ItemWord): boolean {
  const [before, after] = [countedIn(earlier), countedIn(later)];
  return before !== undefined && after?.kind === before.kind && after.done >= before.done;
}

function countedIn(word: ItemWord): { kind: 'count' | 'storeys'; done: number } | undefined {
  if (word.type === 'MilestoneReached') return undefined;
  const { measure } = word.data;
  if (measure.kind === 'count') return { kind: 'count', done: measure.done };
  return measure.kind === 'storeys' ? { kind: 'storeys', done: measure.reached } : undefined;
}

function levelOf(fact: ItemWord, scene: Scene) {
  const { floor, ceiling } = saidRange(fact, scene);
  return { fact, floor: Math.round(floor), ceiling: Math.round(ceiling) };
}

function isProgress(fact: SceneFact): fact is ProgressFact {
  return isItemWord(fact) || fact.type === 'StageEntered';
}
