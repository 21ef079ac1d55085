import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  asOf,
  type BadCase,
  type Body,
  everywhere,
  ofOneRoute,
  onItsWay,
  percentSaid,
  plan,
  project,
} from './bad-cases.js';
import { type Answer, type Service, startService } from './service.js';

/** The member that a problem names first. */
const memberOf = (problem?: object) => (problem as { errors?: { member: string }[] })?.errors?.[0]?.member;

/** A writing route, with a body that it accepts, and the same as a line of an import. */
interface WriteRoute {
  name: string;
  method: 'POST' | 'PATCH' | 'PUT';
  url: string;
  body: Body;
  line: Body;
}

let service: Service;
let routes: WriteRoute[] = [];

beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', { project, name: { zh: '华奥' }, asOf: '2018-01-01' });
  await service.send('PUT', `/projects/${project}/plan`, plan);
  const entry = (
    await service.send('POST', `/projects/${project}/entries`, {
      type: 'StageEntered',
      asOf,
      stage: 'started',
    })
  ).body.id;
  const registration = { name: { en: 'New' }, asOf };
  const description = { owner: 'Huaao', asOf };
  const withdrawal = {
    reason: 'typed wrong',
    asOf,
    replacement: { type: 'StageEntered', asOf, stage: 'contracted' },
  };
  const newPlan = { ...plan, asOf, basis: 'stated' };
  routes = [
    {
      name: 'registration',
      method: 'POST',
      url: '/projects',
      body: { project: 'new-one', ...registration },
      line: { project: 'new-two', type: 'ProjectRegistered', ...registration },
    },
    {
      name: 'description',
      method: 'PATCH',
      url: `/projects/${project}`,
      body: description,
      line: { project, type: 'ProjectDescribed', ...description, owner: 'Huaao Ltd' },
    },
    {
      name: 'plan',
      method: 'PUT',
      url: `/projects/${project}/plan`,
      body: newPlan,
      line: { project, type: 'PlanAdopted', ...newPlan, basis: 'example' },
    },
    {
      name: 'fact',
      method: 'POST',
      url: `/projects/${project}/entries`,
      body: percentSaid,
      line: { project, ...percentSaid, item: 'dormitories' },
    },
    {
      name: 'withdrawal',
      method: 'POST',
      url: `/projects/${project}/entries/${entry}/withdrawal`,
      body: withdrawal,
      line: { project, type: 'EntryWithdrawn', entry, ...withdrawal },
    },
  ];
});

afterAll(() => service.close());

/** The refusal, with the compared parts. */
function told(answer: { status: number; body: Record<string, unknown> }) {
  const { type, status, detail, errors } = answer.body as {
    type: string;
    status: number;
    detail: string;
    errors: Record<string, string>[];
  };
  const [{ member = '', seen = '', expected = '' } = {}] = errors ?? [];
  const isPlain = detail.includes(seen) && detail.includes(expected) && seen !== '' && expected !== '';
  return { type, status: answer.status, saidStatus: status, member, isPlain };
}

function wanted({ type, member, status }: BadCase) {
  return { type: `/problems/${type}`, status, saidStatus: status, member, isPlain: true };
}

const names = ['registration', 'description', 'plan', 'fact', 'withdrawal'];
const routeOf = (name: string) => routes.find((route) => route.name === name) as WriteRoute;

describe.each(names)('bad input to the route of a %s is reported and stores nothing:', (name) => {
  test.each([...everywhere, ...(ofOneRoute[name] ?? [])])('$title', async (badCase) => {
    const { method, url, body } = routeOf(name);
    const before = await service.head();
    const answer = await service.send(method, url, badCase.spoil(body));
    expect({ ...told(answer), head: await service.head() }).toEqual({ ...wanted(badCase), head: before });
  });

  test.each(onItsWay)('$title', async (badCase) => {
    const { method, url, body } = routeOf(name);
    const before = await service.head();
    const answer = await service.send(method, url, badCase.spoil(body), badCase.headers);
    expect({ ...told(answer), head: await service.head() }).toEqual({ ...wanted(badCase), head: before });
  });
});

describe.each(names)('bad input in a line with a %s is reported as on its own route:', (name) => {
  const isAboutTheLine = ({ title }: BadCase) => title !== 'an id that is taken';
  const cases = [...everywhere, ...(ofOneRoute[name] ?? [])].filter(isAboutTheLine);
  test.each(cases)('$title', async (badCase) => {
    const { line } = routeOf(name);
    const bad = badCase.spoil(line);
    const whole =
      typeof bad === 'string' || Array.isArray(bad)
        ? bad
        : { ...line, ...(bad as Body), ...keptFrom(line, bad as Body) };
    const before = await service.head();
    const [result] = (await service.sendLines([whole])).lines as unknown as {
      status: number;
      problem: Body;
    }[];
    const answer = { status: result?.status ?? 0, body: result?.problem ?? {} };
    expect({ ...told(answer), head: await service.head() }).toEqual({ ...wanted(badCase), head: before });
  });
});

/** Cases that omit a member omit it in the line too, and those with a type or an id keep it. */
function keptFrom(line: Body, bad: Body): Body {
  const gone = Object.keys(line).filter(
    (member) => !['project', 'type', 'entry'].includes(member) && bad[member] === undefined,
  );
  const withoutType = 'item' in bad && !('type' in bad) ? ['type'] : [];
  return Object.fromEntries([...gone, ...withoutType].map((member) => [member, undefined]));
}

test('an unregistered project is unknown to every route that writes to it', async () => {
  const before = await service.head();
  const answers = await Promise.all(
    routes
      .slice(1)
      .map(({ method, url, body }) => service.send(method, url.replace(project, 'ghost-1'), body)),
  );
  expect(answers.map(({ status, body }) => [status, body.type, memberOf(body)])).toEqual(
    answers.map(() => [404, '/problems/project-unknown', 'project']),
  );
  expect(await service.head()).toBe(before);
});

test('an unknown entry cannot be withdrawn, nor an invalid id', async () => {
  const withdraw = (entry: string) =>
    service.send('POST', `/projects/${project}/entries/${entry}/withdrawal`, { reason: 'wrong', asOf });
  const [unknown, noId] = [await withdraw('018f0000-0000-7000-8000-000000000000'), await withdraw('first')];
  expect([unknown.status, unknown.body.type]).toEqual([404, '/problems/entry-unknown']);
  expect([noId.status, noId.body.type]).toEqual([400, '/problems/text-invalid']);
});

test('a stale If-Match is answered with the current revision', async () => {
  const answer = await service.send('POST', `/projects/${project}/entries`, percentSaid, {
    'if-match': '"0"',
  });
  expect(answer.body).toEqual({
    type: '/problems/revision-stale',
    title: 'The project has moved on',
    status: 412,
    detail: 'If-Match: "0"; expected "2", the current revision.',
    instance: `/projects/${project}/entries`,
    errors: [
      { member: 'If-Match', type: 'revision-stale', seen: '"0"', expected: '"2", the current revision' },
    ],
    currentRevision: 2,
  });
});

test('line 3 of 5 is invalid, and the other four are recorded', async () => {
  const line = (item: string) => ({ project, type: 'MilestoneReached', asOf, item });
  const before = await service.head();
  const { lines } = await service.sendLines([
    line('one'),
    line('two'),
    '{"project":"huaao-2",',
    line('four'),
    line('five'),
  ]);
  expect(
    lines.map(({ line: number, status, problem }) => [number, status, (problem as Body | undefined)?.type]),
  ).toEqual([
    [1, 201, undefined],
    [2, 201, undefined],
    [3, 400, '/problems/body-invalid'],
    [4, 201, undefined],
    [5, 201, undefined],
  ]);
  expect(await service.head()).toBe(before + 4);
});

test('a line above 256 KiB is refused, and the next one is recorded', async () => {
  const note = 'x'.repeat(256 * 1024);
  const { lines } = await service.sendLines([
    { project, ...percentSaid, note },
    { project, type: 'MilestoneReached', asOf, item: 'six' },
  ]);
  expect(lines.map(({ line, status }) => [line, status])).toEqual([
    [1, 413],
    [2, 201],
  ]);
});

test('an import above 10 MiB is refused before anything is read', async () => {
  const before = await service.head();
  const answer = await service.sendLines([`{"project":"${project}"}`, 'x'.repeat(10 * 1024 * 1024)]);
  expect([answer.status, answer.body.type, await service.head()]).toEqual([
    413,
    '/problems/body-too-large',
    before,
  ]);
});

test('a plan larger than an entry is refused by its size', async () => {
  const items = Array.from({ length: 1_500 }, (_, index) => ({
    id: `i${index}`,
    name: { en: 'x'.repeat(150) },
    weight: 1,
    measure: 'done',
  }));
  const answer = await service.send('PUT', `/projects/${project}/plan`, { asOf, items });
  expect([answer.status, answer.body.type]).toEqual([413, '/problems/entry-too-large']);
});

test('several faults are reported together', async () => {
  const answer = await service.send('POST', `/projects/${project}/entries`, {
    ...percentSaid,
    item: 'A B',
    note: 7,
    measure: { kind: 'count', done: -1 },
  });
  const faults = (answer.body.errors as unknown as { member: string; type: string }[]).map(
    ({ member, type }) => [member, type],
  );
  expect(faults.sort()).toEqual([
    ['item', 'text-invalid'],
    ['measure.done', 'value-out-of-range'],
    ['note', 'type-wrong'],
  ]);
});

test('an id that is taken by another entry is refused on every route', async () => {
  const id = '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b';
  const first: Answer = await service.send(
    'POST',
    `/projects/${project}/entries`,
    { type: 'MilestoneReached', asOf, item: 'seven' },
    { 'idempotency-key': id },
  );
  expect(first.status).toBe(201);
  const before = await service.head();
  const answers = await Promise.all(
    routes.map(({ method, url, body }) => service.send(method, url, body, { 'idempotency-key': id })),
  );
  const inLines = (await service.sendLines(routes.map(({ line }) => ({ ...line, id })))).lines as unknown as {
    status: number;
    problem: Body;
  }[];
  expect(answers.map(({ status, body }) => [status, body.type, memberOf(body)])).toEqual(
    answers.map(() => [409, '/problems/event-id-reused', 'Idempotency-Key']),
  );
  expect(inLines.map(({ status, problem }) => [status, problem?.type, memberOf(problem)])).toEqual(
    inLines.map(() => [409, '/problems/event-id-reused', 'id']),
  );
  expect(await service.head()).toBe(before);
});

test('unknown addresses are distinguished from wrong methods', async () => {
  const asked = async (method: 'GET' | 'DELETE', url: string) => {
    const { status, body, headers } = await service.send(method, url, undefined, {});
    return [status, body.type, headers.allow];
  };
  expect(await asked('GET', '/nowhere')).toEqual([404, '/problems/route-unknown', undefined]);
  expect(await asked('DELETE', `/projects/${project}`)).toEqual([
    405,
    '/problems/method-not-allowed',
    'GET, HEAD, PATCH',
  ]);
  expect(await asked('GET', '/projects/%zz')).toEqual([400, '/problems/url-invalid', undefined]);
  expect(await asked('GET', `/projects/${'x'.repeat(300)}`)).toEqual([
    400,
    '/problems/url-invalid',
    undefined,
  ]);
  expect(await asked('GET', `/projects?cursor=${'x'.repeat(3_000)}`)).toEqual([
    400,
    '/problems/url-invalid',
    undefined,
  ]);
  expect(await asked('GET', '/projects/A%2FB')).toEqual([400, '/problems/url-invalid', undefined]);
});

test.each([
  ['/projects?limit=0', 'value-out-of-range', 'limit'],
  ['/projects?limit=2001', 'value-out-of-range', 'limit'],
  ['/projects?asof=2018-06-30', 'member-unknown', 'asof'],
  ['/projects?__proto__=1', 'member-reserved', '__proto__'],
  ['/portfolio?constructor=1', 'member-reserved', 'constructor'],
  ['/projects?asOf=2018-06-30&asOf=2018-06-29', 'type-wrong', 'asOf'],
  ['/projects?cursor=nonsense', 'cursor-invalid', 'cursor'],
  ['/projects/huaao-2?asOf=2018-02-30', 'day-invalid', 'asOf'],
  ['/projects/huaao-2?knownAt=yesterday', 'moment-invalid', 'knownAt'],
  ['/projects/huaao-2?knownAt=2018-07-10T08:00:00', 'moment-invalid', 'knownAt'],
  ['/projects/huaao-2?knownAt=-1', 'moment-invalid', 'knownAt'],
  ['/projects/huaao-2?after=soon', 'moment-invalid', 'after'],
  ['/projects/huaao-2/journal?order=random', 'kind-unknown', 'order'],
  ['/projects/huaao-2/series?from=June', 'day-invalid', 'from'],
  ['/projects/huaao-2/changes', 'member-missing', 'from'],
  ['/projects/huaao-2/changes?from=5', 'day-invalid', 'from'],
  ['/projects/huaao-2/changes?from=2018-06-30&clock=knownAt', 'moment-invalid', 'from'],
  ['/projects/huaao-2/changes?from=1&clock=knownAt&knownAt=5', 'member-unknown', 'knownAt'],
  ['/projects/huaao-2/changes?from=2018-06-01&asOf=2018-06-30', 'member-unknown', 'asOf'],
  ['/portfolio?groupBy=mood', 'kind-unknown', 'groupBy'],
])('an invalid query is reported: %s', async (url, type, member) => {
  expect(told(await service.get(url))).toEqual({
    type: `/problems/${type}`,
    status: 400,
    saidStatus: 400,
    member,
    isPlain: true,
  });
});

test('the corrected request is recorded by every route', async () => {
  const answers: number[] = [];
  for (const { method, url, body } of routes) answers.push((await service.send(method, url, body)).status);
  const { lines } = await service.sendLines(routes.slice(0, 4).map(({ line }) => line));
  expect([answers, lines.map(({ status }) => status)]).toEqual([
    [201, 201, 201, 201, 201],
    [201, 201, 201, 201],
  ]);
});
