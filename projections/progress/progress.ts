import { itemOf } from '../../domain/project/facts/members.js';
import { type Day, dayNumber, dayOf } from '../../domain/values/days/calendar.js';
import type { Lexicon } from '../../domain/values/lexicon.js';
import type { Fact } from '../facts/facts.js';
import { endDay } from './day-end.js';
import type { Found } from './found.js';
import { adoptPlan } from './plan-step.js';
import type { Reading } from './reading.js';
import { type Kept, Record } from './record.js';
import { type Effect, nothingElse, Rises } from './rises.js';
import { Statements } from './saying.js';
import type { NodeState } from './state.js';
import { Stated, StatedOnDay } from './stated.js';
import { done, isWithoutTotal, statementOf } from './statement.js';
import { keyOf, nodeOf } from './tree.js';

/** A fact that the fold of progress takes. */
export type ProgressEntry = Fact<'PlanAdopted' | 'MilestoneReached' | 'ProgressMeasured' | 'StageEntered'>;

/** The state of a fold as plain JSON, from which `Progress.from` continues. */
export interface ProgressSnapshot extends Kept {
  /** The latest day, as a number; null before the first fact. */
  day: number | null;
  /** The facts of the latest day: what is decided at its end may change with a further one. */
  today: ProgressEntry[];
}

/**
 * The fold of progress: what plans and reports, in the order (asOf, place), state of every item and of the project
 * (docs/decisions/0052).
 *
 * A statement touches its node and marks the groups above. What is decided between groups and their parts at the end of
 * a day is computed when a later day begins or a figure is read, and again after a further fact of that day. For a late
 * or withdrawn entry, go `back` to its day and add the facts from there again.
 */
export class Progress extends Stated {
  private today: Statements;
  private rises: Rises;
  private facts: ProgressEntry[] = [];
  /** What `endDay` replaced on the open day; undefined while the day is not ended. */
  private replaced: { key: string; state: NodeState | undefined }[] | undefined;
  private foundBefore = 0;

  constructor(
    private readonly lexicon: Lexicon,
    record = Record.from(),
  ) {
    super(record);
    this.today = new Statements(this.record, -Infinity);
    this.rises = new Rises(this.record, this.today);
  }

  /** A fold that continues from a snapshot; the lexicon must be the same. */
  static from({ day, today, ...kept }: ProgressSnapshot, lexicon: Lexicon): Progress {
    const progress = new Progress(lexicon, Record.from(kept));
    if (day !== null) progress.takeAgain(day, today);
    return progress;
  }

  /** A copy that further facts are added to independently. */
  copy(): Progress {
    const progress = new Progress(this.lexicon, this.record.copy());
    if (Number.isFinite(this.today.day)) progress.takeAgain(this.today.day, this.facts);
    return progress;
  }

  snapshot(): ProgressSnapshot {
    const { day } = this.today;
    return { ...this.record.kept(), day: Number.isFinite(day) ? day : null, today: [...this.facts] };
  }

  /**
   * Adds a fact about the latest day or a later one; the last plan of a day counts from its beginning.
   *
   * @throws RangeError for a fact about an earlier day
   */
  add(fact: ProgressEntry): Effect {
    const day = dayNumber(fact.asOf);
    if (day < this.today.day)
      throw new RangeError(`an entry about ${fact.asOf}, expected ${dayOf(this.today.day)} or a later day`);
    if (day > this.today.day) {
      this.endDay();
      this.open(day);
    } else this.reopen();
    if (fact.type !== 'PlanAdopted' || this.facts.length === 0) return this.take(fact);
    const reports = this.facts.filter(({ type }) => type !== 'PlanAdopted');
    this.takeAgain(day, [fact, ...reports]);
    return nothingElse;
  }

  /** Forgets a day and all later ones; the caller adds their facts again. */
  back(day: Day): void {
    const number = dayNumber(day);
    if (number > this.today.day) return;
    this.record.back(number);
    this.open(number);
  }

  /** What was stated by the end of a day. */
  on(day: Day): Stated {
    const number = dayNumber(day);
    if (number >= this.today.day) return this;
    this.endDay();
    return new StatedOnDay(this.record, number);
  }

  /** The contradictions found so far, by the day on which they were found; those of earlier days stay as found. */
  get found(): readonly Found[] {
    this.endDay();
    return this.record.found.slice();
  }

  /** Those from a place on. */
  foundFrom(place: number): readonly Found[] {
    this.endDay();
    return place < this.record.found.length ? this.record.found.slice(place) : none;
  }

  /** The highest level reported of an item so far, in basis points. */
  topOf(item: string): number {
    return this.record.states.last(item)?.reached?.top ?? 0;
  }

  /** The last day and entry on which an item or step with a weight rose above everything reported of it. */
  get lastRise(): { day: number; entry: string } | undefined {
    return this.rises.last();
  }

  /** True once something was reported done or begun. */
  get hasBegun(): boolean {
    return this.record.begunOn !== null;
  }

  protected override reading(): Reading {
    this.endDay();
    return this.record.reading;
  }

  private open(day: number): void {
    this.today = new Statements(this.record, day);
    this.rises = new Rises(this.record, this.today);
    this.facts = [];
    this.replaced = undefined;
  }

  /** The facts of a day in place of those of that day and all later ones. */
  private takeAgain(day: number, facts: readonly ProgressEntry[]): void {
    this.record.back(day);
    this.open(day);
    for (const fact of facts) this.take(fact);
  }

  private take(fact: ProgressEntry): Effect {
    this.facts.push(fact);
    const { id } = fact;
    if (fact.type === 'PlanAdopted') {
      adoptPlan(this.record, this.today, { entry: id, items: fact.data.items }, this.lexicon);
      return nothingElse;
    }
    if (fact.type === 'StageEntered') {
      const { stage } = fact.data;
      this.record.stages.push({ day: this.today.day, entry: id, stage });
      this.rises.enter(this.today.enter(stage, id), id);
      return nothingElse;
    }
    const key = keyOf(fact.data);
    const measure = fact.type === 'ProgressMeasured' ? fact.data.measure : undefined;
    const item = nodeOf(this.record.tree, itemOf(fact.data))?.item;
    const said = measure ? statementOf(measure, item, this.lexicon) : done;
    const isDated = !measure && fact.entry.precision === 'day' && !fact.entry.isInferred;
    const effect = this.rises.report(key, said, id, isDated);
    this.today.say(key, said, {
      day: this.today.day,
      entry: id,
      change: fact.type === 'ProgressMeasured' ? fact.data.change : undefined,
      withoutTotal: measure && isWithoutTotal(measure) ? measure : null,
    });
    return effect;
  }

  private endDay(): void {
    if (this.replaced) return;
    const replaced: { key: string; state: NodeState | undefined }[] = [];
    const { record, today } = this;
    this.replaced = replaced;
    this.foundBefore = record.found.length;
    endDay({
      record,
      today,
      set: (key, state) => {
        replaced.push({ key, state: record.states.last(key) });
        record.set(key, state);
      },
    });
  }

  /** Takes back what was decided at the end of the open day. */
  private reopen(): void {
    for (const { key, state } of (this.replaced ?? []).reverse())
      this.record.putBack(key, this.today.day, state);
    if (this.replaced) this.record.found.cut(this.foundBefore);
    this.replaced = undefined;
  }
}

const none: readonly never[] = [];
