import { wholeProject } from '../../domain/project/facts/members.js';
import { dayNumber } from '../../domain/values/days/calendar.js';
import { firstWhere } from '../../domain/values/search.js';
import type { Fact } from '../facts/facts.js';
import { GrowingList } from '../facts/growing-list.js';

/** A report by which a figure rose, by which the project entered a stage, or by which something was produced. */
export type MoveFact = Fact<'MilestoneReached' | 'ProgressMeasured' | 'InvestmentReported' | 'StageEntered'>;

/** Days on which, by an entry, no figure rose, no stage was entered, or nothing was produced. */
export interface Stretch {
  /** The stall, the suspension or the report of no change. */
  fact: Fact<'StallDeclared' | 'StageEntered' | 'NoChangeReported'>;
  /** The item that it is about, with what lies under it; `wholeProject` for all. */
  node: string;
  what: 'rises' | 'stages' | 'productions';
  /** Both inclusive; empty if `to` is earlier. */
  from: number;
  to: number;
  isContradicted: boolean;
  /** The entry that ended it before its last day, which it states. */
  cutBy?: { id: string; position: number; to: number };
}

/** A stretch by its place in the order in which they were said. */
export type StretchPlace = number;

/** The entries that contradict a stretch, in the order (asOf, place). */
export interface Contradicting {
  /** The first ones. */
  first: MoveFact[];
  /** The number of further ones. */
  left: number;
}

/** Stretches with the reports that contradict them; within each kind the reports come in the order (asOf, place). */
export class Stretches {
  private readonly said = new GrowingList<Stretch>();
  /** The number of contradicted ones. */
  contradicted = 0;
  /** Those that a report may still contradict. */
  private readonly waiting: StretchPlace[] = [];
  /** By what they are and what they are about. */
  private readonly moves = {
    rises: new Map<string, Moves>(),
    stages: new Map<string, Moves>(),
    productions: new Map<string, Moves>(),
  };

  get all(): readonly Stretch[] {
    return this.said.slice();
  }

  at(place: StretchPlace): Stretch {
    return this.said.at(place) as Stretch;
  }

  add(stretch: Omit<Stretch, 'isContradicted'>): StretchPlace {
    const place = this.said.length;
    this.said.push(this.checked(stretch, place));
    return place;
  }

  change(place: StretchPlace, to: Partial<Pick<Stretch, 'fact' | 'node' | 'from' | 'to' | 'cutBy'>>): void {
    const stretch = this.at(place);
    if (stretch.isContradicted) this.contradicted -= 1;
    this.said.set(place, this.checked({ ...stretch, ...to }, place));
  }

  /** Adds a report about a day, on an item and those above it; it is also about the project. */
  move(day: number, what: Stretch['what'], fact: MoveFact, items: readonly string[]): void {
    this.movesOf(what, wholeProject).add(fact);
    for (const item of items) this.movesOf(what, item).add(fact);
    const { waiting } = this;
    let kept = 0;
    for (const place of waiting) {
      const stretch = this.at(place);
      const isOf = stretch.what === what;
      if (stretch.isContradicted || (isOf && stretch.to < day)) continue;
      const isAbout = isOf && (stretch.node === wholeProject || items.includes(stretch.node));
      if (isAbout && stretch.from <= day) this.contradict(place, stretch);
      else waiting[kept++] = place;
    }
    waiting.length = kept;
  }

  /** @param most maximum number of named entries */
  contradicting({ what, node, from, to }: Stretch, most: number): Contradicting {
    const { first, count } = this.movesOf(what, node).between(from, to, most);
    return { first, left: count - first.length };
  }

  /**
   * The first reports that contradicted a stretch until it was cut, by entries recorded before; undefined without one.
   *
   * @param most maximum number of reports that are looked at
   */
  contradictedBefore({ cutBy, ...stretch }: Stretch, most: number): MoveFact[] {
    if (!cutBy || stretch.fact.position > cutBy.position) return [];
    // Those about the day of the end are read together with it.
    const from = Math.max(stretch.from, stretch.to + 2);
    const { first } = this.contradicting({ ...stretch, from, to: cutBy.to }, most);
    return first.filter(({ position }) => position < cutBy.position);
  }

  private movesOf(what: Stretch['what'], node: string): Moves {
    const known = this.moves[what].get(node);
    if (known) return known;
    const moves = new Moves();
    this.moves[what].set(node, moves);
    return moves;
  }

  private checked(stretch: Omit<Stretch, 'isContradicted'>, place: StretchPlace): Stretch {
    const { what, node, from, to } = stretch;
    const isContradicted = this.movesOf(what, node).isAnyIn(from, to);
    if (isContradicted) this.contradicted += 1;
    else if (from <= to) this.waiting.push(place);
    return { ...stretch, isContradicted };
  }

  private contradict(place: StretchPlace, stretch: Stretch): void {
    this.said.set(place, { ...stretch, isContradicted: true });
    this.contradicted += 1;
  }
}

/** Reports of one kind in the order (asOf, place). */
class Moves {
  private readonly facts = new GrowingList<MoveFact>();

  add(fact: MoveFact): void {
    this.facts.push(fact);
  }

  /** True if any is about a day of a range, both ends inclusive. */
  isAnyIn(from: number, to: number): boolean {
    const first = this.facts.at(this.countBefore(from));
    return first !== undefined && dayNumber(first.asOf) <= to;
  }

  /** The first ones about the days of a range, both ends inclusive, and the number of all of them. */
  between(from: number, to: number, most: number): { first: MoveFact[]; count: number } {
    const start = this.countBefore(from);
    const count = Math.max(0, this.countBefore(to + 1) - start);
    return { first: this.facts.slice(start, start + Math.min(most, count)), count };
  }

  private countBefore(day: number): number {
    const { facts } = this;
    return firstWhere(0, facts.length, (index) => dayNumber((facts.at(index) as MoveFact).asOf) >= day);
  }
}
