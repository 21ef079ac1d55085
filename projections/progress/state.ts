import type { Measure } from '../../domain/project/events.js';
import { GrowingList } from '../facts/growing-list.js';
import type { Amount } from './statement.js';

/** What holds of a node by its own statements. Days are numbers, entries are ids, figures basis points; plain JSON. */
export interface Own {
  /** The day and the entry of its last own statement; null if only a later step says "at least" of it. */
  lastOn: number | null;
  lastBy: string | null;
  low: number;
  lowOn: number;
  lowBy: string;
  /** The largest exact low that still holds; null without one. */
  exactLow: number | null;
  exactOn: number;
  exactBy: string;
  /** Null if no best estimate was stated. */
  point: number | null;
  pointOn: number;
  pointBy: string;
  high: number;
  /** The day on which `high` was stated; null for the 100 % that nothing limits. */
  highOn: number | null;
  highBy: string | null;
  isHighExact: boolean;
  /** The last amount stated, unless a statement replaced it. */
  amount: Amount | null;
  amountBy: string | null;
  /** The last statement, if it is an amount without a total of its own: a later plan may give it one. */
  withoutTotal: Measure | null;
}

/** The statement of a stage, or of an item that states another one, that a node is done. */
export interface Derived {
  on: number;
  by: string;
}

/** What reports have reached so far on one node, for rises. */
export interface Reached {
  /** The highest level so far, in basis points. */
  top: number;
  topAmount: Amount | null;
  /** The level of the last report on it itself; null before its first one. */
  last: number | null;
  lastAmount: Amount | null;
  /** The last report said that the node as a whole is done. */
  isDone: boolean;
}

/** The state of a node at the end of a day; never changed in place. */
export interface NodeState {
  day: number;
  own: Own | null;
  derived: Derived | null;
  /** Of a group: lows stated below it before this day do not count for it; null without such a day. */
  lowsFrom: number | null;
  /** Of a group: the entry of its low that its parts contradict, so that they are not listed again. */
  above: string | null;
  reached: Reached | null;
}

/** The state of a node of which nothing was said. */
export const nothingSaid: NodeState = {
  day: -Infinity,
  own: null,
  derived: null,
  lowsFrom: null,
  above: null,
  reached: null,
};

/** The states of nodes by key, by day; nodes keep them while no plan names them. */
export class States {
  private readonly byKey: Map<string, GrowingList<NodeState>>;

  constructor(states: readonly (readonly [string, readonly NodeState[]])[] = []) {
    this.byKey = new Map(states.map(([key, list]) => [key, new GrowingList(list)]));
  }

  copy(): States {
    const copy = new States();
    for (const [key, list] of this.byKey) copy.byKey.set(key, list.copy());
    return copy;
  }

  /** The latest state of a node. */
  last(key: string): NodeState | undefined {
    return this.byKey.get(key)?.last;
  }

  /** The state of a node at the end of a day. */
  at(key: string, day: number): NodeState | undefined {
    const list = this.byKey.get(key);
    if (!list) return undefined;
    let [from, to] = [0, list.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((list.at(middle) as NodeState).day <= day) from = middle + 1;
      else to = middle;
    }
    return list.at(from - 1);
  }

  /** Sets the state of a node on the latest day. */
  set(key: string, state: NodeState): void {
    const list = this.byKey.get(key);
    if (!list) this.byKey.set(key, new GrowingList([state]));
    else if (list.last?.day === state.day) list.set(list.length - 1, state);
    else list.push(state);
  }

  /** Puts an earlier state of a node back; undefined for none. */
  putBack(key: string, day: number, state: NodeState | undefined): void {
    const list = this.byKey.get(key);
    if (!list) return;
    if (list.last && list.last.day >= day) list.cut(list.length - 1);
    if (state && list.last !== state) list.push(state);
    if (list.length === 0) this.byKey.delete(key);
  }

  /** Forgets all states of a day and later ones. */
  back(day: number): void {
    for (const [key, list] of this.byKey) {
      while (list.last && list.last.day >= day) list.cut(list.length - 1);
      if (list.length === 0) this.byKey.delete(key);
    }
  }

  /** All keys, in the order of their first statement. */
  keys(): Iterable<string> {
    return this.byKey.keys();
  }

  /** All states by key, oldest first. */
  all(): [string, NodeState[]][] {
    return [...this.byKey].map(([key, list]) => [key, list.slice()]);
  }
}
