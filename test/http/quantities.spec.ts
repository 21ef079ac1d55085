import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

const asOf = '2018-06-30';
let service: Service;

beforeAll(async () => {
  service = await startService();
  const road = { project: 'east-road', name: { en: 'East Road', zh: '东路' }, asOf: '2018-01-01' };
  expect((await service.send('POST', '/projects', road)).status).toBe(201);
  const plan = {
    asOf: '2018-01-01',
    items: [
      { id: 'paving', name: { zh: '路面' }, weight: 3, measure: 'quantity', of: 12.6, unit: '公里' },
      {
        id: 'earth',
        name: { zh: '土方' },
        weight: 2,
        measure: 'quantity',
        total: { digits: 30, scale: 0 },
        unit: '万方',
      },
      { id: 'tower', name: { en: 'Tower' }, weight: 1, measure: 'storeys', of: 18, below: 2 },
      { id: 'capped', name: { en: 'Tower capped' }, weight: 0, measure: 'done', states: 'tower' },
    ],
  };
  expect((await service.send('PUT', '/projects/east-road/plan', plan)).status).toBe(201);
});
afterAll(() => service.close());

const measured = (measure: object, more: object = {}) => ({
  type: 'ProgressMeasured',
  asOf,
  item: 'paving',
  measure,
  ...more,
});
const log = (fact: object) => service.send('POST', '/projects/east-road/entries', fact);

/** The last entry of the journal. */
async function last(): Promise<{ data: { measure: object }; words: string }> {
  const { body } = await service.get('/projects/east-road/journal?order=newest&limit=1', {
    'accept-language': 'en',
  });
  return (body as unknown as { items: { data: { measure: object }; words: string }[] }).items[0] as never;
}

const whole = (digits: number) => ({ digits, scale: 0 });
const tenths = (digits: number) => ({ digits, scale: 1 });
const quantity = (members: object) => ({ kind: 'quantity', ...members });

describe('An amount', () => {
  const sent: [object, object, string][] = [
    [{ done: 7400, unit: '米' }, { done: whole(7400), unit: '米' }, '路面: 7,400 米 of 12.6 公里.'],
    [
      { done: '7,500米', of: '12公里' },
      { done: whole(7500), of: whole(12_000), unit: '米' },
      '路面: 7,500 of 12,000 米.',
    ],
    [{ said: '7.6 of 12.6 km' }, { done: tenths(76), of: tenths(126), unit: 'km' }, '路面: 7.6 of 12.6 km.'],
    [
      { said: '7,700 米，共 12 公里' },
      { done: whole(7700), of: whole(12_000), unit: '米', said: '7,700 米，共 12 公里' },
      '路面: "7,700 米，共 12 公里" (7,700 of 12,000 米).',
    ],
    [
      { done: '约7.8', unit: 'km' },
      { done: { digits: 702, scale: 2 }, upTo: { digits: 858, scale: 2 }, unit: 'km', said: '约7.8km' },
      '路面: "约7.8km" (7.02–8.58 km of 12.6 公里).',
    ],
    [
      { done: 7, upTo: 8, unit: 'km' },
      { done: whole(7), upTo: whole(8), unit: 'km' },
      '路面: 7–8 km of 12.6 公里.',
    ],
    [
      { said: '8千余米' },
      { done: whole(8), upTo: tenths(88), unit: '千米', said: '8千余米' },
      '路面: "8千余米" (8–8.8 千米 of 12.6 公里).',
    ],
    [
      { done: '2.95万', unit: '块' },
      { done: { digits: 295, scale: 2 }, unit: '万块' },
      '路面: 2.95 万块 done, the plan has 12.6 公里.',
    ],
    [{ done: whole(8100), unit: 'm' }, { done: whole(8100), unit: 'm' }, '路面: 8,100 m of 12.6 公里.'],
    [
      { done: 1000, unit: 'm²', of: '4亩' },
      { done: tenths(15), of: whole(4), unit: '亩' },
      '路面: 1.5 of 4 亩.',
    ],
  ];
  test.each(sent.map(([said, stored, words]) => ({ said, stored, words })))(
    '$words',
    async ({ said, stored, words }) => {
      expect((await log(measured(quantity(said)))).status).toBe(201);
      const entry = await last();
      expect([entry.data.measure, entry.words]).toEqual([quantity(stored), words]);
    },
  );

  test('comes in by a line of an import too', async () => {
    const line = { ...measured(quantity({ said: '90000 m³' })), item: 'earth', project: 'east-road' };
    const { lines } = await service.sendLines([line]);
    expect(lines[0]?.status).toBe(201);
    expect((await last()).words).toBe('土方: 90,000 m³ of 30 万方.');
  });
});

describe('A range', () => {
  const sent: [object, object][] = [
    [
      { low: 70, high: 80 },
      { kind: 'range', lowBasisPoints: 7000, highBasisPoints: 8000 },
    ],
    [
      { low: 45, highBasisPoints: 5500, point: 50, said: 'about half' },
      {
        kind: 'range',
        lowBasisPoints: 4500,
        highBasisPoints: 5500,
        pointBasisPoints: 5000,
        said: 'about half',
      },
    ],
    [{ said: '70-80 %' }, { kind: 'range', lowBasisPoints: 7000, highBasisPoints: 8000 }],
    [
      { said: '约70%' },
      { kind: 'range', lowBasisPoints: 6500, highBasisPoints: 7500, pointBasisPoints: 7000, said: '约70%' },
    ],
    [
      { said: 'over 62.5 %' },
      { kind: 'range', lowBasisPoints: 6250, highBasisPoints: 7250, said: 'over 62.5 %' },
    ],
    [{ said: '近100%' }, { kind: 'range', lowBasisPoints: 9000, highBasisPoints: 10_000, said: '近100%' }],
    [{ said: '66 %' }, { kind: 'percent', basisPoints: 6600 }],
  ];
  test.each(sent)('%j is stored', async (said, stored) => {
    expect((await log(measured({ kind: 'range', ...said }))).status).toBe(201);
    expect((await last()).data.measure).toEqual(stored);
  });
});

describe('A statement', () => {
  test('about the whole project names no item', async () => {
    const { item, ...fact } = measured({ kind: 'percent', percent: 40 });
    expect((await log(fact)).status).toBe(201);
    expect(await last()).toMatchObject({
      data: { measure: { kind: 'percent', basisPoints: 4000 } },
      words: 'The whole project: 40 %.',
    });
    expect(item).toBe('paving');
  });

  test('of less than before gives the reason', async () => {
    await log(measured({ kind: 'percent', percent: 30 }, { change: 'undone' }));
    expect(await last()).toMatchObject({ data: { change: 'undone' }, words: '路面: 30 % (work undone).' });
  });

  test('names a storey below ground, or one under way', async () => {
    await log(measured({ kind: 'storeys', reached: -1 }, { item: 'tower' }));
    expect((await last()).words).toBe('Tower: up to level -1 of 18, 2 below ground.');
    const poured = { kind: 'storeys', reached: 3, of: 18, below: 2, isUnderWay: true };
    await log(measured(poured, { item: 'tower' }));
    expect((await last()).data.measure).toEqual(poured);
  });

  test('of more than the total is recorded', async () => {
    expect((await log(measured({ kind: 'count', done: 6, of: 5 }))).status).toBe(201);
    expect((await log(measured(quantity({ said: '13 of 12.6 km' })))).status).toBe(201);
  });
});

describe('What nobody can read is refused with what was expected', () => {
  const quantityOf = (members: object) => measured(quantity(members));
  test.each<[string, object, string, string]>([
    ['no amount', quantityOf({ unit: 'km' }), 'member-missing', 'measure.done'],
    ['no unit', quantityOf({ done: 5 }), 'member-missing', 'measure.unit'],
    ['two units', quantityOf({ done: '5 km', unit: 'm' }), 'quantity-invalid', 'measure.unit'],
    ['percent as a unit', quantityOf({ said: '5 %' }), 'quantity-invalid', 'measure.unit'],
    ['words', quantityOf({ said: 'a lot' }), 'quantity-invalid', 'measure.said'],
    ['a negative amount', quantityOf({ done: -5, unit: 'm' }), 'quantity-invalid', 'measure.done'],
    ['a total of another kind', quantityOf({ said: '5 km of 3 亩' }), 'quantity-invalid', 'measure.of'],
    ['a total of 0', quantityOf({ done: 5, unit: 'm', of: 0 }), 'value-out-of-range', 'measure.of'],
    [
      'a range that falls',
      quantityOf({ done: 8, upTo: 7, unit: 'km' }),
      'value-out-of-range',
      'measure.upTo',
    ],
    ['a total without an amount', quantityOf({ said: '5 km', of: 7 }), 'member-unknown', 'measure.of'],
    ['a list', quantityOf({ done: [5], unit: 'm' }), 'quantity-invalid', 'measure.done'],
    [
      'a reversed range',
      measured({ kind: 'range', low: 80, high: 70 }),
      'value-out-of-range',
      'measure.high',
    ],
    ['a range without an end', measured({ kind: 'range', low: 80 }), 'member-missing', 'measure.high'],
    [
      'a point outside',
      measured({ kind: 'range', low: 1, high: 2, point: 3 }),
      'value-out-of-range',
      'measure.point',
    ],
    ['a range in words', measured({ kind: 'range', said: '过半' }), 'quantity-invalid', 'measure.said'],
    ['a range of metres', measured({ kind: 'range', said: '5-6 m' }), 'quantity-invalid', 'measure.said'],
    [
      'two forms',
      measured({ kind: 'range', low: 1, lowBasisPoints: 100, high: 2 }),
      'member-unknown',
      'measure.lowBasisPoints',
    ],
    [
      'an unknown change',
      measured({ kind: 'percent', percent: 1 }, { change: 'guessed' }),
      'kind-unknown',
      'change',
    ],
    [
      'a step of the whole project',
      { ...measured({ kind: 'percent', percent: 1 }), item: undefined, step: 'base' },
      'member-missing',
      'item',
    ],
  ])('%s', async (_, fact, type, member) => {
    const refused = await log(fact);
    const { errors } = refused.body as unknown as { errors: { member: string; type: string }[] };
    expect([refused.status, errors.map((one) => [one.member, one.type])]).toEqual([400, [[member, type]]]);
  });

  test.each<[string, object, string]>([
    ['a plan with half a building', { measure: 'count', of: 2.5 }, 'items[0].of'],
    ['a plan with a total of nothing', { measure: 'quantity', of: 0, unit: 'm' }, 'items[0].of'],
    ['a plan with two totals', { measure: 'quantity', of: 1, total: 1, unit: 'm' }, 'items[0].total'],
    ['a plan with an amount without a unit', { measure: 'quantity', of: 1 }, 'items[0].unit'],
    ['a plan with a total of a yes/no item', { measure: 'done', total: 1 }, 'items[0].total'],
    ['a plan with a basement of a road', { measure: 'count', of: 1, below: 1 }, 'items[0].below'],
    ['a plan whose item states itself', { measure: 'done', states: 'a' }, 'items[0].states'],
    ['a plan whose item states nothing of it', { measure: 'done', states: 'b' }, 'items[0].states'],
  ])('%s', async (_, members, member) => {
    const items = [{ id: 'a', name: { en: 'A' }, weight: 1, ...members }];
    const refused = await service.send('PUT', '/projects/east-road/plan', { items });
    const { errors } = refused.body as unknown as { errors: { member: string }[] };
    expect([refused.status >= 400 && refused.status < 500, errors.map((one) => one.member)]).toEqual([
      true,
      [member],
    ]);
  });
});
