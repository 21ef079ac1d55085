import type { EventType, Stage } from '../../domain/project/events.js';
import { type Exactness, exactnessOf } from '../../domain/values/day-marks.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import { type CompletionView, completion } from '../completion/completion.js';
import { Register } from '../contradictions/contradictions.js';
import { isExplanation } from '../contradictions/explained.js';
import { beginsWith, countUpTo, ofType, upTo } from '../facts/facts.js';
import { firstDay, identity, reportsUpTo, type Sighting } from '../facts/identity.js';
import { inOrder, merged } from '../facts/places.js';
import { inParts, type Steps } from '../facts/steps.js';
import { type InvestmentView, investment } from '../money/investment.js';
import type { ProjectFigures, ProjectState } from '../project/project.js';
import { type LiveFact, ProjectSoFar } from '../rows/project-so-far.js';
import type { ScheduleFact } from '../schedule/schedule.js';
import type { RuleEvidence } from './rules/rule-input.js';

/** Maximum number of entries named by an alert; completion names all of its evidence. */
const mostEvidence = 100;

/**
 * A project after all of its entries up to a day, by the same fold as its row, on one day after another: a later day
 * continues from the one before, and what was returned for that one is then of the later day.
 */
export class ProjectDays {
  /** Computed again once those of a later state continue from it. */
  private knownFacts: LiveFact[] | undefined;
  /** Its contradictions on these days. */
  readonly register: Register;
  private soFar: ProjectSoFar | undefined;
  /** Whether contradictions of it are explained. */
  private isExplained = false;
  private count = 0;

  constructor(
    readonly state: ProjectState,
    before?: ProjectDays,
  ) {
    this.register = before?.register ?? new Register();
    if (before?.soFar) this.continueFrom(before);
  }

  /**
   * The days of the same project after further entries. Where all of them follow what was folded so far, they continue from
   * there; this one then begins again.
   */
  after(state: ProjectState): ProjectDays {
    return new ProjectDays(state, this);
  }

  /** True if everything that was folded is before a day, so that nothing needs to be folded again. */
  isUpTo(day: Day): boolean {
    return countUpTo(this.facts, day) >= this.count;
  }

  /** In steps. */
  *on(day: Day): Steps<ProjectSoFar> {
    const until = countUpTo(this.facts, day);
    const known = until >= this.count ? this.soFar : undefined;
    const from = known ? this.count : 0;
    const soFar = known ?? this.begun(day);
    // Until all steps are done there is nothing to continue from.
    this.soFar = undefined;
    for (const some of inParts(this.facts.slice(from, until))) {
      for (const fact of some) soFar.add(fact);
      yield;
    }
    this.count = until;
    this.soFar = soFar;
    soFar.lookOn(dayNumber(day));
    return soFar;
  }

  private get facts(): readonly LiveFact[] {
    this.knownFacts ??= liveFacts(this.state);
    return this.knownFacts;
  }

  /** Takes over what was folded if all further entries follow it; that one then begins again. */
  private continueFrom(before: ProjectDays): void {
    const known = before.knownFacts;
    const lists = [listsOf(this.state), listsOf(before.state)] as const;
    const isAppended = lists[0].every((facts, place) => beginsWith(facts, lists[1][place] ?? []));
    if (!known || !isAppended || firstDay(this.state.identity) !== firstDay(before.state.identity)) return;
    const more = liveIn(lists[0].map((facts, place) => facts.slice(lists[1][place]?.length)));
    const [last, next] = [known.at(-1), more[0]];
    if (last && next && inOrder(last, next) > 0) return;
    // A registration counts for every day, and whether any are explained is fixed at the beginning of a fold.
    if (more.some((fact) => fact.type === 'ProjectRegistered')) return;
    if (more.some(isExplanation) && !before.isExplained) return;
    known.push(...more);
    this.knownFacts = known;
    before.knownFacts = undefined;
    this.soFar = before.soFar;
    this.count = before.count;
    this.isExplained = before.isExplained;
    before.soFar = undefined;
  }

  private begun(day: Day): ProjectSoFar {
    const { facts, project } = this.state.identity;
    const registrations = ofType(facts, 'ProjectRegistered');
    const first = firstDay(this.state.identity) ?? day;
    this.isExplained = this.facts.some(isExplanation);
    return new ProjectSoFar(project ?? '', first, registrations, [], this.isExplained);
  }
}

/** The facts that any projection keeps, without withdrawn ones, in the order (asOf, place). */
function liveFacts(state: ProjectState): LiveFact[] {
  return liveIn(listsOf(state));
}

function listsOf({ schedule, identity, investment, contradictions }: ProjectState): (readonly LiveFact[])[] {
  return [schedule, identity, investment, contradictions].map(({ facts }) => facts as LiveFact[]);
}

function liveIn(lists: readonly (readonly LiveFact[])[]): LiveFact[] {
  let all: LiveFact[] = [];
  const known = new Set<EventType>();
  for (const facts of lists) {
    const more = facts.filter(({ type, withdrawn }) => !withdrawn && !known.has(type));
    for (const { type } of more) known.add(type);
    all = merged(all, more);
  }
  return all;
}

/** The entries behind a project on a day. */
export class EvidenceOnDay implements RuleEvidence {
  private knownReports: readonly Sighting[] | undefined;
  private knownCompletion: CompletionView | undefined;

  /** @param known the figures of the project on that day, if already computed */
  constructor(
    private readonly state: ProjectState,
    private readonly on: Day,
    private readonly soFar: ProjectSoFar,
    private readonly known?: ProjectFigures,
  ) {}

  get riseEntry(): string | undefined {
    return this.soFar.riseEntry;
  }

  get begunEntry(): string | undefined {
    return this.soFar.stages.begun?.id;
  }

  get begunStage(): Stage | undefined {
    return this.soFar.stages.begun?.data.stage;
  }

  get resumedEntry(): string | undefined {
    return this.soFar.resumption?.entry;
  }

  get reports(): readonly Sighting[] {
    this.knownReports ??= reportsUpTo(this.state.identity, this.on);
    return this.knownReports;
  }

  get firstEntry(): string | undefined {
    const first = firstDay(this.state.identity);
    return this.state.identity.sightings.find(({ asOf }) => asOf === first)?.id;
  }

  exactnessOf(entry: string | undefined, day: Day): Exactness {
    const { schedule, identity, investment, contradictions } = this.state;
    for (const { facts } of [schedule, identity, investment, contradictions]) {
      // Most of those that an alert rests on are among the last ones.
      const found = (facts as LiveFact[]).findLast(({ id }) => id === entry);
      if (found) return exactnessOf(day, found.entry);
    }
    return { precision: 'day' };
  }

  get lastEntry(): string | undefined {
    return identity.view(this.state.identity, this.on).lastEntry?.id;
  }

  get facts(): readonly ScheduleFact[] {
    return upTo(this.state.schedule.facts, this.on);
  }

  get investment(): InvestmentView {
    return this.known?.investment ?? investment.view(this.state.investment, this.on);
  }

  ofItem(place: number): readonly string[] {
    return this.completed.items[place]?.entries ?? [];
  }

  /** Only the latest if there are very many. */
  completion(first: readonly string[]): string[] {
    const entries = new Set(this.completed.entries);
    const latest = this.facts.filter(({ id }) => entries.has(id)).slice(-mostEvidence);
    return [...new Set([...first, ...latest.map(({ id }) => id)])];
  }

  private get completed(): CompletionView {
    this.knownCompletion ??= this.known?.completion ?? completion.view(this.state.completion, this.on);
    return this.knownCompletion;
  }
}
