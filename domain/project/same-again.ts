import { wholeBasisPoints } from '../values/amounts/basis-points.js';
import type { Decimal } from '../values/amounts/decimal.js';
import { compareQuantities } from '../values/amounts/quantity.js';
import { hashOf, hashOfText, isSame } from '../values/equal.js';
import { byParent } from './branches.js';
import type { Entries } from './entries.js';
import type { EventData, Measure, Plan, ProjectEvent, WorkItem } from './events.js';
import type { FactTable } from './facts/fact.js';
import { itemOf } from './facts/members.js';
import { itemTopic } from './facts/milestone-reached.js';
import { stageTopic } from './facts/stage-entered.js';
import { type Said, subjectOf, topicOf } from './said.js';
import { isLifeStage, isStatedBy } from './stages.js';

/**
 * The live entry with the content of an event: the last relevant entry for its day is equal.
 *
 * Source and author do not count, and a place counts where the event names one. A correction is repeated only by one of the same entry.
 */
export function lastLike(event: ProjectEvent, said: Entries): Said | undefined {
  const { asOf, corrects } = event.entry;
  if (corrects !== undefined)
    return said.lastCorrecting(corrects, (entry) => entry.entry.asOf === asOf && saysSame(entry, event));
  const plans = plansIn(said);
  const bears = (entry: Said) =>
    isOneSubject(entry, event, said.facts) ||
    takesBack(entry, event, plans) ||
    takesBack(event, entry, plans);
  let last: Said | undefined;
  for (const topic of topicsBearingOn(event, said.facts, plans)) {
    const word = said.lastOn(asOf, topic, bears);
    if (word && (last === undefined || said.inOrder(word, last) > 0)) last = word;
  }
  return last && saysSame(last, event) ? last : undefined;
}

/** Topics relevant to an event: its own and, between "done" and "not done", those of the related items and stages. */
function topicsBearingOn(
  event: ProjectEvent,
  facts: FactTable,
  plans: () => readonly Planned[],
): Set<string> {
  const topics = new Set([topicOf(event, facts)]);
  if (event.type === 'ProgressMeasured' && !isWhole(event.data.measure)) {
    topics.add(stageTopic);
    for (const { items } of plans())
      for (const group of itemsAbove(itemOf(event.data), items)) topics.add(itemTopic(group));
  }
  if (event.type === 'MilestoneReached' && event.data.step === undefined) {
    for (const { children } of plans())
      for (const item of itemsBelow(event.data.item, children)) topics.add(itemTopic(item));
  }
  if (event.type === 'StageEntered') {
    for (const { items } of plans())
      for (const item of items.values())
        if (isStatedBy(event.data.stage, item)) topics.add(itemTopic(item.id));
  }
  return topics;
}

/**
 * A hash of what an entry says, 32 bits unsigned: the same for two entries of one project of which `lastLike` may find that one repeats
 * the other, unless one of them is a correction.
 *
 * @param seed of the project
 */
export function sayingHash({ type, data, entry }: ProjectEvent, seed = 0): number {
  return hashOf(data, hashOfText(entry.asOf, hashOfText(type, seed)));
}

function saysSame(a: Said, b: ProjectEvent): boolean {
  if (a.type !== b.type) return false;
  if (b.entry.place !== undefined && b.entry.place !== a.entry.place) return false;
  if (b.entry.onBehalfOf !== undefined && b.entry.onBehalfOf !== a.entry.onBehalfOf) return false;
  // Former names are not part of the plan's content.
  if (a.type === 'PlanAdopted')
    return isSame(
      { ...a.data, version: 0, renames: undefined },
      { ...b.data, version: 0, renames: undefined },
    );
  return isSame(a.data, b.data);
}

/** The items of a plan by their id, and by their parent. */
interface Planned {
  items: ReadonlyMap<string, WorkItem>;
  children: ReturnType<typeof byParent>;
}

/** Cached data of a plan, for as long as the plan is referenced. */
const read = new WeakMap<Plan, Planned>();

function plannedIn(plan: Plan): Planned {
  let planned = read.get(plan);
  if (!planned) {
    const items = new Map(plan.items.map((item) => [item.id, item]));
    planned = { items, children: byParent(plan.items) };
    read.set(plan, planned);
  }
  return planned;
}

/** The items of every live plan, computed on first use. */
function plansIn(said: Entries): () => readonly Planned[] {
  let plans: Planned[] | undefined;
  return () => {
    plans ??= said.live('PlanAdopted').map(({ data }) => plannedIn(data));
    return plans;
  };
}

/** True if one entry reports done and the other one, for the same day, not done. */
function takesBack(a: ProjectEvent, b: ProjectEvent, plans: () => readonly Planned[]): boolean {
  if (a.type === 'ProgressMeasured') return !isWhole(a.data.measure) && isShortOf(a.data, b, plans);
  // Stages coexist; only a cancellation revokes them, and they revoke it.
  return (
    a.type === 'StageEntered' &&
    b.type === 'StageEntered' &&
    a.data.stage === 'cancelled' &&
    isLifeStage(b.data.stage)
  );
}

/** True if an entry reports an item done that a measure denies: the item itself, its group, or its stage. */
function isShortOf(
  measured: EventData['ProgressMeasured'],
  done: ProjectEvent,
  plans: () => readonly Planned[],
): boolean {
  const [item, { step }] = [itemOf(measured), measured];
  if (done.type === 'StageEntered') {
    return plans().some(({ items }) => {
      const planned = items.get(item);
      return planned !== undefined && isStatedBy(done.data.stage, planned);
    });
  }
  if (done.type !== 'MilestoneReached') return false;
  if (done.data.item === item) return done.data.step === undefined || step === undefined;
  return (
    done.data.step === undefined &&
    plans().some(({ items }) => itemsAbove(item, items).includes(done.data.item))
  );
}

function isWhole(measure: Measure): boolean {
  switch (measure.kind) {
    case 'percent':
      return measure.basisPoints === wholeBasisPoints;
    case 'count':
      return measure.of !== undefined && measure.done >= measure.of;
    case 'range':
      return measure.lowBasisPoints === wholeBasisPoints;
    case 'quantity':
      return measure.of !== undefined && isAtLeast(measure.done, measure.of);
    case 'storeys':
      return measure.reached === measure.of && !measure.isUnderWay;
    case 'word':
      return measure.word === 'done';
  }
}

function isAtLeast(done: Decimal, of: Decimal): boolean {
  return (compareQuantities({ amount: done }, { amount: of }) ?? -1) >= 0;
}

/** The groups around an item, nearest first. */
function itemsAbove(item: string, items: Planned['items']): string[] {
  const above: string[] = [];
  for (let up = items.get(item)?.parent; up !== undefined; up = items.get(up)?.parent) above.push(up);
  return above;
}

/** All parts of a group. */
function itemsBelow(group: string, children: Planned['children']): string[] {
  const below = (children.get(group) ?? []).map(({ id }) => id);
  // Grows during the loop: found groups are searched as well.
  for (const item of below) for (const { id } of children.get(item) ?? []) below.push(id);
  return below;
}

function isOneSubject(a: ProjectEvent, b: ProjectEvent, facts: FactTable): boolean {
  // Nearly all entries of a long project are of this kind.
  if (isWordOnItem(a) && isWordOnItem(b)) return a.data.item === b.data.item && a.data.step === b.data.step;
  const subject = subjectOf(b, facts);
  return subjectOf(a, facts).every((part, index) => part === subject[index]);
}

function isWordOnItem(event: ProjectEvent): event is ProjectEvent<'MilestoneReached' | 'ProgressMeasured'> {
  return event.type === 'MilestoneReached' || event.type === 'ProgressMeasured';
}
