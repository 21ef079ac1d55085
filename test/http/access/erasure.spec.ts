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
  const erased = await closed.ask('POST', `/people/${li.id}/erasure`, closed.administrator);
  expect([erased.status, 'erased' in erased.body, 'erasure' in erased.body]).toEqual([200, true, false]);
  const again = await closed.ask('POST', `/people/${li.id}/erasure`, closed.administrator);
  expect(again.body.erased).toEqual(erased.body.erased);
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

test('of two administrators one asks for an erasure, and another one confirms it', async () => {
  const second = await closed.person('Second', ['administrator', installation]);
  const qian = await closed.person('Qian', ['inspector', installation]);
  expect((await log(qian, 'qianxie')).status).toBe(201);
  const at = `/people/${qian.id}/erasure`;
  const person = async () => (await closed.ask('GET', `/people/${qian.id}`, second.key)).body;
  const asked = await closed.ask('POST', at, closed.administrator);
  expect(asked.body).toHaveProperty('erasure.until');
  expect((await closed.ask('POST', at, closed.administrator)).body.erasure).toEqual(asked.body.erasure);
  expect((await journal()).text).toContain('note of qianxie');
  expect((await closed.ask('DELETE', at, wang.key)).status).toBe(403);
  expect((await closed.ask('DELETE', at, second.key)).status).toBe(204);
  expect(await person()).not.toHaveProperty('erasure');

  // After a cancelled request the next one is the first again.
  expect((await closed.ask('POST', at, second.key)).body).toHaveProperty('erasure.by', second.id);
  expect((await closed.ask('POST', at, closed.administrator)).body).toHaveProperty('erased');
  expect(await person()).not.toHaveProperty('erasure');
  expect((await journal()).text).not.toContain('qianxie');
});
