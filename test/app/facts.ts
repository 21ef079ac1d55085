import type { Command, FactCommand } from '../../domain/project/commands.js';
import type { Plan } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { uuidOf } from '../support/dice.js';
import { item } from '../support/entries.js';
import { seenOn } from '../support/given.js';

export const huaao = 'huaao-2';
export const tengjun = 'tengjun';
export const by = 'inspector-7';

/** A request of the inspector, with an id derived from a text if given. */
export const asked = (id?: string) => (id === undefined ? { by } : { by, id: uuidOf(id) });

export const register = (name = 'Huaao car, phase II'): Command => ({
  type: 'RegisterProject',
  data: { name: { en: name } },
  entry: seenOn('2018-01-02'),
});

export const describeAs = (
  data: (Command & { type: 'DescribeProject' })['data'],
  asOf: Day = '2018-02-01',
): Command => ({ type: 'DescribeProject', data, entry: seenOn(asOf) });

const plan = (...items: string[]): Plan => ({
  basis: 'stated',
  items: items.map((id) => item(id, 1)),
});

export const adopt = (...items: string[]): Command => ({
  type: 'AdoptPlan',
  data: plan(...items),
  entry: seenOn('2018-02-01'),
});

export const reach = (done: string, asOf: Day = '2018-06-30'): FactCommand => ({
  type: 'MilestoneReached',
  data: { item: done },
  entry: seenOn(asOf),
});

export const measure = (on: string, percent: number, asOf: Day = '2018-06-30'): FactCommand => ({
  type: 'ProgressMeasured',
  data: { item: on, measure: { kind: 'percent', basisPoints: percent * 100 } },
  entry: seenOn(asOf),
});

export const withdraw = (entry: string, replacement?: FactCommand): Command => ({
  type: 'WithdrawEntry',
  data: { entry: uuidOf(entry), reason: 'misread' },
  entry: seenOn('2018-07-01'),
  ...(replacement ? { replacement } : {}),
});
