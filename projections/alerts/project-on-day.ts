import type { EventType } from '../../domain/project/events.js';
import { type Day, dayNumber } from '../../domain/values/calendar.js';
import { type CompletionView, completion } from '../completion/completion.js';
import { ofType, upTo } from '../facts/facts.js';
import { firstDay, identity, reportsUpTo, type Sighting } from '../facts/identity.js';
import { merged } from '../facts/places.js';
import { inParts, type Steps } from '../facts/steps.js';
import { type InvestmentView, investment } from '../money/investment.js';
import type { ProjectFigures, ProjectState } from '../project/project.js';
import { type LiveFact, ProjectSoFar } from '../rows/project-so-far.js';
import type { ScheduleFact } from '../schedule/schedule.js';
import type { RuleEvidence } from './rules/rule-input.js';

/** Maximum number of entries named by an alert; completion names all of its evidence. */
const mostEvidence = 100;

/** A project after all of its entries up to a day, by the same fold as its row; in steps. */
export function* projectOnDay(state: ProjectState, on: Day): Steps<ProjectSoFar> {
  const { facts, project } = state.identity;
  const registrations = ofType(facts, 'ProjectRegistered');
  const soFar = new ProjectSoFar(project ?? '', firstDay(state.identity) ?? on, registrations);
  for (const some of inParts(liveFacts(state, on))) {
    for (const fact of some) soFar.add(fact);
    yield;
  }
  soFar.lookOn(dayNumber(on));
  return soFar;
}

/** The facts that any projection keeps, up to a day, without withdrawn ones, in the order (asOf, place). */
function liveFacts({ schedule, identity, investment, contradictions }: ProjectState, on: Day): LiveFact[] {
  let all: LiveFact[] = [];
  const known = new Set<EventType>();
  for (const { facts } of [schedule, identity, investment, contradictions]) {
    const more = upTo<LiveFact>(facts, on).filter(({ type, withdrawn }) => !withdrawn && !known.has(type));
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

  get resumedEntry(): string | undefined {
    return this.soFar.resumption?.entry;
  }

  get reports(): readonly Sighting[] {
    this.knownReports ??= reportsUpTo(this.state.identity, this.on);
    return this.knownReports;
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
