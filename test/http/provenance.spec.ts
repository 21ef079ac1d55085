import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world } from '../../src/composition/world.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { seenOn } from '../support/given.js';
import { type Service, startService } from './service.js';

const asOf = '2018-06-30';
const percent = (percent: number, more: object = {}) => ({
  ...{ type: 'ProgressMeasured', item: 'paving', measure: { kind: 'percent', percent }, asOf },
  ...more,
});
const journalOf = async (project: string, query = '') =>
  (await service.get(`/projects/${project}/journal?limit=500${query}`)).body.items as unknown as {
    id: string;
    by: string;
    place?: string;
    onBehalfOf?: string;
    source: object;
    attachments?: object[];
    words: string;
  }[];
const log = (body: object, headers = {}, project = 'road') =>
  service.send('POST', `/projects/${project}/entries`, body, headers);

let service: Service;
beforeAll(async () => {
  service = await startService();
  for (const project of ['road', 'tunnel', 'old-road', 'found'])
    await service.send('POST', '/projects', { project, name: { en: 'Road' }, asOf: '2018-01-01' });
});
afterAll(() => service.close());

const report = { kind: 'report', document: '6月通报', paragraph: '一(二)1', quote: '路面完成 62%' };
const sources: [string, object, object][] = [
  ['nothing', {}, { kind: 'unstated' }],
  ['a remark alone', { note: 'rain' }, { kind: 'unstated', note: 'rain' }],
  ['an inspection', { source: { kind: 'inspection' } }, { kind: 'inspection' }],
  ['a report', { source: report }, report],
  ['a report with a remark', { source: report, note: 'page 3' }, { ...report, note: 'page 3' }],
  [
    'a file',
    { source: { kind: 'import', document: 'june.csv', line: 4 } },
    { kind: 'import', document: 'june.csv', line: 4 },
  ],
];

test.each(sources)(
  '%s said about the source is kept as said, by a line of an import too',
  async (_, said, kept) => {
    const day = `2018-05-${String(sources.findIndex(([, one]) => one === said) + 1).padStart(2, '0')}`;
    const single = await log(percent(20, { ...said, asOf: day }));
    const [line] = (await service.sendLines([{ project: 'tunnel', ...percent(20, { ...said, asOf: day }) }]))
      .lines;
    expect([single.status, line?.status]).toEqual([201, 201]);
    const entries = [...(await journalOf('road')), ...(await journalOf('tunnel'))];
    const found = (id: unknown) => entries.find((entry) => entry.id === id)?.source;
    expect([found(single.body.id), found(line?.id)]).toEqual([kept, kept]);
  },
);

test('a remark in the source and beside it is refused, because one of them would be lost', async () => {
  const answer = await log(percent(21, { source: { ...report, note: 'a' }, note: 'b' }));
  expect([answer.status, answer.body.errors]).toMatchObject([400, [{ member: 'note' }]]);
});

test('an entry sent again after an upgrade is the entry that was recorded as an inspection then', async () => {
  const id = world.newId();
  const recorded = {
    ...{ type: 'MilestoneReached', data: { item: 'roof' }, entry: seenOn(asOf), id, by: 'anonymous' },
  } as unknown as NewEvent;
  await service.composed.store.append('project-old-road', [recorded], 'any');
  const again = (more: object) =>
    log({ type: 'MilestoneReached', item: 'roof', asOf, ...more }, { 'idempotency-key': id }, 'old-road');
  expect((await again({})).headers['idempotent-replayed']).toBe('true');
  expect((await again({ note: 'another remark' })).status).toBe(409);
  expect((await again({ source: report })).status).toBe(409);
});

test('a place is kept, and the same word at another place is another entry', async () => {
  const at = (place?: string) => log(percent(33, place === undefined ? {} : { place }));
  expect((await at('K12+300')).body.outcome).toBe('recorded');
  expect((await at('K12+300')).body.outcome).toBe('already-said');
  expect((await at()).body.outcome).toBe('already-said');
  expect((await at('　3 号楼 　A 轴 ')).body.outcome).toBe('recorded');
  const places = (await journalOf('road')).flatMap(({ place }) => place ?? []);
  expect(places).toEqual(['K12+300', '3 号楼 A 轴']);
});

test('for whom an entry is made is kept, and the same word for another is another entry', async () => {
  const on = (onBehalfOf?: string) => log(percent(34, onBehalfOf === undefined ? {} : { onBehalfOf }));
  expect((await on('华奥建设 王工')).body.outcome).toBe('recorded');
  expect((await on('华奥建设 王工')).body.outcome).toBe('already-said');
  expect((await on('Bau Müller GmbH')).body.outcome).toBe('recorded');
  expect((await on('字'.repeat(101))).status).toBe(400);
  const names = (await journalOf('road')).flatMap(({ onBehalfOf }) => onBehalfOf ?? []);
  expect(names).toEqual(['华奥建设 王工', 'Bau Müller GmbH']);
  expect((await journalOf('road', `&contains=${encodeURIComponent('müller')}`)).length).toBe(1);
});

test('the journal is searched by place, source, quote, remark, author and words', async () => {
  const by = { 'topout-by': "UTF-8''%E6%9D%8E%E4%BC%9F" };
  await log({ ...percent(10), place: 'K12+300', source: report }, by, 'found');
  await log({ type: 'MilestoneReached', item: 'bridge', asOf, note: 'cold night' }, {}, 'found');
  const count = async (text: string) =>
    (await journalOf('found', `&contains=${encodeURIComponent(text)}`)).length;
  for (const text of ['k12+3', '6月通报', '一(二)1', '路面完成', '李伟', '10 %'])
    expect([text, await count(text)]).toEqual([text, 1]);
  expect([await count('cold NIGHT'), await count('bridge'), await count('nowhere')]).toEqual([1, 1, 0]);
});

test('the digests of photos are kept as said, and others are refused', async () => {
  const photo = { sha256: 'a'.repeat(64), name: '封顶.jpg', type: 'image/jpeg', bytes: 120_000 };
  const { body } = await log(percent(41, { attachments: [photo] }));
  expect((await journalOf('road')).find(({ id }) => id === (body.id as unknown))?.attachments).toEqual([
    photo,
  ]);
  for (const wrong of [{ sha256: 'A'.repeat(64) }, { type: 'photo' }, { bytes: -1 }, { name: '' }])
    expect((await log(percent(42, { attachments: [{ ...photo, ...wrong }] }))).status).toBe(400);
});

test('members that are reserved for later versions are refused', async () => {
  for (const member of ['verification', 'sealed'])
    expect((await log(percent(43, { [member]: 'signed' }))).body).toMatchObject({ errors: [{ member }] });
});

const people = ['李伟', 'Li Wei', "O'Brien", 'Ｗａｎｇ', '王 工'];

test.each(people)('%s may say something, and stands in the journal as written', async (name) => {
  const body = percent(50 + people.indexOf(name));
  const { body: receipt } = await log(body, { 'topout-by': `UTF-8''${encodeURIComponent(name)}` });
  const said = (await journalOf('road')).find(({ id }) => id === (receipt.id as unknown));
  expect(said?.by).toBe(name);
});
