import { beginsWith, type Fact, type Facts } from '../facts/facts.js';
import { isExplanation } from './explained.js';
import { FactsInOrder, type IndexedFact } from './fact-index.js';
import { Lateness } from './lateness.js';

/** The facts that may contradict each other, and the explanations. */
export type RegisterState = Facts<IndexedFact['type'] | 'ContradictionExplained'>;

type RegisterFact = RegisterState['facts'][number];
type WithdrawnFact = IndexedFact & Required<Pick<IndexedFact, 'withdrawn'>>;

/** The facts of a register up to a day, in the lists that it needs. Facts that follow all of them are added to these. */
export class RegisterFacts {
  readonly ordered = new FactsInOrder();
  /** Without the withdrawn ones, in the order (asOf, place). */
  readonly live: IndexedFact[] = [];
  /** The live ones by id. */
  readonly byId = new Map<string, IndexedFact>();
  /** The last explanation of each contradiction, by its id; withdrawn ones do not count. */
  readonly explanations = new Map<string, Fact<'ContradictionExplained'>>();
  /** The last withdrawal first. */
  readonly withdrawn: WithdrawnFact[] = [];
  private readonly taken: RegisterFact[] = [];
  private lastPosition = -Infinity;
  private knownLateness: Lateness | undefined;

  /**
   * The first of some facts in the order (asOf, place).
   *
   * @param before changed to these, if all further facts follow those it has, by day and by recording
   */
  static of(facts: readonly RegisterFact[], count: number, before?: RegisterFacts): RegisterFacts {
    const all = before?.isContinuedBy(facts, count) ? before : new RegisterFacts();
    all.add(facts, count);
    return all;
  }

  get lateness(): Lateness {
    this.knownLateness ??= new Lateness(this.live);
    return this.knownLateness;
  }

  private isContinuedBy(facts: readonly RegisterFact[], count: number): boolean {
    const { taken } = this;
    if (count < taken.length || !beginsWith(facts, taken)) return false;
    let last = this.lastPosition;
    for (let place = taken.length; place < count; place += 1) {
      const { position } = facts[place] as RegisterFact;
      if (position < last) return false;
      last = position;
    }
    return true;
  }

  private add(facts: readonly RegisterFact[], count: number): void {
    for (let place = this.taken.length; place < count; place += 1) {
      const fact = facts[place] as RegisterFact;
      this.taken.push(fact);
      this.lastPosition = Math.max(this.lastPosition, fact.position);
      if (!isExplanation(fact)) this.addIndexed(fact);
      else if (!fact.withdrawn) this.explanations.set(fact.data.contradiction, fact);
    }
    this.withdrawn.sort((a, b) => b.withdrawn.position - a.withdrawn.position);
  }

  private addIndexed(fact: IndexedFact): void {
    this.ordered.add(fact);
    if (isWithdrawn(fact)) {
      this.withdrawn.push(fact);
      return;
    }
    this.live.push(fact);
    this.byId.set(fact.id, fact);
    this.knownLateness?.add(fact);
  }
}

function isWithdrawn(fact: IndexedFact): fact is WithdrawnFact {
  return fact.withdrawn !== undefined;
}
