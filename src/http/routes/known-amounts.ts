import { noAnnualPlan, noPlanOn, type PlanMoney } from '../../../domain/project/plan-money.js';
import type { Money } from '../../../domain/values/amounts/money.js';
import { CommandRejected } from '../../../domain/values/rejections.js';
import type { ProjectAnswer } from '../../app/topout.js';

/**
 * True if a project's plan of a day has some amounts already.
 *
 * @throws CommandRejected it has no plan, or a target is of a year for which nothing is planned
 */
export function isPlanned({ plannedInvestment, annualPlans = [] }: PlanMoney, shown: ProjectAnswer): boolean {
  const { plannedMinor, plannedCurrency, annualPlan } = shown.investment;
  if (!shown.completion.items.some(({ isPlanned }) => isPlanned)) throw noPlanOn(shown.asOf);
  const isSo = (money: Money, amountMinor: number | null, currency: string | null) =>
    money.amountMinor === amountMinor && money.currency === currency;
  if (plannedInvestment && !isSo(plannedInvestment, plannedMinor, plannedCurrency)) return false;
  return annualPlans.every(({ year, investment, months = [] }) => {
    const isOfYear = annualPlan?.year === year;
    if (!isOfYear && !investment) throw new CommandRejected('plan-invalid', noAnnualPlan(year));
    if (!isOfYear || !annualPlan) return false;
    const { currency, targets } = annualPlan;
    const isTarget = (target: { month: number; investment: Money }) => {
      const known = targets.find(({ month }) => Number(month.slice(5)) === target.month);
      return isSo(target.investment, known?.targetMinor ?? null, currency);
    };
    return (!investment || isSo(investment, annualPlan.plannedMinor, currency)) && months.every(isTarget);
  });
}
