import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { openToAll } from '../support/open-mode.js';
import { type RawAnswer, requestOf, sendRaw } from './raw.js';
import { type Service, startService } from './service.js';

interface RouteAdded {
  method: string | string[];
  url: string;
}
interface Initialised {
  fastify: { addHook(name: 'onRoute', hook: (route: RouteAdded) => void): void };
}

/** Every route in the table of fastify. */
const routes: { method: string; url: string }[] = [];

let service: Service;
let app: NestFastifyApplication;
let port: number;
let path: string;

beforeAll(async () => {
  path = mkdtempSync(join(tmpdir(), 'topout-every-'));
  for (const folder of ['assets', 'log']) mkdirSync(join(path, folder));
  writeFileSync(join(path, 'index.html'), '<meta content="__NONCE__"><title>Office</title>');
  writeFileSync(join(path, 'log', 'index.html'), '<meta content="__NONCE__"><title>Log</title>');
  writeFileSync(join(path, 'verify.html'), '<title>Verify</title><script>1;</script>');
  writeFileSync(join(path, 'log', 'sw.js'), 'self.x = 1;');
  writeFileSync(join(path, 'assets', 'office.js'), 'console.log(1);');
  service = await startService();
  await service.send('POST', '/projects', { project: 'huaao-2', name: { en: 'Huaao' }, asOf: '2018-01-01' });
  const note = (message: unknown) =>
    (message as Initialised).fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url });
    });
  subscribe('fastify.initialization', note);
  app = await createHttpApp(service.composed.topout, {
    ...openToAll,
    after: world.after,
    page: { path, newNonce: () => 'n1' },
  });
  unsubscribe('fastify.initialization', note);
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
}, 30_000);
afterAll(async () => {
  await app.close();
  await service.close();
  rmSync(path, { recursive: true });
});

const send = (line: string, headers: readonly string[] = []) =>
  sendRaw(port, requestOf(line, ['Host: localhost', 'Connection: close', ...headers]), { headOnly: true });
const long = 'x'.repeat(300);
const html = 'Accept: text/html';

/** The security headers of every answer. */
function promised({ headers }: RawAnswer) {
  const policy = headers['content-security-policy'] ?? '';
  return {
    nothingByDefault: policy.includes("default-src 'none'"),
    frames: /frame-ancestors ([^;]+)/.exec(policy)?.[1],
    base: /base-uri ([^;]+)/.exec(policy)?.[1],
    scripts: /script-src[^;]*'unsafe|script-src[^;]*(\*|https?:)/.test(policy),
    type: headers['x-content-type-options'],
    referrer: headers['referrer-policy'],
    opener: headers['cross-origin-opener-policy'],
    resource: headers['cross-origin-resource-policy'],
    cached: headers['cache-control'] !== undefined,
  };
}
const everyPromise = {
  nothingByDefault: true,
  frames: "'none'",
  base: "'none'",
  scripts: false,
  type: 'nosniff',
  referrer: 'no-referrer',
  opener: 'same-origin',
  resource: 'same-origin',
  cached: true,
};

describe('security headers are in every answer', () => {
  test('of every route, with every method that it has', async () => {
    const parts: Record<string, string> = { project: 'huaao-2', version: '1', name: 'internal' };
    expect(routes.length).toBeGreaterThan(80);
    for (const { method, url } of routes) {
      const asked = url
        .replace(/:(\w+)/g, (_, name: string) => parts[name] ?? '0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b')
        .replace('*', 'office.js');
      const answer = await send(`${method} ${asked}`);
      expect({ route: `${method} ${asked}`, ...promised(answer) }).toEqual({
        route: `${method} ${asked}`,
        ...everyPromise,
      });
    }
  }, 60_000);

  test.each<[string, string, string[], number]>([
    ['the page', 'GET /', [html], 200],
    ['the log', 'GET /log/', [html], 200],
    ['the log by the name of its file', 'GET /log/index.html', [html], 200],
    ['a way to the log', 'GET /log', [html], 302],
    ['a file of the page', 'GET /assets/office.js', [], 200],
    ['a file that the browser has', 'GET /assets/office.js', ['If-None-Match: *'], 304],
    ['the page that checks a bundle', 'GET /verify.html', [html], 200],
    ['a worker', 'GET /log/sw.js', [], 200],
    ['the description of the API', 'GET /docs', [html], 200],
    ['the description of a route', 'GET /docs/log', [html], 200],
    ['the description of a route that is not there', 'GET /docs/nothing', [html], 404],
    ['the API document', 'GET /openapi.json', [], 200],
    ['a list', 'GET /projects', [], 200],
    ['the head of a list', 'HEAD /projects', [], 200],
    ['a stream', 'GET /alerts/stream', [], 200],
    ['nothing here', 'GET /nothing-here', [], 404],
    ['a method that is not there', 'DELETE /projects', [], 405],
    ['an address that cannot be decoded', 'GET /projects/%ff', [], 400],
    ['a part of an address that is too long', `GET /projects/${long}`, [], 400],
    ['an address that is too long', `GET /projects?${'x'.repeat(3_000)}`, [], 400],
    ['headers that are too large', 'GET /projects', [`X: ${'x'.repeat(9_000)}`], 431],
    ['a request that is none', 'hello', [], 400],
    ['a foreign name', 'GET /projects', ['Host: evil.example'], 400],
    ['an expectation that nobody meets', 'GET /projects', ['Expect: miracles'], 200],
    [
      'a body that is no JSON',
      'POST /projects',
      ['Content-Type: application/json', 'Content-Length: 1', '', '{'],
      400,
    ],
    [
      'a body of an unknown type',
      'POST /projects',
      ['Content-Type: text/plain', 'Content-Length: 1', '', '{'],
      415,
    ],
    [
      'a body above the limit',
      'POST /projects',
      ['Content-Type: application/json', 'Content-Length: 9000000'],
      413,
    ],
    ['a part of a file that is not there', 'GET /assets/office.js', ['Range: bytes=9999-'], 200],
    ['a file for those who have another one', 'GET /assets/office.js', ['If-Match: "x"'], 400],
  ])('%s', async (_, line, headers, status) => {
    const answer = await send(line, headers);
    expect([answer.status, promised(answer)]).toEqual([status, everyPromise]);
  });
});

describe('no spelling of a URL causes a server error', () => {
  const tricks = [
    '/assets/../x',
    '/assets/../../etc/passwd',
    '/assets/..',
    '/assets/.',
    '/assets/./office.js',
    '/assets/%2e%2e/x',
    '/assets/..%2fx',
    '/assets/%2e%2e%2fx',
    '/assets/..%5cx',
    '/assets/..\\x',
    '/assets/%5c',
    '/assets/%00',
    '/assets/x%00.js',
    '/assets//x',
    '/assets//office.js',
    '//assets/office.js',
    '/assets/%',
    '/assets/%zz',
    '/assets/%ff',
    '/assets/%c0%ae%c0%ae/x',
    '/assets/%0d%0ax',
    '/assets/%7f',
    '/assets/%e2%80%a8',
    `/assets/${'a'.repeat(300)}`,
    '/assets/office.js/',
    '/assets/office.js/x',
    '/log/../x',
    '/log/%00',
    '/log//x',
    '/log/%5c',
    '/log/..%2f..%2fx',
    '/log/%ff',
    '/log//',
    '/log/./',
    '/docs/../x',
    '/docs/%00',
    '/docs//x',
    '/docs/%5c',
    '/docs/..%2f..%2fpackage.json',
    '/docs/%2e%2e/package.json',
    '/docs/%ff',
    '/docs/log/%00',
    '/docs/log/..%5cx',
    '/docs//',
    '/docs/',
    '/docs/constructor',
    `/docs/${'a'.repeat(300)}`,
    '/projects/%00',
    '/projects//huaao-2',
    '/projects/huaao-2//journal',
    '/projects/..',
    '/projects/../metrics',
    '/projects/%2e%2e/metrics',
    '/projects/huaao-2/%5c',
    '/projects/%ff',
    '/projects/huaao-2/../huaao-2',
    '/problems/%00',
    '/problems/..%2fx',
    '//',
    '///',
    '/%00',
    '/%2e%2e/',
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '/alerts/%00',
    '/alerts/%e2%80%a8',
    '/subscriptions/%00/unsubscribe?token=x',
    '/health//live',
    '/openapi.json/..',
    '/metrics%00',
    '/.%2e/metrics',
  ];

  const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  beforeEach(() => void logged.mockClear());
  afterAll(() => logged.mockRestore());

  test.each(tricks)('%s', async (url) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const answer = await sendRaw(
        port,
        requestOf(`${method} ${url}`, ['Host: localhost', 'Connection: close', html]),
      );
      // Only those that resolve to a real URL, by the rules of URLs, are found.
      expect({
        method,
        url,
        status: [400, 404, 405].includes(answer.status) ? 'refused' : answer.status,
      }).toEqual({
        method,
        url,
        status: 'refused',
      });
      expect(answer.body).not.toMatch(/\bat .*:\d+|node_modules|Error:/);
      expect(promised(answer)).toEqual(everyPromise);
    }
    expect(logged.mock.calls).toEqual([]);
  });
});
