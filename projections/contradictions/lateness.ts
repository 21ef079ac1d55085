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
    this.onTime = recordedInOrder(live);
    const isOnTime = new Set(this.onTime);
    this.late = live.filter((fact) => !isOnTime.has(fact)).sort((a, b) => a.position - b.position);
    const last = new Map(this.late.map((fact) => [aboutOf(fact), fact]));
    this.isRepeated = last.size < this.late.length;
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

/** The facts for which no fact about a later day was recorded before them. */
function recordedInOrder(facts: readonly IndexedFact[]): IndexedFact[] {
  let first = Infinity;
  // Backwards by day, each is on time if it was recorded before all facts of later days.
  const onTime: IndexedFact[] = [];
  let ofDay: IndexedFact[] = [];
  const end = () => {
    for (const { position } of ofDay) first = Math.min(first, position);
    ofDay = [];
  };
  for (const fact of facts.toReversed()) {
    if (ofDay[0] && ofDay[0].asOf !== fact.asOf) end();
    ofDay.push(fact);
    if (fact.position < first) onTime.push(fact);
  }
  return onTime.reverse();
}
