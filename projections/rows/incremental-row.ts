import type { AdoptedRules } from '../../domain/governance/rules.js';
import { projectOf, type RecordedEvent } from '../../domain/project/events.js';
import { type Day, dayNumber, dayOf, lastDay } from '../../domain/values/days/calendar.js';
import { isSame } from '../../domain/values/equal.js';
import { firstWhere } from '../../domain/values/search.js';
import { isExplanation } from '../contradictions/explained.js';
import { ofType } from '../facts/facts.js';
import { Marks } from '../facts/marks.js';
import { inOrder, type Located, placed, placeIn } from '../facts/places.js';
import { finished, inParts, type Steps } from '../facts/steps.js';
import { type LiveFact, ProjectSoFar } from './project-so-far.js';
import { stepsBetween } from './row-on.js';
import type { RowStep } from './row-step.js';

/** A live entry with its day as a number. */
interface DatedEntry {
  day: number;
  fact: LiveFact;
}

/** The steps of a project from a day on, inclusive, to the end of time. */
export interface RowSteps {
  since: Day;
  /** At least one, the first at `since`; each differs from the one before it. */
  steps: RowStep[];
}

/**
 * Follows one project entry by entry and returns from which day on its row changes.
 *
 * An entry about the latest day has a constant cost; one about an earlier day, or a withdrawal, costs a pass over the
 * entries from a state before its day on. To resume, let a new instance `know` the entries so far and then `take` the new ones; under new rules,
 * `stepsFrom` the first day returns all steps again.
 */
export class IncrementalRow {
  private project = '';
  /** Live entries in the order (asOf, place). */
  private readonly entries: DatedEntry[] = [];
  /** Places of withdrawn entries: a correction takes the place of one of them. */
  private readonly withdrawn = new Map<string, Located>();
  /** Live registrations. */
  private registrations = 0;
  /** Explanations of contradictions, also withdrawn ones. */
  private explanations = 0;
  /** The state after all entries; absent if it must be rebuilt. */
  private latest: ProjectSoFar | undefined;
  /** States after fewer entries, to continue from after a late one. */
  private readonly marks = new Marks<ProjectSoFar>();

  constructor(private rules: AdoptedRules) {}

  /** The first day of any live entry; null if there is none. */
  get firstOn(): Day | null {
    return this.entries[0]?.fact.asOf ?? null;
  }

  /** Its registration was withdrawn, so that it is on no day. */
  private get isTakenBack(): boolean {
    if (this.registrations > 0) return false;
    for (const { type } of this.withdrawn.values()) if (type === 'ProjectRegistered') return true;
    return false;
  }

  /** One more entry of the project's stream, without the resulting steps. */
  know(event: RecordedEvent): void {
    this.keep(event);
  }

  /** One more entry of the project's stream: the steps from the first day on that it changes. */
  take(event: RecordedEvent): RowSteps {
    return finished(this.takeAll([event]));
  }

  /** Further entries of the project's stream: the steps from the first day on that any of them changes. */
  *takeAll(events: readonly RecordedEvent[]): Steps<RowSteps> {
    let since: Day | undefined;
    for (const some of inParts(events)) {
      for (const event of some) {
        const day = this.keep(event);
        if (since === undefined || day < since) since = day;
      }
      yield;
    }
    const from = since ?? lastDay;
    return { since: from, steps: yield* this.inStepsFrom(from) };
  }

  /** True if an entry is about the latest day or a later one, so that its cost is constant. */
  isLatest(event: RecordedEvent): boolean {
    if (event.type === 'EntryWithdrawn' || event.type === 'ProjectRegistered') return false;
    if (event.entry.corrects !== undefined) return false;
    return dayNumber(event.entry.asOf) >= (this.entries.at(-1)?.day ?? -Infinity);
  }

  /** Uses other rules from now on; the entries stay. */
  adopt(rules: AdoptedRules): void {
    this.rules = rules;
  }

  /** The steps from a day on, inclusive, to the end of time. */
  stepsFrom(since: Day): RowStep[] {
    return finished(this.inStepsFrom(since));
  }

  /** The same in steps of work, a few days in each. */
  *inStepsFrom(since: Day): Steps<RowStep[]> {
    const { entries } = this;
    const first = entries[0];
    const last = entries.at(-1);
    const from = dayNumber(since);
    if (!first || !last || this.isTakenBack) return [{ from: since, row: null }];
    if (this.latest && from >= last.day) {
      return stepsBetween(from, Infinity, this.latest, this.rules);
    }
    const steps: RowStep[] = from < first.day ? [{ from: since, row: null }] : [];
    // The last entry up to that day is added, whatever is kept.
    const after = firstWhere(0, entries.length, (index) => (entries[index] as DatedEntry).day > from);
    const mark = this.marks.lastUpTo(after - 1);
    const line = mark?.state.copy() ?? this.begin(first);
    let day = Math.max(from, first.day);
    for (let place = mark?.count ?? 0; place < entries.length; place += 1) {
      this.advance(line, place);
      const next = entries[place + 1]?.day ?? Infinity;
      if (place % entriesInAStep === 0) yield;
      if (next <= day) continue;
      if (steps.length % daysInAStep === 0) yield;
      this.lay(steps, stepsBetween(day, next, line, this.rules));
      day = next;
    }
    this.latest = line;
    return steps;
  }

  /** Adds the entry at a place to the state after those before it. */
  private advance(state: ProjectSoFar, place: number): void {
    const [before, one] = [this.entries[place - 1], this.entries[place] as DatedEntry];
    if (before && before.day < one.day) this.marks.pass(state, place, this.entries.length);
    state.add(one.fact);
  }

  private begin(first: DatedEntry): ProjectSoFar {
    const facts = this.entries.map(({ fact }) => fact);
    const isExplained = facts.some(isExplanation);
    const registrations = ofType(facts, 'ProjectRegistered');
    return new ProjectSoFar(
      this.project,
      first.fact.asOf,
      registrations,
      isExplained ? [] : undefined,
      isExplained,
    );
  }

  private lay(steps: RowStep[], more: readonly RowStep[]): void {
    for (const step of more) if (!isSame(steps.at(-1)?.row, step.row)) steps.push(step);
  }

  /** Stores an entry; returns the first day that it changes. */
  private keep(event: RecordedEvent): Day {
    this.project = projectOf(event.stream);
    if (event.type === 'EntryWithdrawn') return this.withdraw(event);
    const { id, position, recordedAt, by, type, entry, data } = event;
    const place = placeIn(placed(event, (corrected) => this.withdrawn.get(corrected)));
    // What is frozen is not copied with the state.
    const fact = Object.freeze({
      ...{ id, position, recordedAt, by, type, asOf: entry.asOf, entry, data },
      ...place,
    } as LiveFact);
    if (fact.type === 'PlanAdopted') fact.data.items.forEach(Object.freeze);
    const one = { day: dayNumber(entry.asOf), fact };
    const { entries } = this;
    const last = entries.at(-1);
    const at = !last || inOrder(last.fact, fact) < 0 ? entries.length : placeOf(entries, fact);
    const isLast = at === entries.length;
    if (isLast) entries.push(one);
    else entries.splice(at, 0, one);
    const { firstOn } = this;
    if (type === 'ProjectRegistered') this.registrations += 1;
    // A registration counts for every day.
    if (type === 'ProjectRegistered' && entries.length > 1) this.marks.forgetFrom(0);
    else if (!isLast) this.marks.forgetFrom(at);
    if (isExplanation(fact)) this.explanations += 1;
    const isFirstExplanation = isExplanation(fact) && this.explanations === 1;
    // What was kept only counts contradictions, and does not list them.
    if (isFirstExplanation) this.marks.forgetFrom(0);
    const countsFrom = type === 'ProjectRegistered' && firstOn !== null ? firstOn : fact.asOf;
    if (!isLast || isFirstExplanation || (type === 'ProjectRegistered' && entries.length > 1))
      this.latest = undefined;
    else if (!last) this.latest = this.begin(one);
    if (this.latest) this.advance(this.latest, at);
    return countsFrom;
  }

  private withdraw(event: Extract<RecordedEvent, { type: 'EntryWithdrawn' }>): Day {
    const { entries, firstOn } = this;
    const place = entries.findLastIndex(({ fact }) => fact.id === event.data.entry);
    const fact = entries[place]?.fact;
    // Already withdrawn: nothing changes on any day.
    if (!fact) return dayOf(Math.max(dayNumber(event.entry.asOf), entries.at(-1)?.day ?? -Infinity));
    entries.splice(place, 1);
    if (fact.type === 'ProjectRegistered') this.registrations -= 1;
    this.marks.forgetFrom(fact.type === 'ProjectRegistered' ? 0 : place);
    this.withdrawn.set(fact.id, fact);
    this.latest = undefined;
    return fact.type === 'ProjectRegistered' && firstOn !== null ? firstOn : fact.asOf;
  }
}

/** Entries added, and days computed, per step of work. */
const entriesInAStep = 500;
const daysInAStep = 20;

/** The index after everything that precedes a fact. */
function placeOf(entries: readonly DatedEntry[], fact: LiveFact): number {
  return firstWhere(0, entries.length, (index) => inOrder((entries[index] as DatedEntry).fact, fact) >= 0);
}
