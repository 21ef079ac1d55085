import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

const asOf = '2018-06-01';
const works = '/projects/works';
const reason = 'registered twice, the other one is "north-works"';
const by = { 'topout-by': 'Office North' };

let service: Service;
let registration: string;
let registeredAt: number;
beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', {
    project: 'other',
    name: { en: 'Other' },
    district: 'north',
    asOf,
  });
  const project = { project: 'works', name: { en: 'Works' }, district: 'north', asOf };
  registration = String((await service.send('POST', '/projects', project)).body.id);
  await service.send('POST', `${works}/entries`, { type: 'StallDeclared', cause: 'land', asOf });
  registeredAt = await service.head();
  await service.composed.watch();
});
afterAll(() => service.close());

const idsIn = async (url: string): Promise<unknown[]> => {
  const { items } = (await service.get(url)).body as unknown as { items: { project: unknown }[] };
  return items.map(({ project }) => project);
};
/** The alerts of the project, once there are any of a status. */
const alerts = async (status: string) => {
  for (;;) {
    const { body } = await service.get(`/alerts?project=works&status=${status}`);
    const { items } = body as unknown as { items: { opening: number; cleared?: unknown }[] };
    if (items.length > 0) return items;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('a registration is taken back with a reason, once', async () => {
  expect(await alerts('open')).toHaveLength(1);
  const url = `${works}/entries/${registration}/withdrawal`;
  expect((await service.send('POST', url, {})).status).toBe(400);
  expect((await service.send('POST', url, { reason }, by)).status).toBe(201);
  const again = await service.send('POST', url, { reason }, by);
  expect([again.status, again.body.outcome]).toEqual([200, 'already-said']);
});

test('the project leaves lists and totals, and stays in those of before', async () => {
  for (const url of ['/projects?limit=9', '/projects?district=north&limit=9'])
    expect([await idsIn(url), await idsIn(`${url}&knownAt=${registeredAt}`)]).toEqual([
      ['other'],
      ['other', 'works'],
    ]);
  const count = async (url: string) =>
    ((await service.get(url)).body as unknown as { total: { projects: number } }).total.projects;
  expect([await count('/portfolio'), await count(`/portfolio?knownAt=${registeredAt}`)]).toEqual([1, 2]);
});

test('its pages answer by whom, when and why, in the language of the reader', async () => {
  for (const page of ['', '/contradictions', '/series', '/changes?from=2018-06-01']) {
    const { status, body } = await service.get(`${works}${page}`);
    expect([page, status, body]).toEqual([
      page,
      410,
      expect.objectContaining({
        type: '/problems/project-taken-back',
        title: 'The project was taken back',
        by: 'Office North',
        reason,
        recordedAt: expect.stringMatching(/Z$/),
      }),
    ]);
    expect(body.detail).toMatch(
      /^project: works: its registration was taken back by Office North on .* UTC: registered twice/,
    );
  }
  const { body } = await service.get(works, { 'accept-language': 'zh' });
  expect([body.title, body.detail]).toEqual([
    '项目登记已撤回',
    expect.stringMatching(/^project：works：登记已由 Office North 于 .*（UTC）撤回：registered twice/),
  ]);
});

test('its history stays, now and as it was known', async () => {
  const { body, status } = await service.get(`${works}/journal`);
  const { items } = body as unknown as { items: { type: string; withdrawn?: object }[] };
  expect([status, items.map(({ type, withdrawn }) => [type, Boolean(withdrawn)])]).toEqual([
    200,
    [
      ['ProjectRegistered', true],
      ['StallDeclared', false],
      ['EntryWithdrawn', false],
    ],
  ]);
  const before = await service.get(`${works}?knownAt=${registeredAt}`);
  expect([before.status, (before.body as unknown as { stalls: { open: object } }).stalls.open]).toEqual([
    200,
    { works: 1, production: 0, staffing: 0 },
  ]);
});

test('its open alerts end for that reason', async () => {
  expect(await alerts('cleared')).toMatchObject([
    {
      cleared: {
        because: 'correction',
        reason: `The registration of the project was taken back: ${reason}.`,
      },
    },
  ]);
});

test('nothing more is recorded of it, by any way in', async () => {
  const entry = { type: 'MilestoneReached', item: 'roof', asOf };
  const answers = [
    await service.send('POST', `${works}/entries`, entry),
    await service.send('PATCH', works, { owner: 'Office', asOf }),
    await service.send('PUT', `${works}/plan`, {
      asOf,
      items: [{ id: 'roof', name: { en: 'Roof' }, weight: 1, measure: 'done' }],
      basis: 'stated',
    }),
  ];
  expect(answers.map(({ status, body }) => [status, body.type])).toEqual(
    answers.map(() => [410, '/problems/project-taken-back']),
  );
  const { lines } = await service.sendLines([{ project: 'works', ...entry }]);
  expect(lines[0]).toMatchObject({ status: 410, problem: { type: '/problems/project-taken-back' } });
});

test('a line of an import that registered it and is sent again does not bring it back', async () => {
  const line = { project: 'lines', type: 'ProjectRegistered', name: { en: 'Lines' }, asOf };
  const { lines } = await service.sendLines([line]);
  const withdrawal = {
    project: 'lines',
    type: 'EntryWithdrawn',
    entry: lines[0]?.id,
    reason: 'a test',
    asOf,
  };
  expect((await service.sendLines([withdrawal, line])).lines.map(({ status }) => status)).toEqual([201, 201]);
  expect((await service.get('/projects/lines')).status).toBe(410);
});

test('registered again it is back, with what was recorded of it and its alert', async () => {
  const again = await service.send('POST', '/projects', { project: 'works', name: { en: 'Works II' }, asOf });
  expect(again.status).toBe(201);
  const { body } = await service.get(works);
  expect(body).toMatchObject({ details: { name: 'Works II' }, stalls: { open: { works: 1 } } });
  expect(await alerts('open')).toMatchObject([{ opening: 2 }]);
});
