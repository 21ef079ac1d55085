import { describe, expect, test } from '@jest/globals';
import type { Plan, WorkItem } from '../../domain/project/events.js';
import { planTree } from '../../domain/project/plan.js';
import { planFault as planFaultInWords } from '../../domain/project/plan-fault.js';
import { english } from '../support/in-english.js';

const planFault = english(planFaultInWords);

const item = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id,
  name: { en: id },
  weight: 10,
  measure: 'done',
  ...more,
});
const fen = (amountMinor: number, currency = 'CNY') => ({ amountMinor, currency });
const plan = (...items: WorkItem[]): Plan => ({ items, basis: 'stated' });

const hall = item('hall', { measure: 'percent' });
const walls = item('walls', { parent: 'hall' });
const roof = item('roof', { parent: 'hall', after: ['walls'] });
const equipment = item('equipment', {
  measure: 'steps',
  after: ['hall'],
  steps: [
    { id: 'delivered', name: { zh: '到场' }, weight: 40 },
    { id: 'installed', name: { zh: '安装' }, weight: 60 },
  ],
});

test('a hall with walls and a roof, and equipment after it, is a plan', () => {
  expect(planFault(plan(hall, walls, roof, equipment))).toBeUndefined();
});

test('items named like members of Object.prototype are ordinary items', () => {
  const odd = plan(
    item('__proto__'),
    item('constructor', { parent: '__proto__' }),
    item('toString', { after: ['__proto__'] }),
  );
  expect(planFault(odd)).toBeUndefined();
  expect(
    planTree(odd.items)
      .leavesOf('__proto__')
      .map(({ id }) => id),
  ).toEqual(['constructor']);
  expect(planTree(plan(hall).items).items.get('constructor')).toBeUndefined();
  expect(planFault(plan(item('roof', { parent: 'constructor' })))).toEqual({
    member: 'items[0].parent',
    seen: '"constructor"',
    expected: 'the id of another item of this plan',
  });
});

describe('a plan is refused', () => {
  test.each<[string, Plan, string, string]>([
    ['that is empty', plan(), 'items', 'no item without a parent has a weight above 0'],
    ['in which two items have one id', plan(hall, hall), 'items[1].id', '"hall" a second time'],
    ['with a parent that it does not name', plan(walls), 'items[0].parent', '"hall"'],
    [
      'with work after something it does not name',
      plan(item('roof', { after: ['walls'] })),
      'items[0].after[0]',
      '"walls"',
    ],
    [
      'with items that state each other',
      plan(item('a', { states: 'b' }), item('b', { states: 'c' }), item('c', { states: 'a' })),
      'items[0].states',
      'a circle (a, b, c, a)',
    ],
    [
      'with a total of a count',
      plan(item('a', { measure: 'count', total: { digits: 5, scale: 0 } })),
      'items[0].total',
      'a total with the measure "count"',
    ],
    ['with an amount without a unit', plan(item('a', { measure: 'quantity' })), 'items[0].unit', 'no unit'],
    [
      'with a basement of a roof',
      plan(item('a', { below: 1 })),
      'items[0].below',
      'below with the measure "done"',
    ],
    ['with steps that have none', plan(item('a', { measure: 'steps' })), 'items[0].steps', 'no steps'],
    [
      'with an empty list of steps',
      plan(item('a', { measure: 'steps', steps: [] })),
      'items[0].steps',
      'no steps',
    ],
    [
      'with steps on a yes/no item',
      plan(item('a', { steps: equipment.steps ?? [] })),
      'items[0].steps',
      'steps with the measure "done"',
    ],
    [
      'with one step twice',
      plan(
        item('a', {
          measure: 'steps',
          steps: [...(equipment.steps ?? []), { id: 'delivered', name: { en: 'd' }, weight: 1 }],
        }),
      ),
      'items[0].steps[2].id',
      '"delivered" a second time',
    ],
    [
      'with steps that weigh nothing',
      plan(item('a', { measure: 'steps', steps: [{ id: 's', name: { en: 's' }, weight: 0 }] })),
      'items[0].steps',
      'weights that are all 0',
    ],
    [
      'that ends an item before it starts',
      plan(item('a', { plannedStart: '2018-07-01', plannedFinish: '2018-06-30' })),
      'items[0].plannedFinish',
      '2018-06-30',
    ],
    [
      'in which an item lies in itself',
      plan(item('a', { parent: 'a' })),
      'items[0].parent',
      '"a", from where parents lead in a circle',
    ],
    [
      'in which groups lie in each other',
      plan(hall, item('a', { parent: 'b' }), item('b', { parent: 'a' })),
      'items[1].parent',
      '"b", from where parents lead in a circle',
    ],
    [
      'in which an item comes after itself',
      plan(item('a', { after: ['a'] })),
      'items[0].after[0]',
      '"a", which is the item itself, above it or below it',
    ],
    [
      'in which an item comes after its group',
      plan(hall, item('roof', { parent: 'hall', after: ['hall'] })),
      'items[1].after[0]',
      '"hall", which is the item itself, above it or below it',
    ],
    [
      'in which a group comes after an item in it',
      plan(item('hall', { after: ['walls'] }), walls),
      'items[0].after[0]',
      '"walls", which is the item itself, above it or below it',
    ],
    [
      'in which items come after each other',
      plan(item('a', { after: ['b'] }), item('b', { after: ['a'] })),
      'items',
      'items that come after each other in a circle (a, b)',
    ],
    [
      'in which items of two groups come after the other group',
      plan(
        item('north'),
        item('n1', { parent: 'north', after: ['south'] }),
        item('south'),
        item('s1', { parent: 'south', after: ['north'] }),
      ),
      'items',
      'items that come after each other in a circle (n1, north, s1, south)',
    ],
    [
      'with a stage on a group',
      plan(item('trial', { stage: 'trial-production' }), item('line-1', { parent: 'trial' })),
      'items[0].stage',
      '"trial-production" on an item with items in it',
    ],
    [
      'that is nested 33 deep',
      plan(
        ...Array.from({ length: 33 }, (_, i) =>
          item(`level-${i}`, i === 0 ? {} : { parent: `level-${i - 1}` }),
        ),
      ),
      'items[32].parent',
      'an item 33 deep',
    ],
    [
      'in which nothing at the top has a weight',
      plan(item('hall', { weight: 0 }), walls),
      'items',
      'no item without a parent has a weight above 0',
    ],
    [
      'with two annual plans for one year',
      { ...plan(hall), annualPlans: [2018, 2019, 2018].map((year) => ({ year, investment: fen(1) })) },
      'annualPlans[2].year',
      '2018 a second time',
    ],
    [
      'whose years are in another currency than the whole',
      { ...plan(hall), plannedInvestment: fen(1), annualPlans: [{ year: 2018, investment: fen(1, 'USD') }] },
      'annualPlans[0].investment',
      'USD',
    ],
    [
      'whose years are in two currencies',
      {
        ...plan(hall),
        annualPlans: [
          { year: 2018, investment: fen(1) },
          { year: 2019, investment: fen(1, 'USD') },
        ],
      },
      'annualPlans[1].investment',
      'USD',
    ],
  ])('%s', (_, refused, member, seen) => {
    expect(planFault(refused)).toEqual({ member, seen, expected: expect.stringMatching(/./) });
  });
});

test('an item downstream of a cycle is not named as part of it', () => {
  const looped = plan(
    item('late', { after: ['a'] }),
    item('a', { after: ['b'] }),
    item('b', { after: ['a'] }),
  );
  expect(planFault(looped)?.seen).toMatch(/\((a, b|b, a)\)$/);
});

describe('a plan of 2,000 items', () => {
  const chained = plan(
    ...Array.from({ length: 2000 }, (_, i) =>
      item(`item-${i}`, {
        ...(i >= 20 ? { parent: `item-${i % 20}` } : {}),
        ...(i >= 40 ? { after: [`item-${i - 20}`] } : {}),
      }),
    ),
  );

  test('is checked and ordered in less than 20 ms', () => {
    const runsMs = Array.from({ length: 20 }, () => {
      const started = performance.now();
      expect(planFault(chained)).toBeUndefined();
      expect(planTree(chained.items).leavesInOrder).toHaveLength(1980);
      return performance.now() - started;
    });
    expect(Math.min(...runsMs)).toBeLessThan(20);
  });

  test('with a single chain of parents is refused without recursion', () => {
    const line = plan(
      ...Array.from({ length: 2000 }, (_, i) => item(`i${i}`, i === 0 ? {} : { parent: `i${i - 1}` })),
    );
    expect(planFault(line)?.member).toBe('items[32].parent');
  });
});
