import type { Fact, FactList } from '../facts/facts.js';
import type { ProgressEntry } from '../progress/progress.js';

export type CompletionFact = Fact<
  'PlanAdopted' | 'MilestoneReached' | 'ProgressMeasured' | 'StageEntered' | 'StallDeclared' | 'StallCleared'
>;

export type Report = Exclude<ProgressEntry, { type: 'PlanAdopted' }>;

/** The reports among facts in the order (asOf, place). Most of those that are requested are among the last ones. */
export class Reports {
  private readonly known = new Map<string, { report: Report; rank: number }>();
  /** The facts before it are not in the map. */
  private from: number;

  constructor(private readonly facts: FactList<CompletionFact>) {
    this.from = facts.length;
  }

  get(entry: string): Report | undefined {
    return this.found(entry)?.report;
  }

  /** Its place among the facts; after all of them for what is no report. */
  rankOf(entry: string): number {
    return this.found(entry)?.rank ?? this.facts.length;
  }

  private found(entry: string): { report: Report; rank: number } | undefined {
    while (this.from > 0 && !this.known.has(entry)) {
      this.from -= 1;
      const fact = this.facts.at(this.from) as CompletionFact;
      if (fact.type !== 'PlanAdopted' && !isStall(fact))
        this.known.set(fact.id, { report: fact, rank: this.from });
    }
    return this.known.get(entry);
  }
}

/** True for a stall or its end. */
export function isStall(fact: CompletionFact): fact is Fact<'StallDeclared' | 'StallCleared'> {
  return fact.type === 'StallDeclared' || fact.type === 'StallCleared';
}
