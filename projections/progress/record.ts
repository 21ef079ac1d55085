import type { Stage, WorkItem } from '../../domain/project/events.js';
import { GrowingList } from '../facts/growing-list.js';
import type { Found, Grown } from './found.js';
import { Reading } from './reading.js';
import { type NodeState, States } from './state.js';
import { type Tree, treeOf, withoutPlan } from './tree.js';

/** A node, weighted or not, was reported further than in everything reported of it before. */
export interface Rise {
  day: number;
  entry: string;
  /** The key of the node. */
  node: string;
}

/** A plan in force from a day on. */
interface Adopted {
  day: number;
  entry: string;
  items: WorkItem[];
}

interface Entered {
  day: number;
  entry: string;
  stage: Stage;
}

/** Everything that the fold keeps, by day, as plain JSON. */
export interface Kept {
  states: (readonly [string, readonly NodeState[]])[];
  plans: Adopted[];
  stages: Entered[];
  found: Found[];
  grown: Grown[];
  rises: Rise[];
  /** The first day on which something was reported done or begun. */
  begunOn: number | null;
}

type Lists = Pick<Record, 'states' | 'plans' | 'stages' | 'found' | 'grown' | 'rises' | 'begunOn'>;

/** What the fold keeps, by day, so that it can go back to the end of any day. */
export class Record {
  readonly states: States;
  readonly plans: GrowingList<Adopted>;
  readonly stages: GrowingList<Entered>;
  readonly found: GrowingList<Found>;
  readonly grown: GrowingList<Grown>;
  readonly rises: GrowingList<Rise>;
  begunOn: number | null;
  /** The plan in force. */
  tree: Tree = withoutPlan;
  /** The latest figures; what a change of a state does not touch stays computed. */
  reading: Reading;
  /** By day, of ended days. */
  private readonly readings = new Map<number, Reading>();

  constructor({ states, plans, stages, found, grown, rises, begunOn }: Lists) {
    this.states = states;
    this.plans = plans;
    this.stages = stages;
    this.found = found;
    this.grown = grown;
    this.rises = rises;
    this.begunOn = begunOn;
    this.tree = this.treeAt(Infinity);
    this.reading = new Reading(this);
  }

  static from({ states, plans, stages, found, grown, rises, begunOn }: Kept = nothing): Record {
    return new Record({
      states: new States(states),
      plans: new GrowingList(plans),
      stages: new GrowingList(stages),
      found: new GrowingList(found),
      grown: new GrowingList(grown),
      rises: new GrowingList(rises),
      begunOn,
    });
  }

  /** A copy that is added to independently. */
  copy(): Record {
    const { states, plans, stages, found, grown, rises, begunOn } = this;
    return new Record({
      states: states.copy(),
      plans: plans.copy(),
      stages: stages.copy(),
      found: found.copy(),
      grown: grown.copy(),
      rises: rises.copy(),
      begunOn,
    });
  }

  /** Sets the state of a node on the latest day. */
  set(key: string, state: NodeState): void {
    this.states.set(key, state);
    this.reading.forget(key);
  }

  /** Puts an earlier state of a node back; undefined for none. */
  putBack(key: string, day: number, state: NodeState | undefined): void {
    this.states.putBack(key, day, state);
    this.reading.forget(key);
  }

  /** A plan comes into force. */
  adopt(plan: Adopted): void {
    this.plans.push(plan);
    this.tree = treeOf(plan.items);
    this.reading = new Reading(this);
  }

  /** The figures at the end of a day before the latest one. */
  readingAt(day: number): Reading {
    const known = this.readings.get(day);
    if (known) return known;
    if (this.readings.size === mostReadings) this.readings.clear();
    const reading = new Reading(this, day);
    this.readings.set(day, reading);
    return reading;
  }

  /** The plan in force at the end of a day. */
  treeAt(day: number): Tree {
    let place = this.plans.length - 1;
    while (place >= 0 && (this.plans.at(place) as Adopted).day > day) place -= 1;
    const plan = this.plans.at(place);
    return plan ? treeOf(plan.items) : withoutPlan;
  }

  /** Forgets a day and all later ones. */
  back(day: number): void {
    this.states.back(day);
    for (const list of [this.plans, this.stages, this.found, this.grown, this.rises]) cut(list, day);
    if (this.begunOn !== null && this.begunOn >= day) this.begunOn = null;
    this.tree = this.treeAt(Infinity);
    this.reading = new Reading(this);
    for (const known of this.readings.keys()) if (known >= day) this.readings.delete(known);
  }

  kept(): Kept {
    return {
      states: this.states.all(),
      plans: this.plans.slice(),
      stages: this.stages.slice(),
      found: this.found.slice(),
      grown: this.grown.slice(),
      rises: this.rises.slice(),
      begunOn: this.begunOn,
    };
  }
}

/** Groups with statements of their own read the day of their high; there are few. */
const mostReadings = 64;

const nothing: Kept = {
  states: [],
  plans: [],
  stages: [],
  found: [],
  grown: [],
  rises: [],
  begunOn: null,
};

function cut(list: GrowingList<{ day: number }>, day: number): void {
  let { length } = list;
  while (length > 0 && (list.at(length - 1) as { day: number }).day >= day) length -= 1;
  list.cut(length);
}
