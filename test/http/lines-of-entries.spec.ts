import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Schema } from '../../src/http/answers/schema.js';
import { misfits } from './fits.js';
import { type Service, startService } from './service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sendLines([
    { project: 'works', type: 'ProjectRegistered', asOf: '2018-01-01', name: { en: 'Works' } },
  ]);
});
afterAll(() => service.close());

const percent = (percent: number, asOf = '2018-06-01') => ({
  type: 'ProgressMeasured',
  asOf,
  measure: { kind: 'percent', percent },
});
const id = '00000000-0000-4000-8000-000000000001';

test('an entry in a list has the id that it has alone, so that it is recorded once either way', async () => {
  const [alone] = (await service.sendLines([{ project: 'works', ...percent(10) }])).lines;
  const { lines } = await service.sendLines([
    { project: 'works', entries: [percent(10), { id, ...percent(20, '2018-06-02') }] },
  ]);
  expect(lines).toEqual([
    {
      line: 1,
      status: 201,
      entries: [
        { id: alone?.id, revision: 1, position: alone?.position, outcome: 'replayed' },
        { id, revision: 2, position: expect.any(Number), outcome: 'recorded' },
      ],
    },
  ]);
});

test('lines with one entry and with several fit the document', async () => {
  const { components } = (await service.get('/openapi.json')).body as unknown as {
    components: { schemas: Record<string, Schema> };
  };
  const { lines } = await service.sendLines([
    { project: 'works', entries: [percent(30, '2018-06-03')] },
    { project: 'works', entries: [percent(30, '2018-06-03'), percent(110)] },
    { project: 'works', ...percent(40, '2018-06-04') },
  ]);
  expect(lines.map(({ status }) => status)).toEqual([201, 400, 201]);
  expect(
    lines.flatMap((line) => misfits(line, { $ref: '#/components/schemas/LineResult' }, components.schemas)),
  ).toEqual([]);
  expect(components.schemas.LineOfEntries).toBeDefined();
});

test.each([
  ['no list', { entries: {} }, undefined, 'entries'],
  ['no entries', { entries: [] }, undefined, 'entries'],
  ['too many entries', { entries: new Array(501).fill(percent(1)) }, undefined, 'entries'],
  ['no object', { entries: [percent(1), 5] }, undefined, 'entries[1]'],
  ['a member beside the list', { entries: [percent(1)], asOf: '2018-06-01' }, undefined, 'asOf'],
  [
    'a project of its own',
    { entries: [percent(1), { ...percent(2), project: 'other' }] },
    2,
    'entries[1].project',
  ],
  ['no type', { entries: [percent(1), { asOf: '2018-06-01' }] }, 2, 'entries[1].type'],
  ['a wrong member', { entries: [percent(110)] }, 1, 'entries[0].measure.percent'],
  ['a list in a list', { entries: [{ entries: [percent(1)] }] }, 1, 'entries[0].type'],
])('a line with %s is refused as a whole, with the place', async (_, more, entry, member) => {
  const head = await service.head();
  const { lines } = await service.sendLines([{ project: 'works', ...more }], { 'accept-language': 'en' });
  const [{ problem, ...line } = {} as never] = lines as unknown as {
    problem: { errors: { member: string }[] };
    entry?: number;
    status: number;
  }[];
  expect([line.status, line.entry, problem.errors[0]?.member]).toEqual([400, entry, member]);
  expect(await service.head()).toBe(head);
});

test('a project that nobody registered is named, and may be registered by the same line', async () => {
  const entries = [percent(10)];
  const [unknown] = (await service.sendLines([{ project: 'new-works', entries }])).lines;
  expect(unknown).toMatchObject({ status: 404, entry: 1 });
  const registration = { type: 'ProjectRegistered', asOf: '2018-01-01', name: { en: 'New works' } };
  const [line] = (await service.sendLines([{ project: 'new-works', entries: [registration, ...entries] }]))
    .lines;
  expect(line).toMatchObject({ status: 201, entries: [{ revision: 0 }, { revision: 1 }] });
});
