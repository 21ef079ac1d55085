import type { IndexedFact } from './fact-index.js';

/** Facts that are live together, by whether one about a later day was recorded before them. */
export class Lateness {
  /** Recorded in the order of their days. */
  readonly onTime: IndexedFact[];
  /** The others, in the order of recording. */
  readonly late: readonly IndexedFact[];
  /** All without the last late one about each item; empty where each item has one late fact at most. */
  readonly withoutLast: IndexedFact[];
  private readonly isRepeated: boolean;

  /** @param live in the order (asOf, place) */
  constructor(live: readonly IndexedFact[]) {
    const { onTime, late } = recordedInOrder(live);
    this.onTime = onTime;
    this.late = late.sort((a, b) => a.position - b.position);
    const last = new Map(this.late.map((fact) => [aboutOf(fact), fact]));
    this.isRepeated = last.size < late.length;
    const isLast = new Set(last.values());
    this.withoutLast = this.isRepeated ? live.filter((fact) => !isLast.has(fact)) : [];
  }

  /** A fact about the latest day or a later one that was recorded after all others. */
  add(fact: IndexedFact): void {
    this.onTime.push(fact);
    if (this.isRepeated) this.withoutLast.push(fact);
  }
}

/** The item that a fact is about, or else its type. */
export function aboutOf({ type, data }: IndexedFact): string {
  return 'item' in data && data.item !== undefined ? `item ${data.item}` : type;
}

/** The facts for which no fact about a later day was recorded before them, and the others. */
function recordedInOrder(facts: readonly IndexedFact[]): { onTime: IndexedFact[]; late: IndexedFact[] } {
  const [onTime, late]: [IndexedFact[], IndexedFact[]] = [[], []];
  // The first recording of any fact about a later day, and of any about the day itself.
  let [first, ofDay, day] = [Infinity, Infinity, ''];
  for (let place = facts.length - 1; place >= 0; place -= 1) {
    const fact = facts[place] as IndexedFact;
    if (fact.asOf !== day) [first, ofDay, day] = [Math.min(first, ofDay), Infinity, fact.asOf];
    ofDay = Math.min(ofDay, fact.position);
    if (fact.position < first) onTime.push(fact);
    else late.push(fact);
  }
  return { onTime: onTime.reverse(), late };
}
