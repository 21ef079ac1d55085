import type { Stage } from '../../domain/project/events.js';
import { kindOf } from '../../domain/project/stages.js';
import type { Fact } from '../facts/facts.js';
import type { PlanTable } from '../plan/plan-table.js';
import type { ProgressEntry } from '../progress/progress.js';
import { type Finding, finding } from './contradiction.js';

/** A stage that only one kind of project enters, with what plans have said of that kind so far. */
interface Entered {
  fact: Fact<'StageEntered'>;
  /** A plan had a stage of its kind: a later plan opens nothing on it. */
  hasFitted: boolean;
}

/**
 * Stages of another kind of project than the plan is of, found entry by entry, the first entry of each stage: in production for a
 * road, opened to traffic for a hospital.
 *
 * The kind of a project is known by the stages that its plan ends in. A plan that names none says nothing of it; one that
 * names a stage of the kind settles it.
 */
export class StageKinds {
  private readonly entered = new Map<Stage, Entered>();
  private readonly open = new Map<Stage, Finding>();

  /** @param found where findings are added, settled or not */
  constructor(private readonly found?: Finding[]) {}

  get openContradictions(): number {
    return this.open.size;
  }

  add(fact: ProgressEntry, table: PlanTable): void {
    if (fact.type === 'StageEntered') this.enter(fact, table);
    else if (fact.type === 'PlanAdopted') this.adopt(fact, table);
  }

  private enter(fact: Fact<'StageEntered'>, table: PlanTable): void {
    const { stage } = fact.data;
    if (kindOf(stage) === undefined || this.entered.has(stage)) return;
    const fits = isOfPlan(stage, table);
    this.entered.set(stage, { fact, hasFitted: fits === true });
    if (fits === false && table.plan) this.contradict(fact, table.plan);
  }

  private adopt(plan: Fact<'PlanAdopted'>, table: PlanTable): void {
    for (const [stage, one] of this.entered) {
      const fits = isOfPlan(stage, table);
      const known = this.open.get(stage);
      if (known && fits !== false) this.settle(stage, known, plan);
      else if (!known && fits === false && !one.hasFitted) this.contradict(one.fact, plan);
      if (fits) one.hasFitted = true;
    }
  }

  private contradict(fact: Fact<'StageEntered'>, plan: Fact<'PlanAdopted'>): void {
    const one = finding('stage-of-other-kind', [{ fact }, { fact: plan, plans: 'other-kind' }]);
    this.open.set(fact.data.stage, one);
    this.found?.push(one);
  }

  private settle(stage: Stage, known: Finding, { id, asOf }: Fact<'PlanAdopted'>): void {
    this.open.delete(stage);
    if (known.since === asOf) this.found?.splice(this.found.indexOf(known), 1);
    else known.settledBy = id;
  }
}

/** Whether a stage is of a kind that the plan has a stage of; undefined where the plan has none of any kind. */
function isOfPlan(stage: Stage, { staged }: PlanTable): boolean | undefined {
  const kinds = staged.flatMap(({ item }) => (item.stage && kindOf(item.stage)) ?? []);
  return kinds.length === 0 ? undefined : kinds.includes(kindOf(stage) as (typeof kinds)[number]);
}
