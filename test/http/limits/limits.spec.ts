import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { keyText } from '../../../src/app/access/key-text.js';
import { world } from '../../../src/composition/world.js';
import { createHttpApp } from '../../../src/http/app.js';
import { limitsIn } from '../../../src/http/limits/figures.js';
import { Limits } from '../../../src/http/limits/limits.js';
import { proxyList } from '../../../src/start/open-mode.js';
import { openToAll } from '../../support/open-mode.js';
import { ClosedService, installation, type Somebody } from '../access/closed.js';

const clock = { ms: 0 };
const limitsOf = (said = '') =>
  new Limits({
    said: limitsIn(said),
    elapsedMs: () => clock.ms,
    after: world.after,
    proxies: proxyList(['10.0.0.1']),
  });

let site: ClosedService;
let lin: Somebody;
let auditor: Somebody;
const wrongKey = keyText({ credential: 'zzzzzzzz', secret: 'B'.repeat(43) });

beforeAll(async () => {
  site = await ClosedService.start({ limits: limitsOf() });
  lin = await site.person('Lin', ['inspector', installation]);
  auditor = await site.person('Ma', ['auditor', installation]);
}, 60_000);
afterAll(() => site.close());
afterEach(() => {
  // Everything is full again.
  clock.ms += 3_600_000;
});

const statuses = async (count: number, ask: () => Promise<{ status: number }>) => {
  const found: Record<number, number> = {};
  for (let asked = 0; asked < count; asked += 1) {
    const { status } = await ask();
    found[status] = (found[status] ?? 0) + 1;
  }
  return found;
};

describe('an address without a sign-in', () => {
  test('has 120 requests together, two a second, and the files of the page and the state of the service beside them', async () => {
    const ask = () => site.ask('GET', '/projects', undefined, undefined, {}, '192.0.2.1');
    expect(await statuses(125, ask)).toEqual({ 401: 120, 429: 5 });
    clock.ms += 500;
    expect(await statuses(2, ask)).toEqual({ 401: 1, 429: 1 });
    const live = () => site.ask('GET', '/health/live', undefined, undefined, {}, '192.0.2.1');
    expect(await statuses(40, live)).toEqual({ 200: 40 });
    const other = await site.ask('GET', '/projects', undefined, undefined, {}, '192.0.2.2');
    expect(other.status).toBe(401);
  });

  test('is that of the client behind a named proxy, and no header of others changes it', async () => {
    const by = (forwarded: string, remote: string) => () =>
      site.ask('GET', '/projects', undefined, undefined, { 'x-forwarded-for': forwarded }, remote);
    expect(await statuses(121, by('192.0.2.3', '10.0.0.1'))).toEqual({ 401: 120, 429: 1 });
    expect(await statuses(1, by('192.0.2.4', '10.0.0.1'))).toEqual({ 401: 1 });
    let said = 0;
    const spoofed = () => {
      said += 1;
      return by(`198.51.100.${said}`, '192.0.2.5')();
    };
    expect(await statuses(121, spoofed)).toEqual({ 401: 120, 429: 1 });
  });

  test('that tries wrong keys is refused after ten, says nothing about them, and does not lock out a right one', async () => {
    const wrong = () => site.ask('GET', '/projects', wrongKey);
    expect(await statuses(12, wrong)).toEqual({ 401: 10, 429: 2 });
    const right = await site.ask('GET', '/projects', lin.key);
    expect(right.status).toBe(200);
    const { headers, body, text } = await wrong();
    expect(body).toMatchObject({ type: '/problems/rate-limited', status: 429 });
    expect(text).not.toContain('key');
    expect(headers['www-authenticate']).toBeUndefined();
    expect(headers['retry-after']).toBe('6');
    expect(headers['ratelimit-policy']).toBe('"failures";q=10;w=60');
    expect(headers.ratelimit).toBe('"failures";r=0;t=6');
  });
});

describe('a sign-in', () => {
  test('has its reads and its writes, in both languages, and others have theirs', async () => {
    const read = (key: string) => () => site.ask('HEAD', '/projects', key);
    expect(await statuses(203, read(lin.key))).toEqual({ 200: 200, 429: 3 });
    expect(await statuses(3, read(auditor.key))).toEqual({ 200: 3 });
    const write = () => site.ask('POST', '/projects/quay/entries', lin.key, {});
    expect(await statuses(102, write)).toEqual({ 400: 100, 429: 2 });
    const chinese = await site.ask(
      'POST',
      '/projects/quay/entries',
      lin.key,
      {},
      { 'accept-language': 'zh' },
    );
    expect(chinese.body).toMatchObject({
      title: '请求过多',
      errors: [{ member: 'rate', seen: '写入请求过多', expected: '一次至多 100，每秒 20；1 秒后再试' }],
    });
    clock.ms += 1_000;
    expect(await statuses(52, read(lin.key))).toEqual({ 200: 50, 429: 2 });
  });

  test('is limited before its permission is looked at', async () => {
    const ask = () => site.ask('GET', '/metrics', lin.key);
    expect(await statuses(201, ask)).toEqual({ 403: 200, 429: 1 });
  });

  test('may have rates of its own, which an administrator sets', async () => {
    const rates = { limits: { rates: { reads: 2, writes: 1 } } };
    const own = await site.ask('POST', `/people/${lin.id}/keys`, lin.key, rates);
    expect(own.status).toBe(403);
    const issued = await site.ask('POST', `/people/${lin.id}/keys`, site.administrator, rates);
    expect(issued.status).toBe(201);
    const ask = () => site.ask('HEAD', '/projects', String(issued.body.key));
    expect(await statuses(12, ask)).toEqual({ 200: 10, 429: 2 });
    const { body } = await site.ask('GET', `/people/${lin.id}`, site.administrator);
    expect(JSON.stringify(body.credentials)).toContain('"rates":{"reads":2,"writes":1}');
  });

  test('adds few subscriptions an hour, and tests them a few times a minute', async () => {
    const add = () => site.ask('POST', '/subscriptions', lin.key, {});
    expect(await statuses(22, add)).toEqual({ 400: 20, 429: 2 });
    const id = '019a4c1e-0000-7000-8000-0000000000f1';
    const fire = () => site.ask('POST', `/subscriptions/${id}/test`, lin.key);
    expect(await statuses(7, fire)).toEqual({ 404: 5, 429: 2 });
  });

  test('imports many lines, and then waits until they are paid', async () => {
    const line = (number: number) =>
      JSON.stringify({
        project: 'quay',
        type: 'NoChangeReported',
        asOf: '2018-06-30',
        period: '2018-06',
        item: `x${number}`,
      });
    const few = Array.from({ length: 10 }, (_, number) => line(number)).join('\n');
    expect((await site.ask('POST', '/entries', lin.key, few)).status).toBe(200);
    // As if it had sent all of them.
    site.limits?.lines(lin.credential, 60_000);
    const over = await site.ask('POST', '/entries', lin.key, few);
    expect([over.status, over.headers['retry-after']]).toEqual([429, '11']);
    clock.ms += 11_000;
    expect((await site.ask('POST', '/entries', lin.key, few)).status).toBe(200);
  });
});

test('expensive questions of one sign-in wait for each other, and those of others do not wait for them', async () => {
  const old = '2018-07-10T08:00:00%2B08:00';
  const many = Array.from({ length: 20 }, () => site.ask('GET', `/projects?knownAt=${old}`, auditor.key));
  const found = (await Promise.all(many)).map(({ status }) => status);
  expect(found.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10);
  expect(new Set(found)).toEqual(new Set([200, 429]));
  // Nothing is held afterwards.
  expect((await site.ask('GET', `/projects?knownAt=${old}`, auditor.key)).status).toBe(200);
});

test('each refusal is counted by its route and its reason', async () => {
  await statuses(121, () => site.ask('GET', '/alerts', undefined, undefined, {}, '192.0.2.9'));
  await site.ask('GET', '/metrics', lin.key);
  const text = await site.service.composed.measures.registry.metrics();
  const counted = (route: string, status: number, reason: string) =>
    text.includes(`topout_http_refusals_total{route="${route}",status="${status}",reason="${reason}"}`);
  expect(counted('/alerts', 401, 'sign-in-needed')).toBe(true);
  expect(counted('/alerts', 429, 'rate-limited')).toBe(true);
  expect(counted('/metrics', 403, 'not-permitted')).toBe(true);
});

describe('in open mode', () => {
  test('this machine has no limits, and others have', async () => {
    const app = await createHttpApp(site.service.composed.topout, {
      ...openToAll,
      after: world.after,
      limits: limitsOf(),
    });
    const ask = (remoteAddress: string) => async () => ({
      status: (await app.inject({ method: 'HEAD', url: '/projects', remoteAddress })).statusCode,
    });
    expect(await statuses(300, ask('127.0.0.1'))).toEqual({ 200: 300 });
    expect(await statuses(203, ask('192.0.2.1'))).toEqual({ 200: 200, 429: 3 });
    await app.close();
  });

  test('this machine has those that were set', async () => {
    const app = await createHttpApp(site.service.composed.topout, {
      ...openToAll,
      after: world.after,
      limits: limitsOf('reads=1/5'),
    });
    const ask = async () => ({ status: (await app.inject({ method: 'HEAD', url: '/projects' })).statusCode });
    expect(await statuses(7, ask)).toEqual({ 200: 5, 429: 2 });
    await app.close();
  });
});
