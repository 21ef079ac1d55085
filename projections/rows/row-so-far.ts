import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { EventType, ProjectDetails } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/basis-points.js';
import { type Day, dayOf } from '../../domain/values/calendar.js';
import { lexicon1 } from '../../domain/values/lexicon.js';
import { type RuleInForce, rulesInForce } from '../alerts/rules/rules-in-force.js';
import type { ProgressFact } from '../completion/statements.js';
import { unknownRange } from '../completion/statements.js';
import { isItemReport } from '../contradictions/fact-index.js';
import { ReportedWorks } from '../contradictions/reported-works.js';
import type { Fact } from '../facts/facts.js';
import { isReport } from '../facts/identity.js';
import { isProduction, Stages } from '../facts/stages.js';
import { finished, inParts, type Steps } from '../facts/steps.js';
import { Money } from '../money/money.js';
import { type PlanTable, planTableOf } from '../plan/plan-table.js';
import type { ProjectRow } from '../project/project.js';
import { Forecasts } from '../schedule/forecasts.js';
import { Stalls } from '../stalls/stalls.js';
import { Completed } from './completed.js';
import { lightsOf } from './lights.js';
import { RowRuleInput } from './row-rule-input.js';
import type { RowStep } from './row-step.js';
import { Works } from './works.js';

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
  private readonly reported = new ReportedWorks(lexicon1);
  private readonly progress: { day: number; fact: ProgressFact }[] = [];
  private table = withoutPlan;
  /** Created on demand, because a new plan reads all reports again. */
  private works: Works | undefined;
  private completed: Completed | undefined;
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
        this.adopt(fact);
        return;
      case 'MilestoneReached':
      case 'ProgressMeasured':
      case 'StageEntered':
        this.advance(day, fact);
        return;
      case 'InvestmentReported':
        if (this.money.say(fact)) this.stalls.move(day, 'rises', false, fact);
        return;
      case 'StallDeclared':
        this.stalls.declare(fact);
        this.completed = undefined;
        return;
      case 'StallCleared':
        this.stalls.clear(fact);
        this.completed = undefined;
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
    const works = finished(this.readAll());
    this.completed ??= this.complete(works);
    const row = this.row(this.completed);
    const lights = lightsOf(this.ruleInput(works, this.completed, row), this.rulesInForce(rules));
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

  private ruleInput(works: Works, completed: Completed, row: ProjectRow): RowRuleInput {
    const { table, stages, stalls, forecasts, firstOn, lastReport } = this;
    const lastReportOn = lastReport?.day;
    const parts = { row, table, works, completed, stages, stalls, forecasts, firstOn, lastReportOn };
    return new RowRuleInput(parts);
  }

  private adopt(plan: Fact<'PlanAdopted'>): void {
    this.table = planTableOf(plan);
    this.works = undefined;
    this.completed = undefined;
    this.money.adopt(plan);
    this.reported.add(plan);
  }

  private advance(day: number, fact: ProgressFact): void {
    this.progress.push({ day, fact });
    this.completed = undefined;
    this.reported.add(fact);
    if (!isItemReport(fact)) {
      this.stages.enter(fact);
      if (isProduction(fact.data.stage)) this.stalls.move(day, 'productions', false, fact);
    }
    if (this.works) this.say(this.works, day, fact);
  }

  /** Reads all statements again, in steps, if another plan has come into force since. */
  *readAll(): Steps<Works> {
    if (this.works) return this.works;
    const works = new Works(this.table);
    this.stalls.forgetPlanned();
    for (const some of inParts(this.progress)) {
      for (const { day, fact } of some) this.say(works, day, fact);
      yield;
    }
    this.works = works;
    return works;
  }

  private say(works: Works, day: number, fact: ProgressFact): void {
    const { isRise, isProduction } = works.say(day, fact);
    if (isRise) this.stalls.move(day, 'rises', true, fact);
    if (isProduction) this.stalls.move(day, 'productions', true, fact);
  }

  private complete(works: Works): Completed {
    return new Completed(this.table, works.stated, this.stalls.blocking('production') !== undefined);
  }

  private row(completed: Completed): ProjectRow {
    const { table, stages } = this;
    const { name, aliases, district, sector, owner, phase } = this.details;
    const whole = table.plan ? completed.whole() : unknownRange;
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
      hasPlan: table.plan !== undefined,
      completion: {
        floorBasisPoints: Math.round(whole.floor),
        percentBasisPoints: Math.round(whole.percent),
        ceilingBasisPoints: Math.round(whole.ceiling),
        coverageBasisPoints: Math.round(completed.coverage() * wholeBasisPoints),
      },
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

const withoutPlan: PlanTable = planTableOf(undefined);
