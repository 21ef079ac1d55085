import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asOf, percentSaid, plan, project } from './bad-cases.js';
import { type Service, startService } from './service.js';

let service: Service;

beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', { project, name: { zh: '华奥' }, asOf: '2018-01-01' });
  await service.send('PUT', `/projects/${project}/plan`, plan);
});

afterAll(() => service.close());

const measured = (measure: object) => ({ ...percentSaid, measure });
const invested = (amount: object, more = {}) => ({
  type: 'InvestmentReported',
  asOf,
  amount,
  span: 'since-start',
  ...more,
});
const planned = (...items: object[]) => ({ asOf, items });
const item = { id: 'a', name: { zh: '甲' }, weight: 1, measure: 'percent' };

test.each<[string, string, object]>([
  ['a percentage above 100', 'entries', measured({ kind: 'percent', percent: 130 })],
  ['a range that is upside down', 'entries', measured({ kind: 'range', low: 80, high: 70 })],
  ['a range without an end', 'entries', measured({ kind: 'range', low: 80 })],
  ['no amount', 'entries', measured({ kind: 'quantity', done: 'many', unit: 'km' })],
  [
    'a total in another kind of unit',
    'entries',
    measured({ kind: 'quantity', done: '3', unit: 'km', of: '9 m³' }),
  ],
  ['a storey above the last', 'entries', measured({ kind: 'storeys', reached: 9, of: 5 })],
  ['a storey below the lowest', 'entries', measured({ kind: 'storeys', reached: -3, below: 2 })],
  ['an unknown phrase', 'entries', measured({ kind: 'word', said: '差不多快好了吧' })],
  ['a measure of no kind', 'entries', measured({ kind: 'feeling' })],
  ['a day that has not begun', 'entries', { ...percentSaid, asOf: '2031-01-01' }],
  ['no day', 'entries', { ...percentSaid, asOf: '2018-02-30' }],
  ['a member that nothing reads', 'entries', { ...percentSaid, colour: 'red' }],
  ['a fraction of a fen', 'entries', invested({ amount: '0.001', unit: '元' })],
  ['money below zero', 'entries', invested({ amount: '-1', unit: '元' })],
  ['no currency', 'entries', invested({ amount: '1', unit: '贝' })],
  ['no amount of money', 'entries', invested({})],
  [
    'a stall that ends before it begins',
    'entries',
    { type: 'StallDeclared', asOf, cause: 'land', from: asOf, to: '2018-06-01' },
  ],
  ['an unknown cause', 'entries', { type: 'StallDeclared', asOf, cause: 'moon' }],
  ['the end of an unknown stall', 'entries', { type: 'StallCleared', asOf, stall: 'land-2018' }],
  ['a note that is too long', 'entries', { ...percentSaid, note: '长'.repeat(3000) }],
  ['an item twice', 'plan', planned(item, item)],
  ['an unknown parent', 'plan', planned({ ...item, parent: 'b' })],
  [
    'a finish before the start',
    'plan',
    planned({ ...item, plannedStart: '2018-02-01', plannedFinish: '2018-01-01' }),
  ],
  ['weights of 0', 'plan', planned({ ...item, weight: 0 })],
  ['items in a circle', 'plan', planned({ ...item, after: ['b'] }, { ...item, id: 'b', after: ['a'] })],
  ['an amount without a unit', 'plan', planned({ ...item, measure: 'quantity', total: 3 })],
  [
    'a lexicon that lacks words',
    '/lexicon',
    {
      basis: 'x',
      words: [
        {
          word: 'done',
          range: { low: 10000, point: 10000, high: 10000 },
          name: { en: 'done', zh: '完成' },
          said: [],
        },
      ],
    },
  ],
])('%s is refused in Chinese', async (_, route, body) => {
  const url = route.startsWith('/') ? route : `/projects/${project}/${route}`;
  const { body: problem } = await service.send(route === 'entries' ? 'POST' : 'PUT', url, body, {
    'accept-language': 'zh',
  });
  const { title, detail, errors } = problem as unknown as {
    title: string;
    detail: string;
    errors: { seen: string; expected: string }[];
  };
  expect(title).toMatch(/\p{Script=Han}/u);
  expect(detail).toMatch(/；应为：.*。$/u);
  for (const { seen, expected } of errors) {
    expect(englishIn(seen)).toBe('');
    expect(englishIn(expected)).toBe('');
  }
});

/** English words outside quotations, next to each other; names of members and units are single ones. */
function englishIn(text: string): string {
  const own = text.replaceAll(/"[^"]*"|“[^”]*”|\{[^}]*\}/g, '');
  return /[a-z]{2,}[ ,]+[a-z]{2,}/i.exec(own)?.[0] ?? '';
}
