import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { EventType, ProjectDetails } from '../../domain/project/events.js';
import { type Day, dayOf } from '../../domain/values/calendar.js';
import { shippedLexicon } from '../../domain/values/lexicon.js';
import { type RuleInForce, rulesInForce } from '../alerts/rules/rules-in-force.js';
import { ReportedWorks } from '../contradictions/reported-works.js';
import type { Fact } from '../facts/facts.js';
import { isReport } from '../facts/identity.js';
import { isProduction as isProductionStage, Stages } from '../facts/stages.js';
import { Money } from '../money/money.js';
import type { ProgressEntry } from '../progress/progress.js';
import type { ProjectRow } from '../project/project.js';
import { Forecasts } from '../schedule/forecasts.js';
import { Stalls } from '../stalls/stalls.js';
import { lightsOf } from './lights.js';
import { RowProgress } from './row-progress.js';
import { RowRuleInput } from './row-rule-input.js';
import type { RowStep } from './row-step.js';

/** A live entry with its day as a number. */
export interface DatedEntry {
  day: number;
  fact: Fact<Exclude<EventType, 'EntryWithdrawn'>>;
}

/** A project after a prefix of its entries in the order (asOf, place): its row's data are updated with each. */
export class RowSoFar {
  private readonly details: ProjectDetails = { name: {} };
  private readonly stages = new Stages();
  private readonly money = new Money();
  private readonly stalls = new Stalls();
  private readonly forecasts = new Forecasts();
  private readonly reported = new ReportedWorks(shippedLexicon);
  /** Computed when a row is requested. */
  private progress: RowProgress | undefined;
  /** What applies to the project by its details. */
  private held: { rules: AdoptedRules; inForce: readonly RuleInForce[] } | undefined;
  private lastReport: { day: number; asOf: Day } | undefined;

  /** @param registrations they count for every day, wherever they are */
  constructor(
    private readonly project: string,
    private readonly firstOn: number,
    registrations: readonly DatedEntry[],
  ) {
    for (const { fact } of registrations) Object.assign(this.details, fact.data);
  }

  add({ day, fact }: DatedEntry): void {
    if (isReport(fact)) this.lastReport = { day, asOf: fact.asOf };
    switch (fact.type) {
      case 'ProjectRegistered':
        return;
      case 'ProjectDescribed':
        Object.assign(this.details, fact.data);
        this.held = undefined;
        return;
      case 'PlanAdopted':
      case 'MilestoneReached':
      case 'ProgressMeasured':
      case 'StageEntered':
        this.advance(day, fact);
        return;
      case 'InvestmentReported':
        if (this.money.say(fact)) this.stalls.move(day, 'rises', fact);
        return;
      case 'StallDeclared':
        this.stalls.declare(fact);
        this.progress = undefined;
        return;
      case 'StallCleared':
        this.stalls.clear(fact);
        this.progress = undefined;
        return;
      case 'ForecastGiven':
        this.forecasts.say(fact);
        return;
      case 'NoChangeReported':
        this.stalls.unchanged(fact);
    }
  }

  /** The steps from a day on until another one, exclusive, without further entries. */
  steps(day: number, until: number, rules: AdoptedRules): RowStep[] {
    this.progress ??= this.progressNow();
    const row = this.row(this.progress);
    const lights = lightsOf(this.ruleInput(this.progress, row), this.rulesInForce(rules));
    const steps: RowStep[] = [];
    for (const { from, light } of lights.between(day, until))
      steps.push({ from: dayOf(from), row: { ...row, light } });
    return steps;
  }

  private rulesInForce(rules: AdoptedRules): readonly RuleInForce[] {
    if (this.held?.rules !== rules) {
      const { details, project } = this;
      this.held = { rules, inForce: rulesInForce(rules, { project, ...details }) };
    }
    return this.held.inForce;
  }

  private ruleInput(progress: RowProgress, row: ProjectRow): RowRuleInput {
    const { reported, stages, stalls, forecasts, firstOn, lastReport } = this;
    const { table } = reported;
    const lastReportOn = lastReport?.day;
    return new RowRuleInput({ row, table, progress, stages, stalls, forecasts, firstOn, lastReportOn });
  }

  private advance(day: number, fact: ProgressEntry): void {
    this.progress = undefined;
    const { isRise, isProduction } = this.reported.add(fact);
    if (fact.type === 'PlanAdopted') {
      this.money.adopt(fact);
      return;
    }
    if (isRise) this.stalls.move(day, 'rises', fact);
    if (fact.type === 'StageEntered') this.stages.enter(fact);
    const isStage = fact.type === 'StageEntered' && isProductionStage(fact.data.stage);
    if (isProduction || isStage) this.stalls.move(day, 'productions', fact);
  }

  private progressNow(): RowProgress {
    const { progress, table } = this.reported;
    return new RowProgress(progress, table, this.stalls.blocking('production') !== undefined);
  }

  private row(progress: RowProgress): ProjectRow {
    const { stages } = this;
    const { name, aliases, district, sector, owner, phase } = this.details;
    return {
      project: this.project,
      name,
      ...(aliases ? { aliases } : {}),
      ...(district ? { district } : {}),
      ...(sector ? { sector } : {}),
      ...(owner ? { owner } : {}),
      ...(phase ? { phase } : {}),
      stage: stages.stage,
      isSuspended: stages.isSuspended,
      hasPlan: this.reported.table.plan !== undefined,
      completion: progress.completion,
      investment: this.invested(),
      stalls: this.stalls.open.map(({ shown }) => shown),
      lastReportOn: this.lastReport?.asOf ?? null,
      openContradictions:
        stages.openContradictions +
        this.money.openContradictions +
        this.reported.openContradictions +
        this.stalls.openContradictions,
      light: null,
    };
  }

  private invested(): ProjectRow['investment'] {
    const { headline } = this.money;
    if (!headline) return null;
    const { amount, basis } = headline.data;
    return {
      sinceStartMinor: amount.amountMinor,
      currency: amount.currency,
      basis,
      shareOfPlanBasisPoints: this.money.shareOfPlan().shareOfPlanBasisPoints,
      asOf: headline.asOf,
      entry: headline.id,
    };
  }
}
