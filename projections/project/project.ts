import type { Severity } from '../../domain/governance/rules.js';
import type { ProjectDetails, RecordedEvent } from '../../domain/project/events.js';
import type { Basis } from '../../domain/project/facts/investment-reported.js';
import type { LifeStage } from '../../domain/project/stages.js';
import type { Exactness } from '../../domain/values/day-marks.js';
import type { Day } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import type { KnownFold } from '../completion/completed.js';
import { type CompletionView, completion, completionIn } from '../completion/completion.js';
import { contradictions } from '../contradictions/contradictions.js';
import { factsIn } from '../facts/facts.js';
import {
  allPlacedIn,
  firstDay,
  type IdentityView,
  identity,
  isTakenBack,
  placedIn,
} from '../facts/identity.js';
import { allPlaced } from '../facts/places.js';
import { applyEvent, type Projection } from '../facts/projection.js';
import { finished, inParts, type Steps } from '../facts/steps.js';
import type { AnnualFigure } from '../money/annual-figure.js';
import { type InvestmentView, investment } from '../money/investment.js';
import { type ScheduleView, schedule, scheduleOf } from '../schedule/schedule.js';
import type { ShownStall } from '../stalls/episode.js';
import { type StallsView, stalls } from '../stalls/stalls-view.js';
import { journal } from './journal.js';

/** One project on a day, with every figure and the entries behind it. */
export interface ProjectFigures {
  project: string | null;
  details: ProjectDetails;
  stage: IdentityView['stage'];
  isSuspended: boolean;
  firstOn: Day | null;
  lastReportOn: Day | null;
  lastReportOnExactness?: Exactness;
  lastEntry: IdentityView['lastEntry'];
  completion: CompletionView;
  investment: InvestmentView;
  schedule: ScheduleView;
  stalls: StallsView;
}

/** One project as a row of a list. */
export interface ProjectRow
  extends Pick<ProjectDetails, 'name' | 'aliases' | 'district' | 'sector' | 'owner' | 'phase'> {
  project: string;
  stage: LifeStage | null;
  isSuspended: boolean;
  /** False if no plan is in force, so that completion is not meaningful yet. */
  hasPlan: boolean;
  completion: Pick<
    CompletionView,
    'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints' | 'coverageBasisPoints'
  >;
  investment: {
    sinceStartMinor: number;
    currency: string;
    basis: Basis;
    shareOfPlanBasisPoints: number | null;
    asOf: Day;
    /** The entry behind it. */
    entry: Uuid;
  } | null;
  /** The annual plan of the year of the day; null without one. */
  annualPlan: AnnualFigure | null;
  /** The open ones. */
  stalls: ShownStall[];
  lastReportOn: Day | null;
  /** How exactly that day is known; absent if a report states it. */
  lastReportOnExactness?: Exactness;
  openContradictions: number;
  /** The highest severity due under the rules; null if none. */
  light: Severity | null;
}

/** Every projection of one project, by name. */
const projections = {
  identity,
  completion,
  investment,
  schedule,
  stalls,
  journal,
  contradictions,
} as const;

type StateOf<P> = P extends Projection<infer State, unknown> ? State : never;

/** The state of each projection of a project, plain JSON. */
export type ProjectState = { [Name in keyof typeof projections]: StateOf<(typeof projections)[Name]> };

export function emptyProjectState(): ProjectState {
  return {
    identity: identity.init(),
    completion: completion.init(),
    investment: investment.init(),
    schedule: schedule.init(),
    stalls: stalls.init(),
    journal: journal.init(),
    contradictions: contradictions.init(),
  };
}

/** The state after one more entry of the project's stream; the given state is not changed. */
export function applyToProject(state: ProjectState, event: RecordedEvent): ProjectState {
  const placed = placedIn(state.identity, event);
  return {
    identity: applyEvent(identity, state.identity, placed),
    completion: applyEvent(completion, state.completion, placed),
    investment: applyEvent(investment, state.investment, placed),
    schedule: applyEvent(schedule, state.schedule, placed),
    stalls: applyEvent(stalls, state.stalls, placed),
    journal: applyEvent(journal, state.journal, placed),
    contradictions: applyEvent(contradictions, state.contradictions, placed),
  };
}

/** The state after further entries of the project's stream, oldest first, with one copy for all of them. */
export function* withEntries(state: ProjectState, events: readonly RecordedEvent[]): Steps<ProjectState> {
  const placed = allPlacedIn(state.identity, events);
  return yield* each((projection, name) => projection.and(state[name] as never, placed));
}

/** Folds the entries of one project, oldest first. */
export function foldProject(events: Iterable<RecordedEvent>): ProjectState {
  return finished(foldInSteps([...events]));
}

/** Folds the entries of one project, oldest first, in steps. */
export function* foldInSteps(events: readonly RecordedEvent[]): Steps<ProjectState> {
  const placed = allPlaced(events);
  yield;
  const gathered = Object.fromEntries(
    Object.entries(projections).map(([name, projection]) => [name, projection.gather()]),
  );
  for (const some of inParts(placed)) {
    for (const gathering of Object.values(gathered)) gathering.add(some);
    yield;
  }
  return yield* each((_, name) => gathered[name]?.state());
}

type AnyProjection = Pick<Projection<unknown, unknown>, 'and'>;

/** The state of every projection, one step each. */
function* each(
  stateOf: (projection: AnyProjection, name: keyof ProjectState) => unknown,
): Steps<ProjectState> {
  const state: Partial<Record<keyof ProjectState, unknown>> = {};
  for (const [name, projection] of Object.entries(projections) as [keyof ProjectState, AnyProjection][]) {
    state[name] = stateOf(projection, name);
    yield;
  }
  return state as ProjectState;
}

/** True from the first day of any live entry; never for a project whose registration was taken back. */
export function existsOn({ identity: known }: Pick<ProjectState, 'identity'>, asOf: Day): boolean {
  if (isTakenBack(known)) return false;
  const first = firstDay(known);
  return first !== null && first <= asOf;
}

/** Every figure of a project on a day; figures given as known are not computed again. */
export function figuresAt(
  state: Omit<ProjectState, 'journal' | 'contradictions'>,
  asOf: Day,
  completed: CompletionView = completion.view(state.completion, asOf),
  scheduled: ScheduleView = scheduleOf(factsIn(state.schedule), asOf, completed),
): ProjectFigures {
  const { entries: _, ...known } = identity.view(state.identity, asOf);
  return {
    ...known,
    completion: completed,
    investment: investment.view(state.investment, asOf),
    schedule: scheduled,
    stalls: stalls.view(state.stalls, asOf),
  };
}

/**
 * The same in steps.
 *
 * @param known the fold of the project up to the day, if there is one
 */
export function* figuresInSteps(state: ProjectState, asOf: Day, known?: KnownFold): Steps<ProjectFigures> {
  const completed = known
    ? completionIn(factsIn(state.completion), asOf, known)
    : completion.view(state.completion, asOf);
  yield;
  const scheduled = scheduleOf(factsIn(state.schedule), asOf, completed);
  yield;
  return figuresAt(state, asOf, completed, scheduled);
}
