import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { RequestLog } from '../../src/http/server/request-log.js';
import { serverLimits } from '../../src/http/server/server-limits.js';
import { Starting } from '../../src/http/server/starting.js';
import { openToAll } from '../support/open-mode.js';
import { requestOf, sendRaw } from './raw.js';
import { type Service, startService } from './service.js';

let service: Service;
let app: NestFastifyApplication;
let server: Server;
let port: number;
let path: string;
let elapsedMs = 0;
const lines: string[] = [];
let written = 0;
const startLines: string[] = [];

beforeAll(async () => {
  path = mkdtempSync(join(tmpdir(), 'topout-lines-'));
  mkdirSync(join(path, 'assets'));
  writeFileSync(join(path, 'index.html'), '<title>Office</title>');
  writeFileSync(join(path, 'assets', 'office.js'), 'console.log(1);');
  service = await startService();
  await service.send('POST', '/projects', { project: 'huaao-2', name: { en: 'Huaao' }, asOf: '2018-01-01' });
  server = createServer(serverLimits);
  const log = new RequestLog({
    now: () => '2026-11-30T08:00:00.000Z',
    elapsedMs: () => {
      elapsedMs += 1.5;
      return elapsedMs;
    },
    run: 'r1',
    write(line) {
      written += 1;
      lines.push(line);
    },
  });
  log.watch(server);
  const starting = new Starting(server, log);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  await send('GET /health/ready?token=canary-0');
  await send('GET /projects/huaao-2');
  await sendRaw(port, 'hello\r\n\r\n');
  await settled(3);
  startLines.push(...lines);
  app = await createHttpApp(service.composed.topout, {
    ...openToAll,
    after: world.after,
    page: { path, newNonce: () => 'n1' },
    requestLog: log,
    starting,
  });
}, 30_000);
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await app.close();
  await service.close();
  rmSync(path, { recursive: true });
});
beforeEach(() => void lines.splice(0));

const send = (line: string, headers: readonly string[] = [], body = '') =>
  sendRaw(port, requestOf(line, ['Host: localhost', 'Connection: close', ...headers], body));

/** Waits until a number of lines is there, and then for an unexpected one. */
async function settled(count: number): Promise<void> {
  for (let waited = 0; lines.length < count && waited < 5_000; waited += 10)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 30));
}

const told = (line: string) => {
  const { method, path: asked, status, by } = JSON.parse(line);
  return [method, asked, status, by];
};

test('a starting service writes a line for each request that it refuses', () => {
  expect(startLines.map(told)).toEqual([
    ['GET', '/health/ready', 503, 'anonymous'],
    ['GET', '-', 503, 'anonymous'],
    ['-', '-', 400, '-'],
  ]);
});

test('a line has time, request, route, status, duration and caller', async () => {
  const answer = await send('GET /projects/huaao-2?at=canary-1', ['Topout-By: li-wei']);
  await settled(1);
  const [line = ''] = lines;
  expect(Object.entries(JSON.parse(line))).toEqual([
    ['time', '2026-11-30T08:00:00.000Z'],
    ['id', expect.stringMatching(/^r1-[0-9a-z]+$/)],
    ['method', 'GET'],
    ['path', '/projects/huaao-2'],
    ['status', answer.status],
    ['ms', expect.any(Number)],
    ['bytes', expect.any(Number)],
    ['by', 'li-wei'],
    ['refusal', 'member-unknown'],
  ]);
  expect(JSON.parse(line).bytes).toBeGreaterThan(Buffer.byteLength(answer.body));
  expect(JSON.parse(line).ms).toBeGreaterThan(0);
});

describe('there is one line for', () => {
  const fact = JSON.stringify({ type: 'MilestoneReached', asOf: '2018-07-01', item: 'roof' });
  const json = ['Content-Type: application/json', `Content-Length: ${fact.length}`];
  const anyone = 'anonymous';
  const own = ['Host: localhost', 'Connection: close'];
  test.each<[string, string | Buffer, unknown[]]>([
    [
      'a fact, which no framework is asked for',
      requestOf('POST /projects/huaao-2/entries', [...own, ...json], fact),
      ['POST', '/projects/huaao-2/entries', 201, anyone],
    ],
    [
      'a route with an address of a person',
      requestOf('GET /projects/li.wei@example.org', own),
      ['GET', '/projects/:project', 400, anyone],
    ],
    ['a route that is not there', requestOf('GET /hooks/canary', own), ['GET', '-', 404, anyone]],
    ['the page', requestOf('GET /', [...own, 'Accept: text/html']), ['GET', '/', 200, anyone]],
    ['a file of the page', requestOf('GET /assets/office.js', own), ['GET', '/assets/*', 200, anyone]],
    ['a file that is not there', requestOf('GET /assets/canary.js', own), ['GET', '/assets/*', 404, anyone]],
    ['a head', requestOf('HEAD /projects', own), ['HEAD', '/projects', 200, anyone]],
    [
      'a path out of its folder',
      requestOf('GET /assets/../canary', own),
      ['GET', expect.any(String), 400, anyone],
    ],
    ['a path with %00', requestOf('GET /assets/%00canary', own), ['GET', expect.any(String), 400, anyone]],
    ['a path with a broken escape', requestOf('GET /projects/%zzcanary', own), ['GET', '-', 400, anyone]],
    [
      'another host',
      requestOf('GET /projects', ['Host: canary.example', 'Connection: close']),
      ['GET', '/projects', 421, anyone],
    ],
    [
      'a write of a foreign page',
      requestOf('POST /projects', [...own, 'Origin: https://canary.example', 'Content-Length: 0']),
      ['POST', '/projects', 403, anyone],
    ],
    [
      'an expectation',
      requestOf('GET /projects', [...own, 'Expect: miracles']),
      ['GET', '/projects', 200, anyone],
    ],
    [
      'an author who is no id',
      requestOf('GET /projects', [...own, 'Topout-By: li.wei@example.org']),
      ['GET', '/projects', 200, '-'],
    ],
    ['bytes that are no request', 'canary\r\n\r\n', ['-', '-', 400, '-']],
    [
      'headers that are too large',
      requestOf('GET /', [...own, `X: ${'canary'.repeat(2_000)}`]),
      ['-', '-', 431, '-'],
    ],
    ['a tunnel', requestOf('CONNECT canary.example:443', ['Host: canary.example']), ['-', '-', 400, '-']],
    [
      'a body that cannot be read on',
      requestOf(
        'POST /entries',
        [...own, 'Content-Type: application/json', 'Transfer-Encoding: chunked'],
        '5\r\n{"a":\r\ncanary\r\n',
      ),
      ['POST', '/entries', 400, anyone],
    ],
  ])('%s', async (_, bytes, expected) => {
    const stderr = jest.spyOn(process.stderr, 'write');
    const answer = await sendRaw(port, bytes, { headOnly: true });
    await settled(1);
    expect(lines.map(told)).toEqual([expected]);
    expect(answer.status).toBe(expected[2]);
    expect(lines.join()).not.toContain('canary');
    expect(stderr).not.toHaveBeenCalled();
    stderr.mockRestore();
  });

  /** Sends bytes, waits until the service has a request, and disconnects. */
  async function leave(bytes: string): Promise<void> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    const come = once(server, 'request');
    socket.write(bytes);
    await come;
    socket.resetAndDestroy();
  }

  test('a client that leaves before it has sent all of it', async () => {
    await leave(
      requestOf('POST /projects', [...own, 'Content-Type: application/json', 'Content-Length: 9'], '{'),
    );
    await settled(1);
    expect(lines.map(told)).toEqual([['POST', '/projects', 499, anyone]]);
  });

  test('the stream of alerts, once it has ended', async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write(requestOf('GET /alerts/stream', own));
    await once(socket, 'data');
    expect(lines).toEqual([]);
    socket.destroy();
    await settled(1);
    expect(lines.map(told)).toEqual([['GET', '/alerts/stream', 200, anyone]]);
  });

  test('each of many requests on one connection, with the bytes of its own answer', async () => {
    const warned = jest.fn();
    process.on('warning', warned);
    const socket = connect(port, '127.0.0.1');
    socket.write(requestOf('GET /health/live', ['Host: localhost']).repeat(24));
    socket.write(requestOf('GET /hooks/canary', own));
    const came = Buffer.concat(await socket.toArray()).length;
    await settled(25);
    process.off('warning', warned);
    expect(lines.map(told)).toEqual([
      ...Array(24).fill(['GET', '/health/live', 200, anyone]),
      ['GET', '-', 404, anyone],
    ]);
    expect(lines.map((line) => JSON.parse(line).bytes).reduce((sum, bytes) => sum + bytes, 0)).toBe(came);
    expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(25);
    expect(warned).not.toHaveBeenCalled();
  });

  test('each of several requests on a connection whose client leaves', async () => {
    await leave(
      requestOf('GET /entries?after=1&wait=yes', ['Host: localhost']) +
        requestOf('POST /projects', ['Host: localhost', 'Content-Length: 9'], '{'),
    );
    await settled(2);
    expect(lines.map(told)).toEqual([
      ['GET', '/entries', 200, anyone],
      ['POST', '/projects', 499, anyone],
    ]);
  });
});

test('no secret is in the log, wherever a client puts it, and each request has one line of plain JSON', async () => {
  const secret = 'canary-5f3c9';
  const breaks = ['', '\r\nX-More: ', '\nX-More: ', '\u001b[31m', '\u2028', '"},{"', '\u0000', 'ſ'];
  const wrapped = fc
    .tuple(fc.constantFrom(...breaks), fc.constantFrom(...breaks))
    .map(([before, after]) => `${before}${secret}${after}`);
  const paths = fc.oneof(
    fc
      .constantFrom('/', '/projects', '/alerts', '/entries', '/docs', '/openapi.json', '/health/live')
      .chain((asked) => wrapped.map((text) => `${asked}?token=${text}&address=${text}`)),
    wrapped.map((text) => `/subscriptions/4711/confirm?token=${text}`),
    wrapped.map((text) => `/subscriptions/4711/unsubscribe?token=${text}`),
    wrapped.map((text) => `/${text}`),
    wrapped.map((text) => `/assets/${text}`),
    wrapped.map((text) => `/projects/mailto:${text}/journal`),
    wrapped.map((text) => `http://user:${text}@localhost/projects`),
  );
  const headers = fc.array(
    fc.tuple(
      fc.constantFrom(
        'Authorization',
        'Cookie',
        'X-Request-Id',
        'User-Agent',
        'Referer',
        'Idempotency-Key',
        'If-Match',
        'Accept-Language',
        'Origin',
        'Host',
        'Topout-By',
      ),
      wrapped,
    ),
    { maxLength: 4 },
  );
  const body = fc.oneof(
    fc.constant(''),
    wrapped,
    wrapped.map((text) => JSON.stringify({ url: `https://example.org/${text}`, name: { zh: text } })),
  );
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', secret);
  const stderr = jest.spyOn(process.stderr, 'write');
  let asked = 0;
  const before = written;
  await fc.assert(
    fc.asyncProperty(method, paths, headers, body, async (verb, target, sent, payload) => {
      lines.splice(0);
      const head = sent.map(
        ([name, value]) => `${name}: ${name === 'Topout-By' ? `li.wei@${value}` : value}`,
      );
      const bytes = Buffer.from(
        requestOf(
          `${verb} ${target}`,
          [
            'Host: localhost',
            'Connection: close',
            'Content-Type: application/json',
            ...head,
            `Content-Length: ${Buffer.byteLength(payload)}`,
          ],
          payload,
        ),
      );
      await sendRaw(port, bytes);
      asked += 1;
      for (let waited = 0; lines.length < 1 && waited < 5_000; waited += 1)
        await new Promise((resolve) => setTimeout(resolve, 1));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^[ -~]+$/);
      expect(lines[0]).not.toContain('canary');
      expect(JSON.parse(lines[0] ?? '').status).toBeGreaterThanOrEqual(200);
    }),
    { numRuns: 400 },
  );
  await settled(1);
  expect(written - before).toBe(asked);
  expect(stderr).not.toHaveBeenCalled();
  stderr.mockRestore();
}, 60_000);
