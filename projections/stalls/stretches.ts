import { firstWhere } from '../../domain/values/search.js';
import type { Fact } from '../facts/facts.js';

/** A report by which a figure rose, or by which something was produced. */
export type MoveFact = Fact<'MilestoneReached' | 'ProgressMeasured' | 'InvestmentReported' | 'StageEntered'>;

/** Days on which, by an entry, no figure rose or nothing was produced. */
export interface Stretch {
  /** The stall or the report of no change. */
  fact: Fact<'StallDeclared' | 'NoChangeReported'>;
  what: 'rises' | 'productions';
  /** Both inclusive; empty if `to` is earlier. */
  from: number;
  to: number;
  isContradicted: boolean;
}

/** The entries that contradict a stretch, in the order (asOf, place). */
export interface Contradicting {
  /** The first ones. */
  first: MoveFact[];
  /** The number of further ones. */
  left: number;
}

/** Stretches with the reports that contradict them; within each kind the reports come in the order (asOf, place). */
export class Stretches {
  readonly all: Stretch[] = [];
  /** The number of contradicted ones. */
  contradicted = 0;
  /** Those that a report may still contradict. */
  private waiting: Stretch[] = [];
  private readonly moves = { rises: new Moves(), productions: new Moves() };

  add(said: Omit<Stretch, 'isContradicted'>): Stretch {
    const stretch = { ...said, isContradicted: false };
    this.all.push(stretch);
    this.check(stretch);
    return stretch;
  }

  change(stretch: Stretch, said: Partial<Pick<Stretch, 'fact' | 'from' | 'to'>>): void {
    Object.assign(stretch, said);
    if (stretch.isContradicted) this.contradicted -= 1;
    this.check(stretch);
  }

  /** Adds a report about a day. */
  move(day: number, what: Stretch['what'], fact: MoveFact): void {
    this.moves[what].add(day, fact);
    const { waiting } = this;
    let kept = 0;
    for (const stretch of waiting) {
      const isOf = stretch.what === what;
      if (stretch.isContradicted || (isOf && stretch.to < day)) continue;
      if (isOf && stretch.from <= day) this.contradict(stretch);
      else waiting[kept++] = stretch;
    }
    waiting.length = kept;
  }

  /** @param most maximum number of named entries */
  contradicting({ what, from, to }: Stretch, most: number): Contradicting {
    const { first, count } = this.moves[what].between(from, to, most);
    return { first, left: count - first.length };
  }

  private check(stretch: Stretch): void {
    const { what, from, to } = stretch;
    stretch.isContradicted = this.moves[what].isAnyIn(from, to);
    if (stretch.isContradicted) this.contradicted += 1;
    else if (from <= to) this.waiting.push(stretch);
  }

  private contradict(stretch: Stretch): void {
    stretch.isContradicted = true;
    this.contradicted += 1;
  }
}

/** Reports of one kind in the order (asOf, place). */
class Moves {
  private readonly days: number[] = [];
  private readonly facts: MoveFact[] = [];

  add(day: number, fact: MoveFact): void {
    this.days.push(day);
    this.facts.push(fact);
  }

  /** True if any is about a day of a range, both ends inclusive. */
  isAnyIn(from: number, to: number): boolean {
    const first = this.days[this.countBefore(from)];
    return first !== undefined && first <= to;
  }

  /** The first ones about the days of a range, both ends inclusive, and the number of all of them. */
  between(from: number, to: number, most: number): { first: MoveFact[]; count: number } {
    const start = this.countBefore(from);
    const count = Math.max(0, this.countBefore(to + 1) - start);
    return { first: this.facts.slice(start, start + Math.min(most, count)), count };
  }

  private countBefore(day: number): number {
    const { days } = this;
    return firstWhere(0, days.length, (index) => (days[index] as number) >= day);
  }
}
