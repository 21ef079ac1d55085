import type { MeasureKind, Names, Plan, PlanStep, WorkItem } from '../../domain/project/events.js';
import type { Money } from '../../domain/values/amounts/money.js';
import { addDays, type Day } from '../../domain/values/days/calendar.js';
import { parseMoney } from '../../domain/values/money-text.js';
import type { Dice } from './dice.js';

/** A valid random plan: groups up to three deep, every measure, `after`, stages, dates and costs. */
export function randomPlan(dice: Dice, around: Day): Plan {
  const items: WorkItem[] = [];
  for (let group = 1; group <= dice.int(1, 4); group++)
    addBranch(items, dice, around, `part-${group}`, undefined, 0);
  const [first] = items;
  if (first) first.weight = dice.int(1, 60);
  const trial = items.findLast((item) => !items.some((other) => other.parent === item.id));
  if (trial && dice.chance(50))
    trial.stage = dice.pick(['trial-production', 'in-production', 'opened-to-traffic', 'in-use']);
  return {
    items,
    ...(dice.chance(60) ? { plannedInvestment: yuan(dice) } : {}),
    ...(dice.chance(40)
      ? { annualPlans: [2018, 2019].map((year) => ({ year, investment: yuan(dice) })) }
      : {}),
    basis: dice.pick(['stated', 'template:factory', 'example']),
  } satisfies Plan;
}

/** The plan with some weights and totals changed, and a branch added or removed. */
export function revisedPlan(dice: Dice, plan: Plan, around: Day): Plan {
  const items = plan.items.map((item) => ({
    ...item,
    weight: dice.chance(30) ? dice.int(1, 90) : item.weight,
    ...(item.of !== undefined && dice.chance(30) ? { of: item.of + dice.int(1, 3) } : {}),
  }));
  if (plan.items.length < 25 && dice.chance(60))
    addBranch(items, dice, around, `added-${items.length}`, undefined, 1);
  const roots = items.filter((item) => item.parent === undefined);
  const dropped = dice.chance(30) && roots.length > 1 ? roots[0]?.id : undefined;
  const kept = items.filter((item) => dropped === undefined || rootOf(item, items) !== dropped);
  const ids = new Set(kept.map((item) => item.id));
  for (const item of kept) if (item.after) item.after = item.after.filter((id) => ids.has(id));
  const [first] = kept;
  if (first) first.weight = Math.max(1, first.weight);
  return { ...plan, items: kept };
}

/** An amount with its reported unit, or in minor units; sometimes in another currency. */
export function randomMoney(dice: Dice): Money {
  if (dice.chance(10)) return { amountMinor: dice.int(0, 9_000_000), currency: 'USD' };
  return yuan(dice);
}

function yuan(dice: Dice): Money {
  if (dice.chance(20)) return { amountMinor: dice.int(0, 2_000_000_000), currency: 'CNY' };
  const said = parseMoney(String(dice.int(0, 99_999)), '万元');
  if ('fault' in said) throw new Error(said.expected.en);
  return said;
}

/** Adds an item and its parts; predecessors are earlier items outside its branch, so no cycle arises. */
function addBranch(
  items: WorkItem[],
  dice: Dice,
  around: Day,
  id: string,
  parent: string | undefined,
  depth: number,
): void {
  const line = new Set<string | undefined>([parent]);
  for (let up = parent; up !== undefined; ) {
    up = items.find((item) => item.id === up)?.parent;
    line.add(up);
  }
  const earlier = items.filter((item) => !line.has(item.id)).map((item) => item.id);
  const start = addDays(around, dice.int(-200, 200));
  const isGroup = depth < 3 && dice.chance(depth === 0 ? 80 : 25);
  const [one, ...more] = earlier;
  items.push({
    id,
    name: dice.pick<Names>([
      { en: id, zh: `第${items.length + 1}项` },
      { en: id },
      { zh: `第${items.length + 1}项` },
    ]),
    ...(parent === undefined ? {} : { parent }),
    weight: dice.chance(10) ? 0 : dice.int(1, 60),
    ...(isGroup ? { measure: 'percent' as const } : randomMeasure(dice)),
    ...(dice.chance(60) ? { plannedStart: start, plannedFinish: addDays(start, dice.int(0, 300)) } : {}),
    ...(dice.chance(30) ? { plannedCost: randomMoney(dice) } : {}),
    ...(one !== undefined && dice.chance(40) ? { after: [dice.pick([one, ...more])] } : {}),
  });
  if (!isGroup) return;
  for (let child = 1; child <= dice.int(1, 4); child++)
    addBranch(items, dice, around, `${id}-${child}`, id, depth + 1);
}

function randomMeasure(dice: Dice): { measure: MeasureKind; of?: number; unit?: string; steps?: PlanStep[] } {
  const measure = dice.pick(['done', 'percent', 'count', 'storeys', 'steps']);
  switch (measure) {
    case 'done':
    case 'percent':
      return { measure };
    case 'count':
      return { measure, ...(dice.chance(70) ? { of: dice.int(1, 12), unit: '幢' } : {}) };
    case 'storeys':
      return { measure, ...(dice.chance(60) ? { of: dice.int(1, 20) } : {}) };
    case 'steps':
      return {
        measure,
        steps: equipmentSteps.slice(0, dice.int(1, 3)).map((step) => ({ ...step, weight: dice.int(1, 40) })),
      };
  }
}

const equipmentSteps: readonly Omit<PlanStep, 'weight'>[] = [
  { id: 'delivered', name: { en: 'delivered', zh: '到场' } },
  { id: 'installed', name: { en: 'installed', zh: '安装' } },
  { id: 'commissioned', name: { en: 'commissioned', zh: '调试' } },
];

function rootOf(item: WorkItem, items: readonly WorkItem[]): string {
  const parent = items.find((other) => other.id === item.parent);
  return parent ? rootOf(parent, items) : item.id;
}
