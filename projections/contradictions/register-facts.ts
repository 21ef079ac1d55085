import { differences, putInto, takeFrom } from '../facts/differences.js';
import type { Fact, Facts } from '../facts/facts.js';
import { SharedList } from '../facts/shared-list.js';
import { isExplanation } from './explained.js';
import { FactsInOrder, type IndexedFact } from './fact-index.js';
import { Lateness } from './lateness.js';

/** The facts that may contradict each other, and the explanations. */
export type RegisterState = Facts<IndexedFact['type'] | 'ContradictionExplained'>;

type RegisterFact = RegisterState['facts'][number];
type WithdrawnFact = IndexedFact & Required<Pick<IndexedFact, 'withdrawn'>>;

/** The facts of a register up to a day, in the lists that it needs, each in the order (asOf, place) unless it says another one. */
export class RegisterFacts {
  readonly ordered = new FactsInOrder();
  /** Without the withdrawn ones. */
  readonly live: IndexedFact[] = [];
  /** The live ones by id. */
  readonly byId = new Map<string, IndexedFact>();
  /** The last explanation of each contradiction, by its id; withdrawn ones do not count. */
  explanations: ReadonlyMap<string, Fact<'ContradictionExplained'>> = new Map();
  /** The last withdrawal first. */
  readonly withdrawn: WithdrawnFact[] = [];
  private taken = SharedList.of<RegisterFact>([]);
  private lastPosition = -Infinity;
  private knownLateness: Lateness | undefined;

  get lateness(): Lateness {
    this.knownLateness ??= new Lateness(this.live);
    return this.knownLateness;
  }

  /**
   * Changes the lists to those of some facts: a fact that was in them before costs nothing. True if all others were
   * recorded after those, so that what was live before them is what it was.
   */
  become(facts: SharedList<RegisterFact>): boolean {
    const { gone, come, isAppended } = differences(this.taken, facts);
    const withdrawn = new Set(gone.map(({ id }) => id));
    const isLater =
      this.isRecordedAfter(come.filter(({ id }) => !withdrawn.delete(id))) && withdrawn.size === 0;
    const isInSequence = isAppended && isLater;
    this.taken = facts;
    for (const fact of gone) if (!isExplanation(fact)) this.remove(fact);
    for (const fact of come) {
      this.lastPosition = Math.max(this.lastPosition, fact.position);
      if (!isExplanation(fact)) this.add(fact);
    }
    if (gone.some(isWithdrawn) || come.some(isWithdrawn))
      this.withdrawn.sort((a, b) => b.withdrawn.position - a.withdrawn.position);
    if (gone.some(isExplanation) || come.some(isExplanation)) this.explanations = lastOf(this.taken.array);
    if (!isInSequence) this.knownLateness = undefined;
    for (const fact of come) if (isLive(fact)) this.knownLateness?.add(fact);
    return isLater;
  }

  private isRecordedAfter(facts: readonly RegisterFact[]): boolean {
    let last = this.lastPosition;
    for (const { position } of facts) {
      if (position < last) return false;
      last = position;
    }
    return true;
  }

  private add(fact: IndexedFact): void {
    this.ordered.add(fact);
    if (isWithdrawn(fact)) {
      this.withdrawn.push(fact);
      return;
    }
    putInto(this.live, fact);
    this.byId.set(fact.id, fact);
  }

  private remove(fact: IndexedFact): void {
    this.ordered.remove(fact);
    if (isWithdrawn(fact)) {
      this.withdrawn.splice(this.withdrawn.indexOf(fact), 1);
      return;
    }
    takeFrom(this.live, fact);
    this.byId.delete(fact.id);
  }
}

function lastOf(facts: readonly RegisterFact[]): RegisterFacts['explanations'] {
  const explanations = new Map<string, Fact<'ContradictionExplained'>>();
  for (const fact of facts)
    if (isExplanation(fact) && !fact.withdrawn) explanations.set(fact.data.contradiction, fact);
  return explanations;
}

function isLive(fact: RegisterFact): fact is IndexedFact {
  return !isExplanation(fact) && !fact.withdrawn;
}

function isWithdrawn(fact: RegisterFact): fact is WithdrawnFact {
  return !isExplanation(fact) && fact.withdrawn !== undefined;
}
