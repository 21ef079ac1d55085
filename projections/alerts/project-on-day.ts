import type { Stage } from '../../domain/project/events.js';
import { type Day, dayNumber } from '../../domain/values/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { planInForce } from '../completion/completion.js';
import { ofType, upTo } from '../facts/facts.js';
import { reportsUpTo, type Sighting } from '../facts/identity.js';
import { type LifeStage, Stages } from '../facts/stages.js';
import type { InvestmentView } from '../money/investment.js';
import { type PlanTable, planTableOf } from '../plan/plan-table.js';
import type { Progress } from '../progress/progress.js';
import { progressOf } from '../progress/progress-of.js';
import type { ProjectFigures, ProjectState } from '../project/project.js';
import { Forecasts } from '../schedule/forecasts.js';
import type { ScheduleFact } from '../schedule/schedule.js';
import { lastResumption } from '../stalls/resumption.js';
import { Stalls } from '../stalls/stalls.js';
import { isCompleted, type OpenStall, type RuleEvidence, type RuleInput } from './rules/rule-input.js';

/** Maximum number of entries named by an alert; completion names all of its evidence. */
const mostEvidence = 100;

/** A project on a day by its state and figures, with what only some rules need computed on demand. */
export class ProjectOnDay implements RuleInput, RuleEvidence {
  readonly table: PlanTable;
  readonly isComplete: boolean;
  readonly forecasts = new Forecasts();
  readonly facts: readonly ScheduleFact[];
  private readonly stages: Stages;
  private readonly stalls: Stalls;
  private knownProgress: Progress | undefined;
  private knownReports: readonly Sighting[] | undefined;

  constructor(
    private readonly state: ProjectState,
    private readonly figures: ProjectFigures,
    private readonly on: Day,
  ) {
    this.facts = upTo(state.schedule.facts, on);
    this.table = planTableOf(planInForce(state.schedule.facts, on));
    this.stages = new Stages(ofType(this.facts, 'StageEntered'));
    this.stalls = new Stalls(upTo(state.stalls.facts, on));
    this.isComplete = isCompleted(figures.completion, this.stage);
    for (const forecast of ofType(this.facts, 'ForecastGiven')) this.forecasts.say(forecast);
  }

  get stage(): LifeStage | null {
    return this.stages.stage;
  }

  get entered(): ReadonlySet<Stage> {
    return this.stages.entered;
  }

  get isSuspended(): boolean {
    return this.stages.isSuspended;
  }

  get percentBasisPoints(): number {
    return this.figures.completion.percentBasisPoints;
  }

  get datedPercentBasisPoints(): number | null {
    return this.figures.schedule.datedPercentBasisPoints;
  }

  get shareOfPlanBasisPoints(): number | null {
    return this.figures.investment.shareOfPlanBasisPoints;
  }

  get firstOn(): number {
    return dayNumber(this.figures.firstOn ?? this.on);
  }

  get lastReportOn(): number | undefined {
    const { lastReportOn } = this.figures;
    return lastReportOn === null ? undefined : dayNumber(lastReportOn);
  }

  get openStalls(): readonly OpenStall[] {
    return this.stalls.open;
  }

  get hasProgress(): boolean {
    return this.progress.hasBegun;
  }

  get lastRiseOn(): number | undefined {
    return this.progress.lastRise?.day;
  }

  get riseEntry(): string | undefined {
    return this.progress.lastRise?.entry;
  }

  get resumedOn(): number {
    return lastResumption(this.stages, this.stalls)?.on ?? -Infinity;
  }

  get resumedEntry(): string | undefined {
    return lastResumption(this.stages, this.stalls)?.entry;
  }

  get reports(): readonly Sighting[] {
    this.knownReports ??= reportsUpTo(this.state.identity, this.on);
    return this.knownReports;
  }

  get lastEntry(): string | undefined {
    return this.figures.lastEntry?.id;
  }

  get investment(): InvestmentView {
    return this.figures.investment;
  }

  percentOf(place: number): number {
    return this.figures.completion.items[place]?.percentBasisPoints ?? 0;
  }

  percentOfUnplanned(id: string): number | undefined {
    return this.figures.completion.items.find(({ item, isPlanned }) => item === id && !isPlanned)
      ?.percentBasisPoints;
  }

  ofItem(place: number): readonly string[] {
    return this.figures.completion.items[place]?.entries ?? [];
  }

  /** Only the latest if there are very many. */
  completion(first: readonly string[]): string[] {
    const entries = new Set(this.figures.completion.entries);
    const latest = this.facts.filter(({ id }) => entries.has(id)).slice(-mostEvidence);
    return [...new Set([...first, ...latest.map(({ id }) => id)])];
  }

  private get progress(): Progress {
    this.knownProgress ??= progressOf(this.facts, shippedLexicon);
    return this.knownProgress;
  }
}
