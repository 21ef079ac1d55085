import type { Stage } from '../../domain/project/events.js';
import { isCompleted, type OpenStall, type RuleInput } from '../alerts/rules/rule-input.js';
import type { LifeStage, Stages } from '../facts/stages.js';
import type { PlanTable } from '../plan/plan-table.js';
import type { ProjectRow } from '../project/project.js';
import type { Forecasts } from '../schedule/forecasts.js';
import { lastResumption } from '../stalls/resumption.js';
import type { Stalls } from '../stalls/stalls.js';
import type { RowProgress } from './row-progress.js';

/** What a row was computed from. */
interface RowParts {
  row: ProjectRow;
  table: PlanTable;
  progress: RowProgress;
  stages: Stages;
  stalls: Stalls;
  forecasts: Forecasts;
  firstOn: number;
  lastReportOn: number | undefined;
}

/** A project after some of its entries, as the rules compare it. */
export class RowRuleInput implements RuleInput {
  readonly table: PlanTable;
  readonly stage: LifeStage | null;
  readonly isSuspended: boolean;
  readonly isComplete: boolean;
  readonly percentBasisPoints: number;
  readonly shareOfPlanBasisPoints: number | null;
  readonly forecasts: Forecasts;
  readonly firstOn: number;
  readonly lastReportOn: number | undefined;
  private readonly progress: RowProgress;
  private readonly stages: Stages;
  private readonly stalls: Stalls;

  constructor({ row, table, progress, stages, stalls, forecasts, firstOn, lastReportOn }: RowParts) {
    this.table = table;
    this.stage = row.stage;
    this.isSuspended = row.isSuspended;
    this.isComplete = isCompleted(row.completion, row.stage);
    this.percentBasisPoints = row.completion.percentBasisPoints;
    this.shareOfPlanBasisPoints = row.investment?.shareOfPlanBasisPoints ?? null;
    this.forecasts = forecasts;
    this.firstOn = firstOn;
    this.lastReportOn = lastReportOn;
    this.progress = progress;
    this.stages = stages;
    this.stalls = stalls;
  }

  get entered(): ReadonlySet<Stage> {
    return this.stages.entered;
  }

  get datedPercentBasisPoints(): number | null {
    return this.table.work.datedPercent(this.percentBasisPoints, ({ id }) =>
      this.progress.effectivePercent(id),
    );
  }

  get hasProgress(): boolean {
    return this.progress.hasProgress;
  }

  get lastRiseOn(): number | undefined {
    return this.progress.lastRiseOn;
  }

  get resumedOn(): number {
    return lastResumption(this.stages, this.stalls)?.on ?? -Infinity;
  }

  get openStalls(): readonly OpenStall[] {
    return this.stalls.open;
  }

  percentOf(place: number): number {
    return this.progress.percentOf(place);
  }

  percentOfUnplanned(item: string): number | undefined {
    return this.progress.percentOfUnplanned(item);
  }
}
