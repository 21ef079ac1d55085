import type { Stage } from '../../domain/project/events.js';
import { type Exactness, exactnessOf } from '../../domain/values/day-marks.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import { type CompletionView, completion } from '../completion/completion.js';
import { Register } from '../contradictions/contradictions.js';
import { isExplanation } from '../contradictions/explained.js';
import { ContinuedFold } from '../facts/continued-fold.js';
import { rankIn } from '../facts/differences.js';
import { beginsWith, countBefore, countUpTo, type Facts, factsIn, ofType, upTo } from '../facts/facts.js';
import { firstDay, identity, lastReportUpTo } from '../facts/identity.js';
import type { SharedList } from '../facts/shared-list.js';
import type { Sighting } from '../facts/sightings.js';
import type { Steps } from '../facts/steps.js';
import { type InvestmentView, investment } from '../money/investment.js';
import type { ProjectFigures, ProjectState } from '../project/project.js';
import { LiveFacts } from '../rows/live-facts.js';
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
  private live: LiveFacts | undefined;
  /** Its contradictions on these days. */
  readonly register: Register;
  private begun: Begun | undefined;
  /** The day of the last fact that was folded. */
  private lastOn: Day | undefined;
  /** How many of the first facts are as they were folded, if that many were. */
  private unchanged = 0;

  constructor(
    readonly state: ProjectState,
    before?: ProjectDays,
  ) {
    this.register = before?.register ?? new Register();
    if (before?.live) this.continueFrom(before, before.live);
  }

  /**
   * The days of the same project after further entries, which continue from what was folded before the first of them; this
   * one then begins again.
   */
  after(state: ProjectState): ProjectDays {
    return new ProjectDays(state, this);
  }

  /** True if everything that was folded is before a day, so that nothing needs to be folded again. */
  isUpTo(day: Day): boolean {
    return this.lastOn === undefined || this.lastOn <= day;
  }

  /** In steps. */
  *on(day: Day): Steps<ProjectSoFar> {
    const until = countUpTo(this.facts, day);
    this.begun ??= begunWith(this.state, this.facts, day);
    const soFar = yield* this.begun.fold.of(this.facts, until, this.unchanged);
    this.unchanged = Infinity;
    this.lastOn = this.facts[until - 1]?.asOf;
    soFar.lookOn(dayNumber(day));
    return soFar;
  }

  private get facts(): readonly LiveFact[] {
    this.live ??= new LiveFacts(listsOf(this.state));
    return this.live.all;
  }

  /** Takes over what was folded; that one then begins again. */
  private continueFrom(before: ProjectDays, live: LiveFacts): void {
    const changed = live.become(listsOf(before.state), listsOf(this.state));
    before.live = undefined;
    this.live = live;
    const { begun } = before;
    before.begun = undefined;
    if (begun && !begun.isSameFor(this.state, live.all, changed)) return;
    this.begun = begun;
    this.lastOn = before.lastOn;
    this.unchanged = before.unchanged;
    for (const fact of changed) this.unchanged = Math.min(this.unchanged, rankIn(live.all, fact));
  }
}

/** A fold of a project, and what is fixed at its beginning. */
interface Begun {
  fold: ContinuedFold<LiveFact, ProjectSoFar>;
  /** Whether the fold of later entries, all and those that changed, begins with the same. */
  isSameFor: (state: ProjectState, all: readonly LiveFact[], changed: readonly LiveFact[]) => boolean;
}

/** A registration counts for every day, and whether any contradictions are explained decides what a fold lists. */
function begunWith({ identity }: ProjectState, facts: readonly LiveFact[], day: Day): Begun {
  const first = firstDay(identity);
  const isExplained = facts.some(isExplanation);
  const registrations = ofType(identity.facts, 'ProjectRegistered');
  const project = identity.project ?? '';
  return {
    fold: new ContinuedFold(() => new ProjectSoFar(project, first ?? day, registrations, [], isExplained)),
    isSameFor: (later, all, changed) => {
      if (firstDay(later.identity) !== first) return false;
      if (!changed.some((fact) => isExplanation(fact) || fact.type === 'ProjectRegistered')) return true;
      const registered = ofType(later.identity.facts, 'ProjectRegistered');
      const isSame = registered.length === registrations.length && beginsWith(registered, registrations);
      return isSame && all.some(isExplanation) === isExplained;
    },
  };
}

/** The facts of every projection that keeps any for a fold of the project. */
function listsOf({ schedule, identity, investment, contradictions }: ProjectState): SharedList<LiveFact>[] {
  return [schedule, identity, investment, contradictions].map((state) =>
    factsIn(state as Facts<LiveFact['type']>),
  );
}

/** The entries behind a project on a day. */
export class EvidenceOnDay implements RuleEvidence {
  private knownReport: { last: Sighting | undefined } | undefined;
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

  get lastReport(): Sighting | undefined {
    this.knownReport ??= { last: lastReportUpTo(this.state.identity, this.on) };
    return this.knownReport.last;
  }

  get firstEntry(): string | undefined {
    const first = firstDay(this.state.identity);
    return this.state.identity.sightings.find(({ asOf }) => asOf === first)?.id;
  }

  exactnessOf(entry: string | undefined, day: Day): Exactness {
    if (entry === undefined) return { precision: 'day' };
    const lists = listsOf(this.state);
    const isMeant = ({ id }: LiveFact) => id === entry;
    // Most are about that day.
    const ofDay = lists.flatMap((facts) => facts.slice(countBefore(facts, day), countUpTo(facts, day)));
    let found = ofDay.find(isMeant);
    for (const facts of lists) found ??= facts.findLast(isMeant);
    return found ? exactnessOf(day, found.entry) : { precision: 'day' };
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
    const left = new Set(this.completed.entries);
    for (const entry of first) left.delete(entry);
    const most = Math.min(left.size, mostEvidence);
    const latest: string[] = [];
    // Most of them are among the last entries.
    for (let place = this.facts.length - 1; place >= 0 && latest.length < most; place -= 1) {
      const { id } = this.facts[place] as ScheduleFact;
      if (left.has(id)) latest.push(id);
    }
    return [...first, ...latest.reverse()];
  }

  private get completed(): CompletionView {
    this.knownCompletion ??= this.known?.completion ?? completion.view(this.state.completion, this.on);
    return this.knownCompletion;
  }
}
