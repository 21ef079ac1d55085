import type { WorkItem } from '../../../../domain/project/events.js';
import type { Dice } from '../../../support/dice.js';

/** A plan of up to three levels: groups, steps, every measure, `after`, stages, `states` and weights of 0. */
export function somePlan(dice: Dice): WorkItem[] {
  const items: WorkItem[] = [];
  for (let number = 1; number <= dice.int(1, 4); number++) addBranch(dice, items, `i${number}`, undefined, 0);
  return withWeight(withLinks(dice, items));
}

/** The plan with other weights and totals, items that came, left, were split or merged. */
export function changedPlan(dice: Dice, plan: readonly WorkItem[]): WorkItem[] {
  let items = plan.map((item) => ({
    ...item,
    weight: dice.chance(15) ? dice.int(0, 5) : item.weight,
    ...(item.measure === 'count' && dice.chance(30) ? { of: (item.of ?? 6) + dice.int(0, 6) } : {}),
  }));
  const one = items.length > 0 ? items[dice.int(0, items.length - 1)] : undefined;
  const kind = dice.int(1, 5);
  const added = `n${items.length}${dice.int(1, 9)}`;
  if (kind <= 2) addBranch(dice, items, added, dice.chance(50) ? groupOf(dice, items)?.id : undefined, 1);
  if (kind === 3 && one) items = items.filter((item) => !isUnder(items, item, one.id));
  if (kind === 4 && one) items = items.filter((item) => item === one || !isUnder(items, item, one.id));
  if (kind === 5 && one && items.every(({ parent }) => parent !== one.id))
    for (let number = 1; number <= dice.int(1, 3); number++)
      addBranch(dice, items, `${one.id}-${number}`, one.id, 2);
  const ids = new Set(items.map(({ id }) => id));
  return withWeight(
    items.map(({ after, states, ...item }) => ({
      ...item,
      ...(after?.some((id) => ids.has(id)) ? { after: after.filter((id) => ids.has(id)) } : {}),
      ...(states !== undefined && ids.has(states) ? { states } : {}),
    })),
  );
}

export const steps = ['s1', 's2', 's3'] as const;

function addBranch(
  dice: Dice,
  items: WorkItem[],
  id: string,
  parent: string | undefined,
  depth: number,
): void {
  if (items.some((item) => item.id === id)) return;
  const isGroup = depth < 2 && dice.chance(45);
  items.push({
    id,
    name: { en: id },
    ...(parent === undefined ? {} : { parent }),
    weight: dice.chance(8) ? 0 : dice.int(1, 5),
    ...(isGroup ? { measure: 'percent' } : someMeasure(dice)),
  });
  if (!isGroup) return;
  for (let number = 1; number <= dice.int(1, 3); number++)
    addBranch(dice, items, `${id}-${number}`, id, depth + 1);
}

function someMeasure(
  dice: Dice,
): Pick<WorkItem, 'measure' | 'of' | 'total' | 'unit' | 'below' | 'steps' | 'stage'> {
  switch (dice.pick(['done', 'percent', 'percent', 'count', 'quantity', 'storeys', 'steps'])) {
    case 'done':
      return {
        measure: 'done',
        ...(dice.chance(30) ? { stage: dice.pick(['trial-production', 'in-production']) } : {}),
      };
    case 'count':
      return { measure: 'count', unit: '栋', ...(dice.chance(60) ? { of: dice.int(1, 8) } : {}) };
    case 'quantity':
      return {
        measure: 'quantity',
        unit: 'km',
        ...(dice.chance(60) ? { total: { digits: dice.int(10, 80), scale: 1 } } : {}),
      };
    case 'storeys':
      return {
        measure: 'storeys',
        ...(dice.chance(60) ? { of: dice.int(2, 18) } : {}),
        ...(dice.chance(40) ? { below: dice.int(1, 3) } : {}),
      };
    case 'steps': {
      const all = steps.slice(0, dice.int(2, 3));
      return {
        measure: 'steps',
        steps: all.map((id) => ({ id, name: { en: id }, weight: dice.int(0, 4) + 1 })),
      };
    }
    default:
      return { measure: 'percent' };
  }
}

/** Some items come after items of other branches before them, and one may state an item before it. */
function withLinks(dice: Dice, items: readonly WorkItem[]): WorkItem[] {
  return items.map((item, index) => {
    const root = item.id.split('-')[0];
    const before = items.slice(0, index).filter(({ id }) => id.split('-')[0] !== root);
    const [first, ...rest] = before;
    if (!first || !dice.chance(40)) return item;
    return {
      ...item,
      after: [dice.pick([first, ...rest]).id],
      ...(dice.chance(20) ? { states: dice.pick([first, ...rest]).id } : {}),
    };
  });
}

/** Something of the plan has a weight. */
function withWeight(items: readonly WorkItem[]): WorkItem[] {
  const [first, ...rest] = items;
  return first ? [{ ...first, weight: Math.max(1, first.weight) }, ...rest] : [];
}

function groupOf(dice: Dice, items: readonly WorkItem[]): WorkItem | undefined {
  const [first, ...rest] = items.filter(({ id }) => items.some(({ parent }) => parent === id));
  return first && dice.pick([first, ...rest]);
}

function isUnder(items: readonly WorkItem[], item: WorkItem, id: string): boolean {
  if (item.id === id) return true;
  const above = items.find((other) => other.id === item.parent);
  return above !== undefined && isUnder(items, above, id);
}
