import type { Day } from '../../domain/values/days/calendar.js';
import { type Copyable, Marks } from './marks.js';
import { inParts, type Steps } from './steps.js';

/** A fold of facts in the order (asOf, place). */
interface Fold<F> extends Copyable {
  add(fact: F): unknown;
}

/** A fact, and what of it a fold keeps beside it. */
interface FoldedFact {
  asOf: Day;
  type: string;
  data: object;
}

/**
 * The fold of one list of facts after another. Where the first facts of a list are those of the one before, it continues
 * after them: from the state itself, or after a late or withdrawn fact from a copy between two days before it.
 *
 * The facts are frozen, because a copy shares them.
 */
export class ContinuedFold<F extends FoldedFact, State extends Fold<F>> {
  private readonly facts: F[] = [];
  /** After all of its facts; absent while it is computed. */
  private state: State | undefined;
  private readonly marks = new Marks<State>(256);

  /** @param begin the fold of no facts */
  constructor(private readonly begin: () => State) {}

  /**
   * The fold of the first of some facts. What was returned for another list is then of this one.
   *
   * @param count how many of them
   * @param unchanged how many of the first ones are known to be those of the list before
   */
  *of(list: readonly F[], count = list.length, unchanged = 0): Steps<State> {
    const { facts, marks } = this;
    const same = this.sameWith(list, count, unchanged);
    const isContinued = this.state !== undefined && same === facts.length;
    if (!isContinued) marks.forgetFrom(same);
    const mark = isContinued ? undefined : marks.lastUpTo(same);
    const state = (isContinued && this.state) || (mark?.state.copy() ?? this.begin());
    // Until all steps are done there is nothing to continue from.
    this.state = undefined;
    facts.length = isContinued ? same : (mark?.count ?? 0);
    yield;
    for (const some of inParts(list.slice(facts.length, count))) {
      for (const fact of some) this.add(state, fact, count);
      yield;
    }
    this.state = state;
    return state;
  }

  /** True if a list has all facts of the fold first, so that its fold begins with no copy. */
  isContinuedBy(list: readonly F[], count = list.length): boolean {
    return this.sameWith(list, count) === this.facts.length;
  }

  private add(state: State, fact: F, end: number): void {
    const { facts } = this;
    const last = facts.at(-1);
    if (last && last.asOf < fact.asOf) this.marks.pass(state, facts.length, end);
    Object.freeze(fact);
    if ('items' in fact.data && Array.isArray(fact.data.items)) fact.data.items.forEach(Object.freeze);
    facts.push(fact);
    state.add(fact);
  }

  /** How many facts both lists have first. */
  private sameWith(list: readonly F[], count: number, unchanged = 0): number {
    const { facts } = this;
    const most = Math.min(facts.length, count);
    let same = Math.min(unchanged, most);
    while (same < most && facts[same] === list[same]) same += 1;
    return same;
  }
}
