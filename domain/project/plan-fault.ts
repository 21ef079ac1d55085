import type { Fault } from '../values/rejections.js';
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
      return fault(at('id'), `"${item.id}" a second time`, 'an id that no other item has');
    seen.add(item.id);
    const another = 'the id of another item of this plan';
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
      `a total with the measure "${measure}"`,
      'total only with the measure "quantity"',
    );
  if (measure === 'quantity' && unit === undefined)
    return fault(at('unit'), 'no unit', 'a unit such as km, 公里 or m³, because the measure is "quantity"');
  if (below !== undefined && measure !== 'storeys')
    return fault(at('below'), `below with the measure "${measure}"`, 'below only with the measure "storeys"');
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
          `a circle (${circle.join(', ')})`,
          '"states" without a circle',
        );
    }
  }
  return undefined;
}

function stepsFault({ measure, steps }: WorkItem, at: (member: string) => string): Fault | undefined {
  if (measure !== 'steps') {
    return (
      steps &&
      fault(at('steps'), `steps with the measure "${measure}"`, 'steps only with the measure "steps"')
    );
  }
  if (!steps?.length)
    return fault(at('steps'), 'no steps', 'at least one step, because the measure is "steps"');
  const twice = steps.findIndex((step, index) => steps.some((other, i) => i < index && other.id === step.id));
  if (twice >= 0)
    return fault(
      at(`steps[${twice}].id`),
      `"${steps[twice]?.id}" a second time`,
      'an id that no other step has',
    );
  if (steps.every((step) => step.weight === 0))
    return fault(at('steps'), 'weights that are all 0', 'a weight above 0');
  return undefined;
}

function daysFault(
  { plannedStart, plannedFinish }: WorkItem,
  at: (member: string) => string,
): Fault | undefined {
  if (plannedStart === undefined || plannedFinish === undefined || plannedStart <= plannedFinish)
    return undefined;
  return fault(at('plannedFinish'), plannedFinish, `${plannedStart} (plannedStart) or later`);
}

/** Faults between items; ids must be unique and references valid. */
function treeFault(items: readonly WorkItem[]): Fault | undefined {
  const branches = branchesOf(items);
  const groups = new Set(items.map((item) => item.parent));
  const [lost] = branches.lost;
  if (lost) {
    return fault(
      `items[${items.indexOf(lost)}].parent`,
      `"${lost.parent}", from where parents lead in a circle`,
      'parents that lead to an item without one',
    );
  }
  for (const [index, item] of items.entries()) {
    const at = (member: string) => `items[${index}].${member}`;
    const depth = branches.depthOf(item.id);
    if (depth > deepest) return fault(at('parent'), `an item ${depth} deep`, `at most ${deepest}`);
    if (item.stage !== undefined && groups.has(item.id))
      return fault(
        at('stage'),
        `"${item.stage}" on an item with items in it`,
        'a stage on each of those items',
      );
    const kin = item.after?.findIndex((id) => branches.areInOneBranch(item.id, id)) ?? -1;
    if (kin >= 0)
      return fault(
        at(`after[${kin}]`),
        `"${item.after?.[kin]}", which is the item itself, above it or below it`,
        'items outside its own branch',
      );
  }
  const ordered = topologicalOrder(items);
  if ('circle' in ordered) {
    const ids = [...new Set(ordered.circle)];
    const circle =
      ids.length > 10 ? `${ids.slice(0, 10).join(', ')}, ... ${ids.length} in all` : ids.join(', ');
    return fault(
      'items',
      `items that come after each other in a circle (${circle})`,
      '"after" without a circle',
    );
  }
  if (!items.some((item) => item.parent === undefined && item.weight > 0))
    return fault('items', 'no item without a parent has a weight above 0', 'at least one');
  return undefined;
}

function moneyFault({ plannedInvestment, annualPlans = [] }: Plan): Fault | undefined {
  const currency = (plannedInvestment ?? annualPlans[0]?.investment)?.currency;
  const years = new Set<number>();
  for (const [index, { year, investment }] of annualPlans.entries()) {
    if (years.has(year))
      return fault(`annualPlans[${index}].year`, `${year} a second time`, 'one plan a year');
    years.add(year);
    if (investment.currency !== currency)
      return fault(
        `annualPlans[${index}].investment`,
        investment.currency,
        `${currency}, as the rest of the plan`,
      );
  }
  return undefined;
}

function fault(member: string, seen: string, expected: string): Fault {
  return { member, seen, expected };
}
