import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { facts as table } from '../../domain/project/facts/facts.js';
import type { Topout } from '../../src/app/topout.js';
import { world } from '../../src/composition/world.js';
import { OutcomeUnknown, StoreFull, StoreUnavailable } from '../../src/event-store/errors.js';
import type { Schema } from '../../src/http/answers/schema.js';
import { controllers, createHttpApp } from '../../src/http/app.js';
import { entryShapes } from '../../src/http/dto/entry-shapes.js';
import { sources } from '../../src/http/dto/facts/entry.js';
import { measures } from '../../src/http/dto/facts/measure.js';
import { NewProject } from '../../src/http/dto/project.js';
import { openToAll } from '../support/open-mode.js';
import { misfits } from './fits.js';
import { type Service, startService } from './service.js';

const key = '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b';
const asOf = '2018-06-30';
const plan = {
  asOf: '2018-01-01',
  plannedInvestment: { amount: '1', unit: '亿元' },
  items: [
    { id: 'structure', name: { en: 'Structure', zh: '主体' }, weight: 3, measure: 'percent' },
    { id: 'dormitories', name: { zh: '宿舍' }, weight: 1, measure: 'count', of: 5, after: ['structure'] },
  ],
};

let service: Service;

beforeAll(async () => {
  service = await startService();
  const registration = {
    project: 'huaao-2',
    name: { en: 'Huaao', zh: '华奥' },
    district: 'East',
    asOf: '2018-01-01',
  };
  await service.send('POST', '/projects', registration);
  await service.send('PUT', '/projects/huaao-2/plan', plan);
});

afterAll(() => service.close());

const log = (fact: object, headers?: Record<string, string>, project = 'huaao-2') =>
  service.send('POST', `/projects/${project}/entries`, fact, headers);
const percent = (value: number, day = asOf) => ({
  type: 'ProgressMeasured',
  asOf: day,
  item: 'structure',
  measure: { kind: 'percent', percent: value },
});

/** The data and metadata of the last recorded entry, as the journal shows it. */
async function lastEntry(project = 'huaao-2') {
  const { items } = (await service.get(`/projects/${project}/journal?order=newest&limit=1`))
    .body as unknown as {
    items: Record<string, unknown>[];
  };
  return items[0] ?? {};
}

describe('writing', () => {
  test('a fact is recorded, and the figure changes', async () => {
    const answer = await log(percent(40), { 'topout-by': 'li-wei' });
    const { id, position, recordedAt } = answer.body as unknown as Record<string, string>;
    expect(answer.status).toBe(201);
    expect(answer.headers.etag).toBe('"2"');
    expect(answer.body).toEqual({
      project: 'huaao-2',
      id,
      revision: 2,
      position,
      recordedAt,
      outcome: 'recorded',
    });
    const { body } = await service.get(`/projects/huaao-2?asOf=${asOf}&after=${position}`);
    expect((body.completion as unknown as Record<string, unknown>).floorBasisPoints).toBe(3000);
    expect(await lastEntry()).toMatchObject({
      id,
      by: 'li-wei',
      precision: 'day',
      source: { kind: 'unstated' },
    });
  });

  test('an entry sent twice with one Idempotency-Key is one entry with one answer', async () => {
    const first = await log(percent(45), { 'idempotency-key': key });
    const head = await service.head();
    const second = await log(percent(45), { 'idempotency-key': key.toUpperCase() });
    expect(first.body.id).toBe(key);
    expect([second.status, second.text, second.headers.etag]).toEqual([201, first.text, first.headers.etag]);
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await service.head()).toBe(head);
  });

  test('a retry gets the first answer although the project has moved on', async () => {
    await log(percent(46));
    const again = await log(percent(45), { 'idempotency-key': key });
    expect([again.status, again.body.id, again.headers['idempotent-replayed']]).toEqual([201, key, 'true']);
  });

  test('the same fact under another id is answered by the existing entry', async () => {
    const first = await log(percent(50));
    const again = await log(percent(50), { 'idempotency-key': '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a00' });
    expect([again.status, again.body.id, again.body.outcome]).toEqual([200, first.body.id, 'already-said']);
    expect(again.headers['idempotent-replayed']).toBeUndefined();
  });

  test('a project is registered at its own URL', async () => {
    const answer = await service.send('POST', '/projects', {
      project: 'baiyou-2',
      name: { zh: '百佑' },
      asOf: '2018-01',
    });
    expect([answer.status, answer.headers.location]).toEqual([201, '/projects/baiyou-2']);
    expect(await lastEntry('baiyou-2')).toMatchObject({
      asOf: '2018-01-31',
      precision: 'month',
      data: { name: { zh: '百佑' } },
    });
  });

  test('a write with the current revision succeeds, and a second time not', async () => {
    const tag = String((await service.get('/projects/huaao-2')).headers.etag);
    const first = await service.send(
      'PATCH',
      '/projects/huaao-2',
      { owner: 'Huaao Ltd' },
      { 'if-match': tag },
    );
    const second = await service.send(
      'PATCH',
      '/projects/huaao-2',
      { owner: 'Huaao AG' },
      { 'if-match': tag },
    );
    expect([first.status, second.status, second.body.type]).toEqual([201, 412, '/problems/revision-stale']);
    expect(String((await service.get('/projects/huaao-2')).headers.etag)).toBe(first.headers.etag);
  });

  test('an entry is withdrawn and replaced in one commit', async () => {
    const wrong = await log(percent(99, '2018-06-29'));
    const answer = await service.send('POST', `/projects/huaao-2/entries/${wrong.body.id}/withdrawal`, {
      reason: 'typed wrong',
      asOf,
      replacement: percent(49, '2018-06-29'),
    });
    const { also, revision } = answer.body as unknown as {
      also: { id: string; revision: number }[];
      revision: number;
    };
    expect([answer.status, also.length, answer.headers.etag]).toEqual([201, 1, `"${revision + 1}"`]);
    expect(await lastEntry()).toMatchObject({
      id: also[0]?.id,
      corrects: wrong.body.id,
      data: { measure: { basisPoints: 4900 } },
    });
  });

  test.each([
    [
      { amount: '6900', unit: '万元' },
      { amountMinor: 6_900_000_000, currency: 'CNY', said: { amount: '6900', unit: '万元' } },
    ],
    [
      { amount: 0.69, unit: '亿元' },
      { amountMinor: 6_900_000_000, currency: 'CNY', said: { amount: '0.69', unit: '亿元' } },
    ],
    [
      { amount: '12.34', unit: 'USD' },
      { amountMinor: 1_234, currency: 'USD', said: { amount: '12.34', unit: 'USD' } },
    ],
    [
      { amountMinor: 5, currency: 'EUR' },
      { amountMinor: 5, currency: 'EUR' },
    ],
  ])('money given as %j keeps its wording', async (amount, stored) => {
    await log({ type: 'InvestmentReported', asOf, amount, span: 'since-start', shareOfPlan: 69.5 });
    const data = { amount: stored, span: 'since-start', basis: 'unknown', shareOfPlanBasisPoints: 6950 };
    expect((await lastEntry()).data).toEqual(data);
  });

  test.each([
    [
      { cause: 'financing' },
      { stall: 'financing-2018-06-30', cause: 'financing', blocks: ['works'], from: asOf },
    ],
    [
      { cause: 'licence', from: '2018-01-01' },
      { stall: 'licence-2018-01-01', cause: 'licence', blocks: ['production'], from: '2018-01-01' },
    ],
    [
      { cause: 'labour', stall: 'welders' },
      { stall: 'welders', cause: 'labour', blocks: ['staffing'], from: asOf },
    ],
  ])('a stall with few members is completed: %j', async (said, stored) => {
    await log({ type: 'StallDeclared', asOf, ...said });
    expect((await lastEntry()).data).toEqual(stored);
  });

  test.each([
    [
      { kind: 'percent', percent: 62.55 },
      { kind: 'percent', basisPoints: 6255 },
    ],
    [
      { kind: 'percent', basisPoints: 1 },
      { kind: 'percent', basisPoints: 1 },
    ],
    [
      { kind: 'count', done: 3, of: 5, unit: '幢' },
      { kind: 'count', done: 3, of: 5, unit: '幢' },
    ],
    [
      { kind: 'storeys', reached: 2 },
      { kind: 'storeys', reached: 2 },
    ],
    [
      { kind: 'word', said: '基本完成' },
      { kind: 'word', word: 'nearly-done', said: '基本完成' },
    ],
    [
      { kind: 'word', said: '差不多了', word: 'mostly' },
      { kind: 'word', word: 'mostly', said: '差不多了' },
    ],
  ])('a measure given as %j is stored in integers', async (measure, stored) => {
    await log({ type: 'ProgressMeasured', asOf: '2018-06-28', item: 'elsewhere', measure });
    expect((await lastEntry()).data).toEqual({ item: 'elsewhere', measure: stored });
  });

  test('months stand for their first and last days', async () => {
    await log({ type: 'ForecastGiven', asOf, target: 'production', earliest: '2019-03', latest: '2019-04' });
    expect((await lastEntry()).data).toEqual({
      target: 'production',
      earliest: '2019-03-01',
      latest: '2019-04-30',
    });
    await log({ type: 'NoChangeReported', asOf: '2018-06', period: '2018-06', note: 'rain\nall month' });
    expect(await lastEntry()).toMatchObject({
      asOf,
      precision: 'month',
      source: { kind: 'unstated', note: 'rain\nall month' },
      data: { from: '2018-06-01', to: '2018-06-30' },
    });
  });

  test('canonically equivalent letters are stored equally', async () => {
    await service.send('PATCH', '/projects/huaao-2', { aliases: ['Caf\u0065\u0301'], asOf });
    expect((await lastEntry()).data).toEqual({ aliases: ['Caf\u00e9'] });
  });
});

describe('an import', () => {
  const line = (project: string, rest: object) => ({ project, asOf, ...rest });
  const district = ['one', 'two', 'three'].flatMap((name) => [
    line(`import-${name}`, { type: 'ProjectRegistered', name: { en: name } }),
    line(`import-${name}`, { type: 'PlanAdopted', items: plan.items, basis: 'example' }),
    line(`import-${name}`, percent(30)),
    line(`import-${name}`, { type: 'ProjectDescribed', district: 'West' }),
  ]);

  test('records a whole district, one result per line in the order of the lines', async () => {
    const before = await service.head();
    const { lines, headers } = await service.sendLines(district);
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(
      lines.map(({ line: number, status, revision, outcome }) => ({ number, status, revision, outcome })),
    ).toEqual(
      district.map((_, index) => ({
        number: index + 1,
        status: 201,
        revision: index % 4,
        outcome: 'recorded',
      })),
    );
    expect(await service.head()).toBe(before + district.length);
  });

  test('repeated adds nothing, whatever the order of members and the spaces', async () => {
    const before = await service.head();
    const respelt = district.map((said) =>
      JSON.stringify(Object.fromEntries(Object.entries(said).reverse()), null, 1).replaceAll('\n', ' '),
    );
    const { lines } = await service.sendLines(['', ...respelt, '   ']);
    expect(lines.map(({ line: number, status, outcome }) => ({ number, status, outcome }))).toEqual(
      district.map((_, index) => ({ number: index + 2, status: 201, outcome: 'replayed' })),
    );
    expect(await service.head()).toBe(before);
  });

  test('withdraws an entry by its id', async () => {
    const id = '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9b11';
    const { lines } = await service.sendLines([
      line('import-one', { id: id.toUpperCase(), type: 'MilestoneReached', item: 'gate' }),
      line('import-one', { type: 'EntryWithdrawn', entry: id, reason: 'another gate' }),
    ]);
    expect(lines.map(({ status, revision }) => [status, revision])).toEqual([
      [201, 4],
      [201, 5],
    ]);
    expect(lines[0]?.id).toBe(id);
  });

  test('that is cut off in the middle of a line keeps the complete lines, and no more', async () => {
    await service.app.listen(0, '127.0.0.1');
    const { port } = service.app.getHttpServer().address() as { port: number };
    const before = await service.head();
    const said = (item: string) => JSON.stringify(line('import-two', { type: 'MilestoneReached', item }));
    const body = `${said('first')}\n${said('second')}\n${said('third').slice(0, -5)}`;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /entries HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\ncontent-length: 9000\r\n\r\n',
    );
    socket.write(body);
    const answered = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
        if (text.includes('"line":2')) resolve(text);
      });
    });
    socket.destroy();
    await sleep(50);
    expect(answered).toContain('"line":1,"status":201');
    expect(await service.head()).toBe(before + 2);
  });
});

describe('reading', () => {
  test('a position beyond the log is refused immediately, without waiting', async () => {
    const head = await service.head();
    for (const url of ['/projects', '/projects/huaao-2', '/portfolio', '/alerts', '/alerts/count']) {
      const { payload, statusCode } = await service.app.inject(`${url}?after=${head + 1}`);
      const { type, errors } = JSON.parse(payload);
      expect([url, statusCode, type, errors[0].member, errors[0].seen]).toEqual([
        url,
        400,
        '/problems/position-unknown',
        'after',
        `position ${head + 1}, and the log ends at ${head}`,
      ]);
    }
  });

  test('a compressed body is refused, and not misread', async () => {
    const said = { type: 'MilestoneReached', item: 'structure', asOf };
    for (const coding of ['gzip', 'br', 'gzip, identity', 'zstd']) {
      const answer = await log(said, { 'content-encoding': coding });
      expect([answer.status, answer.body.type, answer.headers['accept-encoding']]).toEqual([
        415,
        '/problems/content-encoding-unsupported',
        'identity',
      ]);
    }
    expect((await log(said, { 'content-encoding': 'identity' })).status).toBe(201);
  });

  test('a writer sees its entry immediately, by its position', async () => {
    const stale: number[] = [];
    for (let value = 60; value < 80; value++) {
      const { position } = (await log(percent(value))).body;
      const { payload } = await service.app.inject(`/projects/huaao-2?asOf=${asOf}&after=${position}`);
      if (JSON.parse(payload).completion.floorBasisPoints !== value * 75) stale.push(value);
    }
    expect(stale).toEqual([]);
  });

  test('a late measure and a correction change the answer only from their recording on', async () => {
    await service.send('POST', '/projects', {
      project: 'clocks',
      name: { en: 'Clocks' },
      asOf: '2018-01-01',
    });
    await service.send('PUT', '/projects/clocks/plan', plan);
    const known = (await log(percent(40, '2018-06-20'), {}, 'clocks')).body.position;
    const urls = ['', '/journal', '/series'].map(
      (part) => `/projects/clocks${part}?asOf=2018-06-30&knownAt=${known}`,
    );
    const before = await Promise.all(urls.map((url) => service.get(url)));
    const wrong = await log(percent(60, '2018-06-25'), {}, 'clocks');
    await service.send('POST', `/projects/clocks/entries/${wrong.body.id}/withdrawal`, {
      reason: 'wrong',
      replacement: percent(55, '2018-06-25'),
    });
    const after = await Promise.all(urls.map((url) => service.get(url)));
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    const now = await service.get('/projects/clocks?asOf=2018-06-30');
    expect((now.body.completion as unknown as Record<string, unknown>).floorBasisPoints).toBe(4125);
    expect((await service.get('/projects/clocks?asOf=2018-06')).text).toBe(now.text);
  });

  test('the known past is selected by an instant as well as by a position', async () => {
    const { items } = (await service.get('/projects/clocks/journal')).body as unknown as {
      items: { position: number; recordedAt: string }[];
    };
    const third = items[2] as { position: number; recordedAt: string };
    await sleep(2);
    const local = third.recordedAt.replace('Z', '+00:00');
    const [byPosition, byInstant, byRawPlus] = await Promise.all(
      [third.position, encodeURIComponent(third.recordedAt), local].map((moment) =>
        service.get(`/projects/clocks?knownAt=${moment}`),
      ),
    );
    expect([byInstant?.text, byRawPlus?.text]).toEqual([byPosition?.text, byPosition?.text]);
  });

  test('a comparison names the changes on either clock', async () => {
    const byDay = await service.get('/projects/clocks/changes?from=2018-06-20&to=2018-06-30');
    const byKnowledge = await service.get('/projects/clocks/changes?clock=knownAt&from=1&asOf=2018-06-30');
    const moved = ({ body }: typeof byDay) =>
      (body.completion as unknown as { floor: { byBasisPoints: number } }).floor.byBasisPoints;
    expect([byDay.status, moved(byDay), byKnowledge.status, moved(byKnowledge)]).toEqual([
      200, 1125, 200, 4125,
    ]);
  });

  test('names and words come in the preferred language, names always in both', async () => {
    const named = async (language: string, part = '') =>
      (await service.get(`/projects/huaao-2${part}`, { 'accept-language': language })).body;
    const names = { en: 'Huaao', zh: '华奥' };
    expect((await named('zh-CN,zh;q=0.9,en;q=0.8')).details).toMatchObject({ name: '华奥', names });
    expect((await named('fr, en;q=0.5')).details).toMatchObject({ name: 'Huaao', names });
    const words = ((await named('zh', '/journal?limit=1')).items as unknown as Record<string, unknown>[])[0]
      ?.words;
    expect(words).toMatch(/\p{Script=Han}/u);
    const problem = await service.get('/projects/ghost-1', { 'accept-language': 'zh' });
    expect([problem.body.title, problem.headers['content-language']]).toEqual(['未找到项目', 'zh']);
  });

  test('an item named in one language only has that name', async () => {
    const { items } = (await service.get('/projects/huaao-2')).body.completion as unknown as {
      items: Record<string, unknown>[];
    };
    expect(items.map(({ item, name, names }) => [item, name, names])).toEqual([
      ['structure', 'Structure', { en: 'Structure', zh: '主体' }],
      ['dormitories', '宿舍', { zh: '宿舍' }],
      ['elsewhere', 'elsewhere', {}],
    ]);
  });

  test('pages of a list hold every project once', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const { items, next } = (await service.get(`/projects?limit=2${cursor}`)).body as unknown as {
        items: { project: string }[];
        next?: string;
      };
      seen.push(...items.map(({ project }) => project));
      if (next === undefined) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen).toEqual(['baiyou-2', 'clocks', 'huaao-2', 'import-one', 'import-three', 'import-two']);
  });

  test('lists are filtered, and totals grouped', async () => {
    const rows = (await service.get('/projects?district=West')).body.items as unknown as {
      project: string;
    }[];
    expect(rows.map(({ project }) => project)).toEqual(['import-one', 'import-three', 'import-two']);
    const groups = (await service.get('/portfolio?groupBy=district')).body.groups as unknown as {
      key: string;
      projects: number;
    }[];
    expect(groups.map((group) => [group.key, group.projects])).toEqual([
      ['East', 1],
      ['West', 3],
      [null, 2],
    ]);
  });

  test('the journal is read in both directions, page by page', async () => {
    const positions = async (query: string) => {
      const { items, next } = (await service.get(`/projects/clocks/journal?${query}`)).body as unknown as {
        items: { revision: number }[];
        next: string;
      };
      return { revisions: items.map(({ revision }) => revision), next };
    };
    const first = await positions('order=newest&limit=4');
    const second = await positions(`order=newest&limit=4&cursor=${first.next}`);
    expect([first.revisions, second.revisions, second.next]).toEqual([[5, 4, 3, 2], [1, 0], undefined]);
  });

  test('no answer is cached on the way', async () => {
    const urls = [
      '/',
      '/projects',
      '/projects/ghost-1',
      '/nowhere',
      '/projects/%zz',
      '/openapi.json',
      '/docs',
      '/health/live',
    ];
    const answers = await Promise.all(urls.map((url) => service.get(url)));
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(urls.map(() => 'no-store'));
  });

  test('the root names the business day', async () => {
    expect((await service.get('/')).body.today).toEqual({
      on: '2018-07-10',
      isSet: true,
      timeZone: 'Asia/Shanghai',
    });
  });

  test('every problem type has a page', async () => {
    const { items } = (await service.get('/problems')).body as unknown as { items: { type: string }[] };
    expect(items.length).toBeGreaterThan(40);
    const one = await service.get('/problems/day-invalid', { 'accept-language': 'zh' });
    expect(one.body).toEqual({
      type: '/problems/day-invalid',
      status: 400,
      title: '日期无效',
      means: 'A day is written YYYY-MM-DD and has to exist, a month YYYY-MM.',
    });
    expect((await service.get('/problems/toString')).status).toBe(404);
  });
});

describe('internal failures', () => {
  const failing = (error: Error): Topout => ({
    ...service.composed.topout,
    project: () => Promise.reject(error),
    execute: () => Promise.reject(error),
  });
  const told = async (error: Error) => {
    const app = await createHttpApp(failing(error), { ...world, ...openToAll });
    const { statusCode, headers, payload } = await app.inject('/projects/huaao-2');
    await app.close();
    return { status: statusCode, retryAfter: headers['retry-after'], ...JSON.parse(payload) };
  };

  test.each([
    ['store-full', new StoreFull(), 507, '60'],
    ['store-unavailable', new StoreUnavailable('closing'), 503, '5'],
    ['outcome-unknown', new OutcomeUnknown([key]), 503, '5'],
  ])('the problem says what to do: %s', async (name, error, status, retryAfter) => {
    const problem = await told(error);
    expect(problem).toMatchObject({ status, retryAfter, type: `/problems/${name}`, detail: error.message });
  });

  test('an unknown outcome names the entries to send again', async () => {
    expect((await told(new OutcomeUnknown([key]))).ids).toEqual([key]);
  });

  test('a bug is reported as a bug, without internals', async () => {
    const problem = await told(new Error('secret at /srv/topout'));
    expect([problem.status, problem.type]).toEqual([500, '/problems/internal']);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  test('readiness has the reason', async () => {
    const health = service.composed.topout.health();
    const views = health.views.map((view) => ({ ...view, state: 'failed' as const }));
    const app = await createHttpApp(
      {
        ...service.composed.topout,
        health: () => ({ ...health, views, isReady: false }),
      },
      { ...world, ...openToAll },
    );
    const [ready, live] = [await app.inject('/health/ready'), await app.inject('/health/live')];
    await app.close();
    expect([ready.statusCode, live.statusCode]).toEqual([503, 200]);
    expect(ready.json().reasons).toEqual(
      views.map(({ name }) => `View ${name}: failed, 0 positions behind.`),
    );
    expect((await service.get('/health/ready')).status).toBe(200);
  });
});

describe('the API document', () => {
  type Operation = {
    parameters?: { name: string; in: string; schema: Schema }[];
    responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
  };
  let components: Record<string, Schema>;
  let paths: Record<string, Record<string, Operation>>;

  beforeAll(async () => {
    const document = (await service.get('/openapi.json')).body as unknown as {
      openapi: string;
      components: { schemas: typeof components };
      paths: typeof paths;
    };
    expect(document.openapi).toBe('3.1.0');
    components = document.components.schemas;
    paths = document.paths;
  });

  test('has every route', () => {
    const methods = ['get', 'post', 'put', 'delete', 'patch'];
    const routes = controllers.flatMap((controller) => {
      const base = String(Reflect.getMetadata('path', controller));
      const handlers = Object.getOwnPropertyDescriptors(controller.prototype);
      const { constructor: _, ...methodsOf } = handlers;
      return Object.values(methodsOf).flatMap(({ value }) => {
        const path = Reflect.getMetadata('path', value) as string | undefined;
        if (path === undefined) return [];
        const url = `/${base}/${path}`
          .replace(/\/+/g, '/')
          .replace(/(?<=.)\/$/, '')
          .replace(/:(\w+)/g, '{$1}')
          .replace(/\*$/, '{path}');
        return [`${methods[Reflect.getMetadata('method', value)]} ${url}`];
      });
    });
    const described = Object.entries(paths).flatMap(([url, operations]) =>
      Object.keys(operations).map((method) => `${method} ${url}`),
    );
    expect(described.sort()).toEqual(routes.sort());
    expect(routes.length).toBe(97);
  });

  test('documents the formats of figures and of a back-test', async () => {
    const answersOf = (operation: unknown) =>
      Object.keys(
        (operation as { responses: Record<string, { content: object }> }).responses['200']?.content ?? {},
      );
    const document = (await service.get('/openapi.json')).body;
    const { paths } = document as unknown as { paths: Record<string, Record<string, unknown>> };
    expect(answersOf(paths['/metrics']?.get)).toEqual(['text/plain']);
    expect(answersOf(paths['/rules/test']?.post)).toEqual([
      'application/json',
      'application/x-ndjson',
      'text/csv',
    ]);
  });

  test('has every member of every body', () => {
    const { facts, administration, Withdrawal, LineHead } = entryShapes(table);
    const kinds = [facts, measures, sources, administration].flatMap(({ shapes }) =>
      Object.values<new () => object>(shapes),
    );
    const bodies = [...kinds, NewProject, Withdrawal, LineHead];
    const missing = bodies.flatMap((body) => {
      const declared = getMetadataStorage().getTargetValidationMetadatas(body, '', false, false);
      const described = components[body.name]?.properties ?? {};
      return declared
        .filter(({ propertyName }) => !(propertyName in described))
        .map(({ propertyName }) => `${body.name}.${propertyName}`);
    });
    expect(missing).toEqual([]);
    expect(components.NewProject?.required).toEqual(['name', 'project']);
  });

  test('has no dangling reference, and no "nullable"', () => {
    const text = JSON.stringify({ components, paths });
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => !(name in components))).toEqual([]);
    expect(text).not.toContain('"nullable"');
  });

  test.each([
    ['/projects/huaao-2', '/projects/{project}'],
    ['/projects/huaao-2?asOf=2018-01-01', '/projects/{project}'],
    ['/projects', '/projects'],
    ['/projects/huaao-2/contradictions?limit=1', '/projects/{project}/contradictions'],
    ['/projects/huaao-2/journal?limit=500', '/projects/{project}/journal'],
    ['/entries?after=1&limit=3', '/entries'],
    ['/projects/huaao-2/series', '/projects/{project}/series'],
    ['/projects/huaao-2/changes?from=2018-01-02', '/projects/{project}/changes'],
    ['/projects/clocks/changes?from=1&clock=knownAt', '/projects/{project}/changes'],
    ['/projects/huaao-2/explanation', '/projects/{project}/explanation'],
    ['/projects/huaao-2/explanation?figure=floor&knownAt=3', '/projects/{project}/explanation'],
    ['/portfolio?groupBy=stage', '/portfolio'],
    ['/portfolio/changes?asOf=2018-06-30&knownAt=60&toAsOf=2018-07-10', '/portfolio/changes'],
    ['/portfolio/explanation?figure=floor', '/portfolio/explanation'],
    ['/portfolio/lights?weeks=5&since=2018-03', '/portfolio/lights'],
    ['/alerts/needs', '/alerts/needs'],
    ['/alerts/by-project?limit=1', '/alerts/by-project'],
    ['/health/live', '/health/live'],
    ['/health/ready', '/health/ready'],
    ['/health/readable', '/health/readable'],
    ['/problems', '/problems'],
    ['/problems/day-invalid', '/problems/{name}'],
    ['/', '/'],
  ])('matches the real answer: %s', async (url, path) => {
    const { status, body } = await service.get(url);
    const schema = paths[path]?.get?.responses[status]?.content?.['application/json']?.schema;
    expect(schema).toBeDefined();
    expect(misfits(body, schema ?? {}, components)).toEqual([]);
  });

  test('describes receipts, results of lines and problems', async () => {
    const receipt = await log(percent(51));
    const { lines } = await service.sendLines([{ project: 'huaao-2', ...percent(52) }, '{']);
    const problem = await log(percent(110));
    expect([
      ...misfits(receipt.body, { $ref: '#/components/schemas/Receipt' }, components),
      ...lines.flatMap((line) => misfits(line, { $ref: '#/components/schemas/LineResult' }, components)),
      ...misfits(problem.body, { $ref: '#/components/schemas/Problem' }, components),
    ]).toEqual([]);
  });
});
