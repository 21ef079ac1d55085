import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ClosedService, installation, type Somebody } from './closed.js';

let closed: ClosedService;
let li: Somebody;
let wang: Somebody;
const entry = (text: string) => ({
  type: 'ForecastGiven',
  asOf: '2018-07-09',
  target: 'completion',
  latest: '2018-12-31',
  reason: `reason of ${text}`,
  source: { kind: 'inspection', note: `note of ${text}` },
  onBehalfOf: `builder of ${text}`,
});

beforeAll(async () => {
  closed = await ClosedService.start();
  li = await closed.person('Li Canary', ['inspector', installation]);
  wang = await closed.person('Wang Canary', ['inspector', installation]);
});
afterAll(() => closed.close());

const log = (who: Somebody, text: string, id?: string) =>
  closed.ask('POST', '/projects/quay/entries', who.key, entry(text), id ? { 'idempotency-key': id } : {});
const journal = (query = '') => closed.ask('GET', `/projects/quay/journal?limit=50${query}`, wang.key);

test('what people write is read as they wrote it, and is in no stored byte', async () => {
  const written = await log(li, 'lixia', '019a4c1e-0000-7000-8000-0000000000f1');
  expect(written.status).toBe(201);
  expect((await log(wang, 'wangde')).status).toBe(201);
  const { text } = await journal();
  for (const one of ['note of lixia', 'reason of lixia', 'builder of lixia', 'note of wangde'])
    expect(text).toContain(one);
  const { dataPath } = closed.service;
  const stored = readdirSync(dataPath)
    .filter((name) => name.startsWith('events.db'))
    .map((name) => readFileSync(join(dataPath, name), 'latin1'))
    .join();
  expect(stored).not.toMatch(/lixia|wangde/);
});

test('the same request again is recognised, and another text under its id is refused', async () => {
  const again = await log(li, 'lixia', '019a4c1e-0000-7000-8000-0000000000f1');
  const { items } = (await journal()).body as { items: { id: string }[] };
  expect(items).toHaveLength(3);
  expect(items.map(({ id }) => id)).toContain(again.body.id);
  const other = await log(li, 'somebody else', '019a4c1e-0000-7000-8000-0000000000f1');
  expect(other.status).toBe(409);
});

test('only an administrator of the whole installation erases somebody', async () => {
  const district = await closed.person('Harbour', [
    'administrator',
    { kind: 'district', district: 'Harbour' },
  ]);
  expect((await closed.ask('POST', `/people/${li.id}/erasure`, wang.key)).status).toBe(403);
  expect((await closed.ask('POST', `/people/${li.id}/erasure`, district.key)).status).toBe(404);
});

test('after an erasure nobody reads what they wrote, at no moment; their entries and those of others stay', async () => {
  const before = (await journal()).body.knownAt as { position: number };
  expect((await closed.ask('POST', `/people/${li.id}/erasure`, closed.administrator)).status).toBe(204);
  expect((await closed.ask('POST', `/people/${li.id}/erasure`, closed.administrator)).status).toBe(204);
  for (const query of ['', `&knownAt=${before.position}`]) {
    const { status, text, body } = await journal(query);
    expect([status, (body.items as unknown[]).length]).toEqual([200, 3]);
    expect(text).not.toMatch(/lixia|Li Canary/);
    for (const one of ['[erased]', '[已删除]', 'note of wangde', 'reason of wangde'])
      expect(text).toContain(one);
  }
  expect((await journal('&contains=lixia')).body.items).toEqual([]);
  expect((await log(li, 'afterwards')).status).toBe(401);
  const { body } = await closed.ask('GET', `/people/${li.id}`, closed.administrator);
  expect(body).toMatchObject({ person: li.id, removed: {}, erased: {} });
  expect(body).not.toHaveProperty('name');
});

test('no file of the data folder or of the keys holds anything of them', () => {
  const folder = closed.service.dataPath;
  const files = readdirSync(folder).map((name) => join(folder, name));
  for (const file of files)
    expect([file, /lixia|Li Canary/.test(readFileSync(file, 'latin1'))]).toEqual([file, false]);
});
