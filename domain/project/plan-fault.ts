import type { Fault } from '../values/rejections.js';
import type { Text } from '../values/words.js';
import { branchesOf } from './branches.js';
import type { Plan, WorkItem } from './events.js';
import { topologicalOrder } from './topological-order.js';

/** Maximum nesting of groups. */
const deepest = 32;

/** The first fault of a plan, or undefined. */
export function planFault(plan: Plan): Fault | undefined {
  return eachItemFault(plan.items) ?? treeFault(plan.items) ?? moneyFault(plan);
}

function eachItemFault(items: readonly WorkItem[]): Fault | undefined {
  const ids = new Set(items.map((item) => item.id));
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const at = (member: string) => `items[${index}].${member}`;
    if (seen.has(item.id))
      return fault(at('id'), twice(item.id), {
        en: 'an id that no other item has',
        zh: '其他部位未用的编号',
      });
    seen.add(item.id);
    const another = { en: 'the id of another item of this plan', zh: '本计划中另一部位的编号' };
    if (item.parent !== undefined && !ids.has(item.parent))
      return fault(at('parent'), `"${item.parent}"`, another);
    const unknown = item.after?.findIndex((id) => !ids.has(id)) ?? -1;
    if (unknown >= 0) return fault(at(`after[${unknown}]`), `"${item.after?.[unknown]}"`, another);
    if (item.states !== undefined && (!ids.has(item.states) || item.states === item.id))
      return fault(at('states'), `"${item.states}"`, another);
    const own = stepsFault(item, at) ?? totalFault(item, at) ?? daysFault(item, at);
    if (own) return own;
  }
  return statesFault(items);
}

/** The members of a total belong to one measure each, and an amount has a unit. */
function totalFault(
  { measure, total, below, unit }: WorkItem,
  at: (member: string) => string,
): Fault | undefined {
  if (total !== undefined && measure !== 'quantity')
    return fault(
      at('total'),
      { en: `a total with the measure "${measure}"`, zh: `计量方式“${measure}”带有总量` },
      { en: 'total only with the measure "quantity"', zh: '只有计量方式“quantity”才有总量（total）' },
    );
  if (measure === 'quantity' && unit === undefined)
    return fault(
      at('unit'),
      { en: 'no unit', zh: '无单位' },
      {
        en: 'a unit such as km, 公里 or m³, because the measure is "quantity"',
        zh: '单位，如 km、公里、m³：计量方式为“quantity”',
      },
    );
  if (below !== undefined && measure !== 'storeys')
    return fault(
      at('below'),
      { en: `below with the measure "${measure}"`, zh: `计量方式“${measure}”带有地下层数` },
      {
        en: 'below only with the measure "storeys"',
        zh: '只有计量方式“storeys”才有地下层数（below）',
      },
    );
  return undefined;
}

/** The first item that states itself by way of others; what is stated must exist. */
function statesFault(items: readonly WorkItem[]): Fault | undefined {
  const stated = new Map(items.map(({ id, states }) => [id, states]));
  for (const [index, item] of items.entries()) {
    const circle = [item.id];
    for (
      let next = item.states;
      next !== undefined && circle.length <= items.length;
      next = stated.get(next)
    ) {
      circle.push(next);
      if (next === item.id)
        return fault(
          `items[${index}].states`,
          { en: `a circle (${circle.join(', ')})`, zh: `循环（${circle.join('、')}）` },
          { en: '"states" without a circle', zh: '不成循环的“states”' },
        );
    }
  }
  return undefined;
}

function stepsFault({ measure, steps }: WorkItem, at: (member: string) => string): Fault | undefined {
  if (measure !== 'steps') {
    return (
      steps &&
      fault(
        at('steps'),
        { en: `steps with the measure "${measure}"`, zh: `计量方式“${measure}”带有工序` },
        {
          en: 'steps only with the measure "steps"',
          zh: '只有计量方式“steps”才有工序',
        },
      )
    );
  }
  if (!steps?.length)
    return fault(
      at('steps'),
      { en: 'no steps', zh: '无工序' },
      {
        en: 'at least one step, because the measure is "steps"',
        zh: '至少一道工序：计量方式为“steps”',
      },
    );
  const repeated = steps.findIndex((step, index) =>
    steps.some((other, i) => i < index && other.id === step.id),
  );
  if (repeated >= 0)
    return fault(at(`steps[${repeated}].id`), twice(steps[repeated]?.id ?? ''), {
      en: 'an id that no other step has',
      zh: '其他工序未用的编号',
    });
  if (steps.every((step) => step.weight === 0))
    return fault(
      at('steps'),
      { en: 'weights that are all 0', zh: '权重全部为 0' },
      {
        en: 'a weight above 0',
        zh: '大于 0 的权重',
      },
    );
  return undefined;
}

function daysFault(
  { plannedStart, plannedFinish }: WorkItem,
  at: (member: string) => string,
): Fault | undefined {
  if (plannedStart === undefined || plannedFinish === undefined || plannedStart <= plannedFinish)
    return undefined;
  return fault(at('plannedFinish'), plannedFinish, {
    en: `${plannedStart} (plannedStart) or later`,
    zh: `${plannedStart}（计划开始）或以后`,
  });
}

/** Faults between items; ids must be unique and references valid. */
function treeFault(items: readonly WorkItem[]): Fault | undefined {
  const branches = branchesOf(items);
  const groups = new Set(items.map((item) => item.parent));
  const [lost] = branches.lost;
  if (lost) {
    return fault(
      `items[${items.indexOf(lost)}].parent`,
      {
        en: `"${lost.parent}", from where parents lead in a circle`,
        zh: `“${lost.parent}”，其上级成循环`,
      },
      { en: 'parents that lead to an item without one', zh: '最终通向最上层的上级' },
    );
  }
  for (const [index, item] of items.entries()) {
    const at = (member: string) => `items[${index}].${member}`;
    const depth = branches.depthOf(item.id);
    if (depth > deepest)
      return fault(
        at('parent'),
        { en: `an item ${depth} deep`, zh: `第 ${depth} 层的部位` },
        {
          en: `at most ${deepest}`,
          zh: `至多 ${deepest} 层`,
        },
      );
    if (item.stage !== undefined && groups.has(item.id))
      return fault(
        at('stage'),
        { en: `"${item.stage}" on an item with items in it`, zh: `含下级部位的部位带有阶段“${item.stage}”` },
        { en: 'a stage on each of those items', zh: '阶段写在其各下级部位上' },
      );
    const kin = item.after?.findIndex((id) => branches.areInOneBranch(item.id, id)) ?? -1;
    if (kin >= 0)
      return fault(
        at(`after[${kin}]`),
        {
          en: `"${item.after?.[kin]}", which is the item itself, above it or below it`,
          zh: `“${item.after?.[kin]}”，即该部位本身、其上级或下级`,
        },
        { en: 'items outside its own branch', zh: '不在同一分支的部位' },
      );
  }
  const ordered = topologicalOrder(items);
  if ('circle' in ordered) {
    const ids = [...new Set(ordered.circle)];
    const circle =
      ids.length > 10 ? `${ids.slice(0, 10).join(', ')}, ... ${ids.length} in all` : ids.join(', ');
    return fault(
      'items',
      {
        en: `items that come after each other in a circle (${circle})`,
        zh: `前后关系成循环的部位（${circle}）`,
      },
      { en: '"after" without a circle', zh: '不成循环的先后关系（after）' },
    );
  }
  if (!items.some((item) => item.parent === undefined && item.weight > 0))
    return fault(
      'items',
      {
        en: 'no item without a parent has a weight above 0',
        zh: '最上层部位的权重都不大于 0',
      },
      { en: 'at least one', zh: '至少一个大于 0' },
    );
  return undefined;
}

/** The first fault of the planned money: a year or a month twice, or another currency. */
export function moneyFault({ plannedInvestment, annualPlans = [] }: Plan): Fault | undefined {
  const currency = (plannedInvestment ?? annualPlans[0]?.investment)?.currency;
  const years = new Set<number>();
  const asRest = { en: `${currency}, as the rest of the plan`, zh: `${currency}，与计划其余部分一致` };
  for (const [index, { year, investment, months = [] }] of annualPlans.entries()) {
    if (years.has(year))
      return fault(`annualPlans[${index}].year`, twice(year), {
        en: 'one plan a year',
        zh: '每年一个计划',
      });
    years.add(year);
    if (investment.currency !== currency)
      return fault(`annualPlans[${index}].investment`, investment.currency, asRest);
    const inYear = new Set<number>();
    for (const [place, { month, investment: target }] of months.entries()) {
      const at = `annualPlans[${index}].months[${place}]`;
      if (inYear.has(month))
        return fault(`${at}.month`, twice(month), { en: 'one target a month', zh: '每月一个目标' });
      inYear.add(month);
      if (target.currency !== currency) return fault(`${at}.investment`, target.currency, asRest);
    }
  }
  return undefined;
}

/** A text is quoted, a number is not. */
function twice(what: string | number): Text {
  return typeof what === 'number'
    ? { en: `${what} a second time`, zh: `${what} 重复出现` }
    : { en: `"${what}" a second time`, zh: `“${what}”重复出现` };
}

function fault(member: string, seen: Text, expected: Text): Fault {
  return { member, seen, expected };
}
