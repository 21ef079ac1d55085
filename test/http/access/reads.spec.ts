import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ClosedService, districtOf, installation, type Somebody } from './closed.js';

let site: ClosedService;
let auditor: Somebody;
let inspector: Somebody;
let planner: Somebody;

interface Read {
  person: string;
  kind: string;
  route: string;
  count: number;
}

/** What was recorded since the last look, oldest first. */
let looked = 0;
async function recorded(key = site.administrator): Promise<string[]> {
  const { body } = await site.ask('GET', '/access/reads', key);
  const items = (body.items as (Read & { read: number })[]).filter(({ read }) => read > looked).toReversed();
  looked = Math.max(looked, ...items.map(({ read }) => read));
  const names = new Map([
    [auditor.id, 'auditor'],
    [inspector.id, 'inspector'],
    [planner.id, 'planner'],
  ]);
  return items.map(
    ({ person, kind, route, count }) => `${names.get(person) ?? 'administrator'} ${kind} ${route} ${count}`,
  );
}

beforeAll(async () => {
  site = await ClosedService.start();
  auditor = await site.person('Ma', ['auditor', installation]);
  inspector = await site.person('Lin', ['inspector', districtOf('Harbour')]);
  planner = await site.person('Zhao', ['planner', districtOf('Harbour')]);
  await recorded();
});
afterAll(() => site.close());

const old = encodeURIComponent('2018-07-01T00:00:00+08:00');

test('the log, earlier knowledge of many projects and the names of people are recorded, and nothing else', async () => {
  await site.ask('GET', '/projects', inspector.key);
  await site.ask('GET', '/projects/quay', inspector.key);
  await site.ask('GET', '/people/self', inspector.key);
  await site.ask('GET', `/projects/quay?knownAt=${old}`, auditor.key);
  expect(await recorded()).toEqual([]);
  await site.ask('GET', '/entries', auditor.key);
  await site.ask('GET', `/projects?knownAt=${old}`, planner.key);
  await site.ask('GET', `/people/${inspector.id}`, auditor.key);
  expect((await recorded()).sort()).toEqual([
    'auditor log /entries 2',
    'auditor people /people/:person 1',
    'planner replay /projects 0',
  ]);
});

test('a comparison of two moments is recorded whichever of them is earlier knowledge', async () => {
  const present = encodeURIComponent(new Date().toISOString());
  await site.ask('GET', '/portfolio/changes?asOf=2018-06-30', planner.key);
  expect(await recorded()).toEqual([]);
  // Without a moment of knowledge the first one has that of the second, and is read once.
  for (const query of [`knownAt=${old}`, `knownAt=${present}&toKnownAt=${old}`]) {
    const { status, text } = await site.ask('GET', `/portfolio/changes?${query}`, planner.key);
    expect([status, text]).toEqual([200, expect.stringContaining('"items":')]);
  }
  expect(await recorded()).toEqual([
    'planner replay /portfolio/changes 1',
    'planner replay /portfolio/changes 1',
  ]);
});

test('a comparison is recorded with both of its moments', async () => {
  const query = `asOf=2018-05-31&knownAt=1&toAsOf=2018-06-30&toKnownAt=${old}`;
  const { body } = await site.ask('GET', `/portfolio/changes?${query}`, planner.key);
  const { items } = (await site.ask('GET', '/access/reads?limit=1', auditor.key)).body;
  expect(items).toEqual([
    expect.objectContaining({
      route: '/portfolio/changes',
      asOf: '2018-05-31',
      knownAt: 1,
      toAsOf: '2018-06-30',
      toKnownAt: (body.to as { knownAt: { position: number } }).knownAt.position,
    }),
  ]);
  await recorded();
});

test('both moments of a comparison need the right to replay', async () => {
  const path = '/projects/quay/changes?clock=knownAt';
  const statuses = await Promise.all(
    [`${path}&from=${old}`, `/portfolio/changes?knownAt=${old}`, `/portfolio/changes?toKnownAt=${old}`].map(
      async (url) => (await site.ask('GET', url, inspector.key)).status,
    ),
  );
  expect(statuses).toEqual([403, 403, 403]);
});

test('what was refused, and an empty part of the log, are not', async () => {
  await site.ask('GET', '/entries', inspector.key);
  await site.ask('GET', '/people', inspector.key);
  await site.ask('GET', '/entries?after=100000', auditor.key);
  await site.ask('HEAD', '/people', auditor.key);
  expect(await recorded()).toEqual([]);
});

test('auditors read them, without names, and others do not', async () => {
  await site.ask('GET', `/people/${inspector.id}`, site.administrator);
  const read = await site.ask('GET', '/access/reads?kind=people&limit=1', auditor.key);
  expect(read.status).toBe(200);
  expect(read.text).toContain(inspector.id);
  expect(read.text).not.toContain('Lin');
  expect(read.body.next).toEqual(expect.any(String));
  for (const { key } of [inspector, planner])
    expect((await site.ask('GET', '/access/reads', key)).status).toBe(403);
});

test('what has to be recorded is refused while it cannot be, and everything else is answered', async () => {
  const { topout } = site.service.composed;
  const { isFailing } = topout.reads;
  topout.reads.isFailing = () => true;
  const refused = await site.ask('GET', '/people', auditor.key);
  expect([refused.status, refused.body.type, refused.headers['retry-after']]).toEqual([
    503,
    '/problems/reads-unrecorded',
    '5',
  ]);
  expect((await site.ask('GET', '/projects', auditor.key)).status).toBe(200);
  topout.reads.isFailing = isFailing;
});
