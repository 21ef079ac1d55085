import type { MeasureKind, Names, Plan, PlanStep, Rename, WorkItem } from '../../../domain/project/events.js';
import type { Day } from '../../../domain/values/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { Member, Optional, shapes } from '../validation/member.js';
import { day, listOf, oneOf, pattern, slug, text, wholeNumber } from '../validation/rules.js';
import { UndatedSaying } from './entry.js';
import { mostCounted } from './measure.js';
import { type MoneySaid, money, moneyOf } from './money.js';
import { names } from './project.js';

const weight = wholeNumber(0, 1_000_000);

export class StepSaid implements PlanStep {
  @Member(slug(), 'Its id within the item.')
  id!: string;

  @Member(names, 'What it is called.')
  name!: Names;

  @Member(weight, 'Its share among the steps.')
  weight!: number;
}

export class WorkItemSaid {
  @Member(slug(), 'Its id within the project.')
  id!: string;

  @Member(names, 'What it is called.')
  name!: Names;

  @Optional(slug(), 'The item that it is a part of.')
  parent?: string;

  @Member(weight, 'Its share among its siblings; 0 is shown and not counted.')
  weight!: number;

  @Member(oneOf(['done', 'percent', 'count', 'storeys', 'steps']), 'How it is measured.')
  measure!: MeasureKind;

  @Optional(wholeNumber(1, mostCounted), 'How many there are, for count and storeys.')
  of?: number;

  @Optional(text(40), 'What is counted.')
  unit?: string;

  @Optional(shapes(StepSaid, 1, 50), 'The parts that it is earned in.')
  steps?: StepSaid[];

  @Optional(day, 'When it is to start.')
  plannedStart?: Day;

  @Optional(day, 'When it is to be done.')
  plannedFinish?: Day;

  @Optional(money, 'What it is to cost.')
  plannedCost?: MoneySaid;

  @Optional(listOf(slug(), 0, 50), 'Items that it presupposes.')
  after?: string[];

  @Optional(oneOf(['trial-production', 'in-production']), 'The stage that reaches it.')
  stage?: 'trial-production' | 'in-production';
}

export class AnnualPlanSaid {
  @Member(wholeNumber(1900, 2199), 'The calendar year.')
  year!: number;

  @Member(money, 'The investment planned for it.')
  investment!: MoneySaid;
}

/** The entries of an id move to another name or place. */
export class RenameSaid implements Rename {
  @Member(slug(), 'The id of the item.')
  id!: string;

  @Optional(slug(), 'The id of the step, if it is a step of the item.')
  step?: string;

  @Member(text(2_000), 'What a plan before called it: its name, or its path with " / ".')
  from!: string;

  @Member(text(2_000), 'What this plan calls it: its name, or its path with " / ".')
  to!: string;
}

/** A whole new plan; the project assigns its version. */
export class PlanAdopted extends UndatedSaying {
  @Member(shapes(WorkItemSaid, 1, 2_000), 'The work, as a tree by parents.')
  items!: WorkItemSaid[];

  @Optional(money, 'The planned investment as a whole.')
  plannedInvestment?: MoneySaid;

  @Optional(shapes(AnnualPlanSaid, 0, 50), 'The investment planned for each year.')
  annualPlans?: AnnualPlanSaid[];

  @Optional(
    pattern(/^(stated|example|template:[a-z0-9-]{1,64})$/, 'stated, example or template:NAME'),
    'Who answers for the weights; "stated" when absent.',
  )
  basis?: string;

  @Optional(
    shapes(RenameSaid, 0, 2_000),
    'Ids that have entries and another name or place than before, where the entries go along; such an id is refused otherwise.',
  )
  renames?: RenameSaid[];
}

/** The plan in a request. */
export function planOf({
  items,
  plannedInvestment,
  annualPlans,
  basis = 'stated',
  renames,
}: PlanAdopted): Plan {
  return omitUndefined({
    items: items.map(itemOf),
    plannedInvestment: plannedInvestment && moneyOf(plannedInvestment),
    annualPlans: annualPlans?.map(({ year, investment }) => ({ year, investment: moneyOf(investment) })),
    basis,
    renames:
      renames && renames.length > 0 ? renames.map((rename) => omitUndefined({ ...rename })) : undefined,
  });
}

function itemOf(said: WorkItemSaid): WorkItem {
  return omitUndefined({
    ...said,
    name: omitUndefined({ ...said.name }),
    steps: said.steps?.map((step) => ({ ...step, name: omitUndefined({ ...step.name }) })),
    plannedCost: said.plannedCost && moneyOf(said.plannedCost),
  });
}
