import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Schema } from '../../src/http/answers/schema.js';
import { type Service, startService } from './service.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
interface Described {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

let service: Service;
let document: Described;

beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', { project: 'huaao-2', name: { en: 'Huaao' }, asOf: '2018-01-01' });
  document = (await service.get('/openapi.json')).body as unknown as Described;
}, 30_000);
afterAll(() => service.close());

const asOf = '2018-06-30';
const entries = ['post', '/projects/{project}/entries', '/projects/huaao-2/entries'] as const;

/** A body for every route that takes one, with the members whose limits are tested. */
const samples: [method: 'post' | 'put' | 'patch', path: string, url: string, body: Json][] = [
  [
    'post',
    '/projects',
    '/projects',
    {
      project: 'limits',
      name: { en: 'a', zh: 'b' },
      aliases: ['c'],
      owner: 'd',
      district: 'e',
      sector: 'f',
      phase: 'g',
      asOf,
    },
  ],
  [
    'patch',
    '/projects/{project}',
    '/projects/huaao-2',
    { name: { en: 'a' }, aliases: ['c'], owner: 'd', district: 'e', sector: 'f', phase: 'g', asOf },
  ],
  [
    'put',
    '/projects/{project}/plan',
    '/projects/huaao-2/plan',
    {
      asOf,
      basis: 'stated',
      items: [
        { id: 'roof', name: { en: 'Roof', zh: '屋面' }, weight: 1, measure: 'count', of: 5, unit: 'm' },
      ],
    },
  ],
  [
    ...entries,
    { type: 'ProgressMeasured', asOf, item: 'roof', measure: { kind: 'percent', percent: 1 }, note: 'n' },
  ],
  [
    ...entries,
    { type: 'ProgressMeasured', asOf, item: 'roof', measure: { kind: 'count', done: 1, of: 5, unit: 'm' } },
  ],
  [
    ...entries,
    { type: 'ProgressMeasured', asOf, item: 'roof', measure: { kind: 'storeys', reached: 1, of: 5 } },
  ],
  [...entries, { type: 'StallDeclared', asOf, cause: 'financing', note: 'n' }],
  [...entries, { type: 'NoChangeReported', asOf, period: '2018-06', note: 'n' }],
  [
    ...entries,
    {
      type: 'InvestmentReported',
      asOf,
      amount: { amountMinor: 1, currency: 'CNY' },
      span: 'since-start',
      shareOfPlan: 1,
    },
  ],
  [
    'post',
    '/subscriptions',
    '/subscriptions',
    {
      name: 'n',
      channel: { kind: 'webhook', url: 'https://receiver.invalid/' },
      choice: { projects: ['huaao-2'], districts: ['d'], sectors: ['s'], roles: ['leader'] },
      timing: { kind: 'weekly', weekday: 1, at: '08:00' },
    },
  ],
  [
    'put',
    '/calendars/{name}',
    '/calendars/limits',
    { freeWeekdays: [0], holidays: ['2018-01-01'], workdays: ['2018-01-02'] },
  ],
];

/** A limit of the document, with a body at it and one beyond it. */
interface Limit {
  member: string;
  at: Json;
  beyond: Json;
}

function resolved(schema: Schema, value: Json): Schema {
  if (schema.$ref)
    return resolved(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, value);
  const options = schema.oneOf ?? schema.anyOf;
  if (options) {
    const fitting = options.map((option) => resolved(option, value)).find((option) => fits(option, value));
    return fitting ?? {};
  }
  return Object.assign({}, schema, ...(schema.allOf ?? []).map((part) => resolved(part, value)));
}

/** True for the variant of a union that a value has, by its constant members. */
function fits({ properties = {} }: Schema, value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  return Object.entries(value).every(([name, member]) => {
    const words = properties[name] && resolved(properties[name], member).enum;
    return properties[name] !== undefined && (!words || typeof member !== 'string' || words.includes(member));
  });
}

function* limitsOf(
  schema: Schema,
  value: Json,
  member: string,
  put: (value: Json) => Json,
): Generator<Limit> {
  const { maxLength, minLength, maximum, minimum, maxItems, items, properties } = resolved(schema, value);
  const limit = (at: Json, beyond: Json) => ({ member, at: put(at), beyond: put(beyond) });
  if (typeof value === 'string' && maxLength !== undefined) {
    const long = (length: number) => (value.startsWith('https:') ? value : '').padEnd(length, 'x');
    yield limit(long(maxLength), long(maxLength + 1));
    if (minLength === 1) yield limit('x', '');
  }
  if (typeof value === 'number' && maximum !== undefined) yield limit(maximum, maximum + 1);
  if (typeof value === 'number' && minimum !== undefined) yield limit(minimum, minimum - 1);
  if (Array.isArray(value) && maxItems !== undefined && typeof value[0] === 'string') {
    const day = (index: number) => new Date(Date.UTC(1990, 0, 1 + index)).toISOString().slice(0, 10);
    const isDay = items && resolved(items, value[0]).format === 'date';
    const list = (length: number) =>
      Array.from({ length }, (_, index) => (isDay ? day(index) : `item-${index}`));
    yield limit(list(maxItems), list(maxItems + 1));
  }
  if (Array.isArray(value) && items)
    for (const [index, one] of value.entries())
      yield* limitsOf(items, one, `${member}[${index}]`, (changed) => put(value.with(index, changed)));
  else if (typeof value === 'object' && value !== null && properties)
    for (const [name, one] of Object.entries(value))
      if (properties[name])
        yield* limitsOf(properties[name], one, member === '' ? name : `${member}.${name}`, (changed) =>
          put({ ...(value as object), [name]: changed } as Json),
        );
}

/** Descriptions about another member, or the world, and not the member's size. */
const related = new Set(['count-impossible', 'address-refused']);

test.each(samples)(
  '%s %s accepts what its description allows, and refuses the rest: %s',
  async (method, path, url, body) => {
    const { requestBody } = document.paths[path]?.[method] ?? {};
    const schema = requestBody?.content['application/json']?.schema ?? {};
    const limits = [...limitsOf(schema, body, '', (changed) => changed)];
    expect(limits.length).toBeGreaterThan(0);
    const ask = async (changed: Json) => {
      const { status, body: answer } = await service.send(method.toUpperCase() as 'POST', url, changed);
      const { errors = [] } = answer as unknown as { errors?: { member: string; type: string }[] };
      const [members, types] = [errors.map(({ member }) => member), errors.map(({ type }) => type)];
      return { status, members, types };
    };
    for (const { member, at, beyond } of limits) {
      const taken = await ask(at);
      // A limit of another kind, such as more done than the total, or an unresolvable name, is not in the document.
      const isRefused = taken.members.includes(member) && !taken.types.some((type) => related.has(type));
      expect({ member, at: isRefused ? taken : 'taken' }).toEqual({ member, at: 'taken' });
      const refused = await ask(beyond);
      expect({ member, status: refused.status, named: refused.members[0] }).toEqual({
        member,
        status: 400,
        named: member,
      });
    }
  },
  30_000,
);
