import type { WorkItem } from '../../domain/project/events.js';
import { wholeBasisPoints } from '../../domain/values/amounts/basis-points.js';
import { type Day, dayNumber } from '../../domain/values/days/calendar.js';
import type { Words } from '../../domain/values/words.js';
import type { Money } from '../money/money.js';
import { partOn, type WeightedLeaf } from '../plan/planned-work.js';

/** Earned value in minor units of one currency; indices in basis points (10000 is on plan). */
export interface EarnedValue {
  currency: string;
  budgetMinor: number;
  plannedValueMinor: number;
  earnedValueMinor: number;
  /** The latest accounting figure since the start. */
  actualCostMinor: number | null;
  /** Earned over planned value; null while nothing is planned yet. */
  spiBasisPoints: number | null;
  /** Earned value over actual cost; null without such a cost. */
  cpiBasisPoints: number | null;
}

/** Earned value, or what it lacks; nothing is assumed for a leaf without a cost or dates. */
export function earnedValueOf(
  leaves: readonly WeightedLeaf[],
  percentOf: (leaf: WorkItem) => number,
  money: Money,
  asOf: Day,
): { value: EarnedValue | null; missing: Words | null; actualCostEntry?: string } {
  const budget = budgetOf(leaves);
  if ('en' in budget) return { value: null, missing: budget };
  const { currency, budgetMinor } = budget;
  let planned = 0;
  let earned = 0;
  const day = dayNumber(asOf);
  for (const { item, days } of leaves) {
    const cost = item.plannedCost?.amountMinor ?? 0;
    planned += days ? cost * partOn(days, day) : 0;
    earned += (cost * percentOf(item)) / wholeBasisPoints;
  }
  const paid = money.sinceStartOf('accounting', currency);
  const cost = paid?.amount.amountMinor ?? null;
  const value = {
    currency,
    budgetMinor,
    plannedValueMinor: Math.round(planned),
    earnedValueMinor: Math.round(earned),
    actualCostMinor: cost,
    spiBasisPoints: planned === 0 ? null : Math.round((earned / planned) * wholeBasisPoints),
    cpiBasisPoints: cost === null || cost === 0 ? null : Math.round((earned / cost) * wholeBasisPoints),
  };
  return { value, missing: null, ...(paid ? { actualCostEntry: paid.report.id } : {}) };
}

/** The planned costs of all leaves, in one currency; or what earned value lacks. */
export function budgetOf(
  leaves: readonly WeightedLeaf[],
): Pick<EarnedValue, 'currency' | 'budgetMinor'> | Words {
  const currency = leaves[0]?.item.plannedCost?.currency;
  const missing = whatIsMissing(leaves);
  if (missing) return missing;
  const budgetMinor = leaves.reduce((sum, { item }) => sum + (item.plannedCost?.amountMinor ?? 0), 0);
  return currency !== undefined && Number.isSafeInteger(budgetMinor) ? { currency, budgetMinor } : tooMuch;
}

const tooMuch: Words = {
  en: 'planned costs that add up to at most 2^53 - 1 minor units',
  zh: '计划费用合计须不超过 2^53 - 1 个最小货币单位',
};

function whatIsMissing(leaves: readonly WeightedLeaf[]): Words | null {
  if (leaves.length === 0) return { en: 'a plan with weighted items', zh: '带权重的计划' };
  const count = (isLacking: (leaf: WeightedLeaf) => boolean) => leaves.filter(isLacking).length;
  const costless = count(({ item }) => item.plannedCost === undefined);
  if (costless > 0) {
    return {
      en: `a planned cost for ${costless} of ${leaves.length} items`,
      zh: `${leaves.length} 个工程部位中有 ${costless} 个没有计划费用`,
    };
  }
  const dateless = count(({ days }) => days === undefined);
  if (dateless > 0) {
    return {
      en: `a planned finish for ${dateless} of ${leaves.length} items`,
      zh: `${leaves.length} 个工程部位中有 ${dateless} 个没有计划完成日期`,
    };
  }
  const currencies = [...new Set(leaves.map(({ item }) => item.plannedCost?.currency))];
  if (currencies.length === 1) return null;
  return {
    en: `planned costs in one currency, not in ${currencies.join(', ')}`,
    zh: `计划费用须为同一币种，现有 ${currencies.join('、')}`,
  };
}
