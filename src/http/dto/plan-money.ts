import type { PlanMoney } from '../../../domain/project/plan-money.js';
import { type Day, yearOf } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { nothing } from '../../../domain/values/rejections.js';
import { refuse } from '../problems/faults.js';
import { Optional } from '../validation/member.js';
import { wholeNumber } from '../validation/rules.js';
import { DatedSaying } from './facts/entry.js';
import { type MoneyStated, money, moneyOf } from './facts/money.js';

/** Amounts of the plan in force; its items and its other amounts stay. */
export class PlanMoneyStated extends DatedSaying {
  @Optional(money, 'The planned investment as a whole.')
  plannedInvestment?: MoneyStated;

  @Optional(money, 'The investment planned for the year.')
  annualPlan?: MoneyStated;

  @Optional(money, 'The investment planned for the month of asOf.')
  monthTarget?: MoneyStated;

  @Optional(wholeNumber(1900, 2199), 'The year of annualPlan; that of asOf when absent.')
  year?: number;
}

/**
 * The amounts in a line.
 *
 * @throws RequestRefused there are none, or a target of another year
 */
export function planMoneyOf(said: PlanMoneyStated, asOf: Day): PlanMoney {
  const { plannedInvestment, annualPlan, monthTarget, year = yearOf(asOf) } = said;
  if (plannedInvestment === undefined && annualPlan === undefined && monthTarget === undefined)
    refuse('member-missing', 'plannedInvestment', nothing, {
      en: 'plannedInvestment, annualPlan or monthTarget',
      zh: 'plannedInvestment、annualPlan 或 monthTarget',
    });
  if (monthTarget !== undefined && year !== yearOf(asOf))
    refuse('value-out-of-range', 'year', String(year), {
      en: `${yearOf(asOf)}, the year of the month`,
      zh: `${yearOf(asOf)}，即该月所在年份`,
    });
  const target =
    monthTarget === undefined
      ? undefined
      : { month: Number(asOf.slice(5, 7)), investment: moneyOf(monthTarget) };
  const annual = omitUndefined({
    year,
    investment: annualPlan === undefined ? undefined : moneyOf(annualPlan),
    months: target && [target],
  });
  return omitUndefined({
    plannedInvestment: plannedInvestment === undefined ? undefined : moneyOf(plannedInvestment),
    annualPlans: annualPlan === undefined && !target ? undefined : [annual],
  });
}
