import type { Money } from '../values/amounts/money.js';
import { dayWords } from '../values/day-words.js';
import type { Day } from '../values/days/calendar.js';
import type { Decision } from '../values/decision.js';
import { isSame } from '../values/equal.js';
import { omitUndefined } from '../values/omit-undefined.js';
import { CommandRejected, type Fault } from '../values/rejections.js';
import type { Entries } from './entries.js';
import type { AnnualInvestment, EntryMetadata, Plan, ProjectEvent } from './events.js';
import { planFault } from './plan-fault.js';
import type { Said } from './said.js';

/** Amounts of a plan that are stated apart from its items: those that are absent stay as they are. */
export interface PlanMoney {
  plannedInvestment?: Money;
  annualPlans?: readonly AnnualMoney[];
}

/** The amount of a year, or targets of its months; a year is in a plan only with its amount. */
interface AnnualMoney extends Omit<AnnualInvestment, 'investment'> {
  investment?: Money;
}

/** Records the plan in force on that day again where its amounts differ; else that plan says so. */
export function statePlanMoney(
  { data: money, entry }: { data: PlanMoney; entry: EntryMetadata },
  said: Entries,
): Decision<ProjectEvent, Said> {
  const plan = planOn(said, entry.asOf);
  if (!plan) throw noPlanOn(entry.asOf);
  const { version: _, ...before } = plan.data;
  const next = withMoney(before, money);
  if ('seen' in next) throw new CommandRejected('plan-invalid', next);
  if (hasSameMoney(before, next)) return { alreadySaid: plan };
  const fault = planFault(next);
  if (fault) throw new CommandRejected('plan-invalid', fault);
  const data = { ...next, version: 1 + said.count('PlanAdopted') };
  return { append: [{ type: 'PlanAdopted', data, entry }] };
}

/** The live plan in force at the end of a day. */
function planOn(said: Entries, day: Day): Said<'PlanAdopted'> | undefined {
  let last: Said<'PlanAdopted'> | undefined;
  for (const plan of said.live('PlanAdopted')) {
    const { asOf } = plan.entry;
    if (asOf > day) continue;
    const isLater =
      !last || asOf > last.entry.asOf || (asOf === last.entry.asOf && said.inOrder(plan, last) > 0);
    if (isLater) last = plan;
  }
  return last;
}

/** The refusal of amounts for a day on which a project has no plan. */
export function noPlanOn(day: Day): CommandRejected {
  const on = dayWords(day);
  return new CommandRejected('plan-invalid', {
    seen: { en: `a project without a plan on ${on.en}`, zh: `${on.zh}尚无计划的项目` },
    expected: { en: 'a plan whose amounts can be stated', zh: '先发布计划，再填写计划金额' },
  });
}

/** The fault of a target in a year for which nothing is planned. */
export function noAnnualPlan(year: number, member?: string): Fault {
  return {
    ...(member === undefined ? {} : { member }),
    seen: {
      en: `a target in ${year}, for which nothing is planned`,
      zh: `${year}年无年度计划，却有月度目标`,
    },
    expected: { en: `the investment planned for ${year} too`, zh: `同时给出${year}年度计划投资` },
  };
}

/** A plan with other amounts, the rest of it as it is; or why there is none. */
function withMoney(plan: Plan, { plannedInvestment, annualPlans = [] }: PlanMoney): Plan | Fault {
  const years = new Map((plan.annualPlans ?? []).map((annual) => [annual.year, annual]));
  for (const [at, { year, investment, months }] of annualPlans.entries()) {
    const known = years.get(year);
    const planned = investment ?? known?.investment;
    if (!planned) return noAnnualPlan(year, `annualPlans[${at}].months`);
    years.set(year, omitUndefined({ year, investment: planned, months: withTargets(known?.months, months) }));
  }
  const annual = [...years.values()].sort((a, b) => a.year - b.year);
  // A name and renames belong to the plan that stated them.
  const { baseline: _, renames: __, ...rest } = plan;
  return {
    ...rest,
    ...(plannedInvestment ? { plannedInvestment } : {}),
    ...(annual.length > 0 ? { annualPlans: annual } : {}),
  };
}

/** True for plans with the same amounts. */
function hasSameMoney(one: Plan, other: Plan): boolean {
  return isSame(amountsOf(one), amountsOf(other));
}

function amountsOf({ plannedInvestment, annualPlans }: Plan): object {
  return omitUndefined({
    plannedInvestment: plannedInvestment && amountOf(plannedInvestment),
    annual: annualPlans?.map(({ year, investment, months = [] }) => ({
      year,
      investment: amountOf(investment),
      months: months.map((target) => ({ month: target.month, investment: amountOf(target.investment) })),
    })),
  });
}

/** The amount without its wording: 1.2 亿元 and 12,000 万元 are the same. */
function amountOf({ said: _, ...amount }: Money): object {
  return amount;
}

function withTargets(
  known: AnnualInvestment['months'],
  more: AnnualInvestment['months'],
): AnnualInvestment['months'] {
  if (!more) return known;
  const months = new Map([...(known ?? []), ...more].map((target) => [target.month, target]));
  return [...months.values()].sort((a, b) => a.month - b.month);
}
