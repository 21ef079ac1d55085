import type {
  AnnualInvestment,
  MeasureKind,
  Names,
  Plan,
  PlanStep,
  Rename,
  WorkItem,
} from '../../../domain/project/events.js';
import { type ItemStage, itemStages } from '../../../domain/project/stages.js';
import { type Decimal, decimalText } from '../../../domain/values/amounts/decimal.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { refuse } from '../problems/faults.js';
import { Member, Optional, shapes } from '../validation/member.js';
import { day, listOf, oneOf, pattern, slug, text, wholeNumber, yesOrNo } from '../validation/rules.js';
import { type DecimalSaid, decimal, decimalFrom } from './facts/decimal.js';
import { UndatedSaying } from './facts/entry.js';
import { mostCounted } from './facts/measure-said.js';
import { type MoneyStated, money, moneyOf } from './facts/money.js';
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

  @Member(oneOf(['done', 'percent', 'count', 'quantity', 'storeys', 'steps']), 'How it is measured.')
  measure!: MeasureKind;

  @Optional(decimal, 'How many there are, for count and storeys (above ground), or how much, for quantity.')
  of?: DecimalSaid;

  @Optional(decimal, 'Instead of "of": how much there is, for quantity.')
  total?: DecimalSaid;

  @Optional(wholeNumber(0, 100), 'How many storeys there are below ground.')
  below?: number;

  @Optional(text(40), 'What is counted, or the unit of quantity, such as km, 公里, 万 m³ or 根.')
  unit?: string;

  @Optional(shapes(StepSaid, 1, 50), 'The parts that it is earned in.')
  steps?: StepSaid[];

  @Optional(day, 'When it is to start.')
  plannedStart?: Day;

  @Optional(day, 'When it is to be done.')
  plannedFinish?: Day;

  @Optional(money, 'What it is to cost.')
  plannedCost?: MoneyStated;

  @Optional(listOf(slug(), 0, 50), 'Items that it presupposes.')
  after?: string[];

  @Optional(slug(), 'The item that is done when this one is: topping out states the structure.')
  states?: string;

  @Optional(oneOf(itemStages), 'The stage that reaches it.')
  stage?: ItemStage;

  @Optional(yesOrNo, 'It will not be built: it is shown, and its weight is stored as 0.')
  isCancelled?: boolean;
}

export class MonthTargetSaid {
  @Member(wholeNumber(1, 12), 'The month: 1 is January.')
  month!: number;

  @Member(money, 'The investment planned for it.')
  investment!: MoneyStated;
}

export class AnnualPlanSaid {
  @Member(wholeNumber(1900, 2199), 'The calendar year.')
  year!: number;

  @Member(money, 'The investment planned for it.')
  investment!: MoneyStated;

  @Optional(shapes(MonthTargetSaid, 0, 12), 'Targets of single months; they need not add up to the year.')
  months?: MonthTargetSaid[];
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
  plannedInvestment?: MoneyStated;

  @Optional(shapes(AnnualPlanSaid, 0, 50), 'The investment planned for each year.')
  annualPlans?: AnnualPlanSaid[];

  @Optional(
    pattern(/^(stated|example|template:[a-z0-9-]{1,64})$/, 'stated, example or template:NAME'),
    'Who answers for the weights; "stated" when absent.',
  )
  basis?: string;

  @Optional(text(100), 'A name by which slips are measured against this plan, also after later ones.')
  baseline?: string;

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
  baseline,
  renames,
}: PlanAdopted): Plan {
  return omitUndefined({
    items: items.map(itemOf),
    plannedInvestment: plannedInvestment === undefined ? undefined : moneyOf(plannedInvestment),
    annualPlans: annualPlans?.map(annualOf),
    basis,
    baseline,
    renames:
      renames && renames.length > 0 ? renames.map((rename) => omitUndefined({ ...rename })) : undefined,
  });
}

function annualOf({ year, investment, months }: AnnualPlanSaid): AnnualInvestment {
  return omitUndefined({
    year,
    investment: moneyOf(investment),
    months: months?.map(({ month, investment: target }) => ({ month, investment: moneyOf(target) })),
  });
}

function itemOf(said: WorkItemSaid, index: number): WorkItem {
  return omitUndefined({
    ...said,
    ...totalsOf(said, index),
    name: omitUndefined({ ...said.name }),
    steps: said.steps?.map((step) => ({ ...step, name: omitUndefined({ ...step.name }) })),
    plannedCost: said.plannedCost === undefined ? undefined : moneyOf(said.plannedCost),
    isCancelled: said.isCancelled || undefined,
    weight: said.isCancelled ? 0 : said.weight,
  });
}

/** The total as a decimal of a quantity, else as a whole number. */
function totalsOf(
  { measure, of, total }: WorkItemSaid,
  index: number,
): { of: number | undefined; total: Decimal | undefined } {
  const [number, decimal] = [decimalFrom(of), decimalFrom(total)];
  if (measure === 'quantity') {
    if (number && decimal)
      refuse(
        'member-unknown',
        `items[${index}].total`,
        { en: 'of and total', zh: 'of 与 total 并存' },
        { en: 'one of them', zh: '其中之一' },
      );
    const whole = decimal ?? number;
    if (whole?.digits === 0)
      refuse('value-out-of-range', `items[${index}].${number ? 'of' : 'total'}`, '0', {
        en: 'more than 0',
        zh: '大于 0',
      });
    return { of: undefined, total: whole };
  }
  if (number && (number.scale > 0 || number.digits < 1 || number.digits > mostCounted))
    refuse('value-out-of-range', `items[${index}].of`, decimalText(number), {
      en: `a whole number from 1 to ${mostCounted}, or the measure "quantity"`,
      zh: `1 至 ${mostCounted} 之间的整数，或改用计量方式“quantity”`,
    });
  return { of: number?.digits, total: decimal };
}
