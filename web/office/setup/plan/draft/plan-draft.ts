import type { Plan, RecordedEvent, Rename, WorkItem } from '../../../../../domain/project/events.js';
import type { Money } from '../../../../../domain/values/amounts/money.js';
import type { Day } from '../../../../../domain/values/days/calendar.js';
import { type MoneyForm, moneyFormOf, moneySaid } from '../../money-form.js';
import { withReadableIds } from './readable-ids.js';
import { type Items, ordered } from './tree.js';

/** A draft of a plan. */
export interface PlanDraft {
  items: Items;
  basis: string;
  investment: MoneyForm;
  annual: readonly AnnualForm[];
  /** The name as a baseline; a later plan does not take it over. */
  baseline?: string;
  /** Renames of items with entries that a person confirmed as the same work. */
  renames?: readonly Rename[];
}

/** The money planned for a year, and targets of its months. */
export interface AnnualForm {
  year: string;
  investment: MoneyForm;
  months?: readonly MonthForm[];
}

/** The target of a month, 1 is January; a draft kept on the device by an earlier version has stored money. */
export interface MonthForm {
  month: number;
  investment: MoneyForm | Money;
}

/** The target of a month as the form shows it. */
export function targetOf({ investment }: MonthForm): MoneyForm {
  return 'amountMinor' in investment ? moneyFormOf(investment) : investment;
}

/** The year with another target of a month; an empty one is none. */
export function withTarget(year: AnnualForm, month: number, investment: MoneyForm): AnnualForm {
  const { months = [], ...rest } = year;
  const others = months.filter((one) => one.month !== month);
  const isGiven = investment.amount.trim() !== '';
  const all = isGiven ? [...others, { month, investment }].sort((a, b) => a.month - b.month) : others;
  return all.length > 0 ? { ...rest, months: all } : rest;
}

/** The plan from which the draft started. */
export interface Base {
  /** The entry that adopted it; null if there was none. */
  entry: string | null;
  /** The log position then. */
  position: number;
  items: Items;
}

/** A draft as stored on the device. */
export interface KeptDraft {
  draft: PlanDraft;
  base: Base;
}

/** Data passed from a registration to the first plan. */
export interface Seed {
  investment: MoneyForm;
  start: Day | '';
  finish: Day | '';
  sector: string;
}

export const noMoney: MoneyForm = { amount: '', unit: '万元' };

/** A draft with the content of a plan, or an empty one. */
export function draftOf(plan: Plan | undefined, seed?: Seed): PlanDraft {
  if (!plan) return { items: [], basis: 'stated', investment: seed?.investment ?? noMoney, annual: [] };
  return {
    items: ordered(plan.items),
    basis: plan.basis,
    investment: plan.plannedInvestment ? moneyFormOf(plan.plannedInvestment) : noMoney,
    annual: (plan.annualPlans ?? []).map(({ year, investment, months }) => ({
      year: String(year),
      investment: moneyFormOf(investment),
      ...(months
        ? { months: months.map(({ month, investment }) => ({ month, investment: moneyFormOf(investment) })) }
        : {}),
    })),
  };
}

/**
 * A draft in the form the service accepts.
 *
 * @param used ids that no manually added item may get
 * @param moved the renames that the plan must state
 */
export function planBody(
  { items, basis, investment, annual, baseline = '' }: PlanDraft,
  used: ReadonlySet<string>,
  moved: readonly Rename[] = [],
): object {
  const plannedInvestment = moneySaid(investment);
  const annualPlans = annual
    .filter((one) => one.year.trim() !== '' || one.investment.amount.trim() !== '')
    .map((one) => ({
      year: /^\d+$/.test(one.year.trim()) ? Number(one.year) : one.year,
      investment: moneySaid(one.investment) ?? {},
      ...(one.months
        ? {
            months: one.months.map((target) => ({
              month: target.month,
              investment: moneySaid(targetOf(target)) ?? {},
            })),
          }
        : {}),
    }));
  return {
    items: withReadableIds(items, used).map(({ plannedCost, ...item }) => ({
      ...item,
      ...(plannedCost ? { plannedCost: sent(plannedCost) } : {}),
    })),
    basis,
    ...(plannedInvestment ? { plannedInvestment } : {}),
    ...(annualPlans.length > 0 ? { annualPlans } : {}),
    ...(baseline.trim() === '' ? {} : { baseline: baseline.trim() }),
    ...(moved.length > 0 ? { renames: moved } : {}),
  };
}

/** Money in one of the two forms that the service accepts. */
function sent({ said, amountMinor, currency }: Money) {
  return said ?? { amountMinor, currency };
}

/** A manual change means that the basis is no longer the template. */
export function byHand(draft: PlanDraft, items: Items): PlanDraft {
  const hasOtherWeights =
    items.length !== draft.items.length ||
    items.some((item, index) => !sameWeight(item, draft.items[index] as WorkItem));
  return { ...draft, items, basis: hasOtherWeights ? 'stated' : draft.basis };
}

function sameWeight(a: WorkItem, b: WorkItem): boolean {
  return a.weight === b.weight && a.parent === b.parent && a.id === b.id && a.steps === b.steps;
}

/** The plan that an entry adopted. */
export function planIn(
  entries: readonly RecordedEvent[],
  entry: string | undefined,
): RecordedEvent<'PlanAdopted'> | undefined {
  const found = entries.find(({ id }) => id === entry);
  return found?.type === 'PlanAdopted' ? found : undefined;
}
