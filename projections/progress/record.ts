import type { Stage, WorkItem } from '../../domain/project/events.js';

import type { Found, Grown } from './found.js';
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
  tree: Tree = withoutPlan;

  constructor(kept: Kept = nothing) {
    this.states = new States(kept.states);
    this.plans = [...kept.plans];
    this.stages = [...kept.stages];
    this.found = [...kept.found];
    this.grown = [...kept.grown];
    this.rises = [...kept.rises];
    this.begunOn = kept.begunOn;
    this.tree = this.treeAt(Infinity);
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
