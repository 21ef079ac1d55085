import { wholeProject } from '../../domain/project/facts/members.js';
import { firstWhere } from '../../domain/values/search.js';
import type { Fact } from '../facts/facts.js';

/** A report by which a figure rose, or by which something was produced. */
export type MoveFact = Fact<'MilestoneReached' | 'ProgressMeasured' | 'InvestmentReported' | 'StageEntered'>;

/** Days on which, by an entry, no figure rose or nothing was produced. */
export interface Stretch {
  /** The stall, the suspension or the report of no change. */
  fact: Fact<'StallDeclared' | 'StageEntered' | 'NoChangeReported'>;
  /** The item that it is about, with what lies under it; `wholeProject` for all. */
  node: string;
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
  /** By what they are and what they are about. */
  private readonly moves = { rises: new Map<string, Moves>(), productions: new Map<string, Moves>() };

  add(said: Omit<Stretch, 'isContradicted'>): Stretch {
    const stretch = { ...said, isContradicted: false };
    this.all.push(stretch);
    this.check(stretch);
    return stretch;
  }

  change(stretch: Stretch, said: Partial<Pick<Stretch, 'fact' | 'node' | 'from' | 'to'>>): void {
    Object.assign(stretch, said);
    if (stretch.isContradicted) this.contradicted -= 1;
    this.check(stretch);
  }

  /** Adds a report about a day, on an item and those above it; it is also about the project. */
  move(day: number, what: Stretch['what'], fact: MoveFact, items: readonly string[]): void {
    this.movesOf(what, wholeProject).add(day, fact);
    for (const item of items) this.movesOf(what, item).add(day, fact);
    const { waiting } = this;
    let kept = 0;
    for (const stretch of waiting) {
      const isOf = stretch.what === what;
      if (stretch.isContradicted || (isOf && stretch.to < day)) continue;
      const isAbout = isOf && (stretch.node === wholeProject || items.includes(stretch.node));
      if (isAbout && stretch.from <= day) this.contradict(stretch);
      else waiting[kept++] = stretch;
    }
    waiting.length = kept;
  }

  /** @param most maximum number of named entries */
  contradicting({ what, node, from, to }: Stretch, most: number): Contradicting {
    const { first, count } = this.movesOf(what, node).between(from, to, most);
    return { first, left: count - first.length };
  }

  private movesOf(what: Stretch['what'], node: string): Moves {
    const known = this.moves[what].get(node);
    if (known) return known;
    const moves = new Moves();
    this.moves[what].set(node, moves);
    return moves;
  }

  private check(stretch: Stretch): void {
    const { what, node, from, to } = stretch;
    stretch.isContradicted = this.movesOf(what, node).isAnyIn(from, to);
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
