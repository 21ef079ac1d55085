import type { Stage, WorkItem } from '../../domain/project/events.js';
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

/** What the fold keeps, by day, so that it can go back to the end of any day. */
export class Record {
  readonly states: States;
  readonly plans: Adopted[];
  readonly stages: Entered[];
  readonly found: Found[];
  readonly grown: Grown[];
  readonly rises: Rise[];
  begunOn: number | null;
  /** The plan in force. */
  tree: Tree = withoutPlan;
  /** The latest figures; what a change of a state does not touch stays computed. */
  reading: Reading;
  /** By day, of ended days. */
  private readonly readings = new Map<number, Reading>();

  constructor(kept: Kept = nothing) {
    this.states = new States(kept.states);
    this.plans = [...kept.plans];
    this.stages = [...kept.stages];
    this.found = [...kept.found];
    this.grown = [...kept.grown];
    this.rises = [...kept.rises];
    this.begunOn = kept.begunOn;
    this.tree = this.treeAt(Infinity);
    this.reading = new Reading(this);
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
    while (place >= 0 && (this.plans[place] as Adopted).day > day) place -= 1;
    const plan = this.plans[place];
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
      plans: [...this.plans],
      stages: [...this.stages],
      found: [...this.found],
      grown: [...this.grown],
      rises: [...this.rises],
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

function cut(list: { day: number }[], day: number): void {
  let length = list.length;
  while (length > 0 && (list[length - 1] as { day: number }).day >= day) length -= 1;
  list.length = length;
}
