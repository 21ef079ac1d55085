import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { openToAll } from '../support/open-mode.js';
import { requestOf, sendRaw } from './raw.js';
import { type Service, startService } from './service.js';

const known = 'topout.example.org';
const listed = 'site-office.example.org';

let service: Service;
let app: NestFastifyApplication;
let port: number;
let path: string;

beforeAll(async () => {
  path = mkdtempSync(join(tmpdir(), 'topout-door-'));
  for (const folder of ['assets', 'log']) mkdirSync(join(path, folder));
  writeFileSync(join(path, 'index.html'), '<title>Office</title>');
  writeFileSync(join(path, 'log', 'index.html'), '<title>Log</title>');
  writeFileSync(join(path, 'assets', 'office.js'), 'console.log(1);');
  service = await startService();
  await service.send('POST', '/projects', { project: 'huaao-2', name: { en: 'Huaao' }, asOf: '2018-01-01' });
  app = await createHttpApp(service.composed.topout, {
    ...openToAll,
    after: world.after,
    page: { path, newNonce: () => 'n' },
    hosts: [known, listed],
    publicUrl: `https://${known}`,
  });
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
}, 30_000);
afterAll(async () => {
  await app.close();
  await service.close();
  rmSync(path, { recursive: true });
});

const send = (line: string, headers: readonly string[], body?: string) =>
  sendRaw(port, requestOf(line, headers, body));
const fact = JSON.stringify({ type: 'NoChangeReported', asOf: '2018-06-30', period: '2018-06' });
const factHeaders = ['Content-Type: application/json', `Content-Length: ${fact.length}`];

/** One of each kind of URL. */
const addresses = [
  ['GET', '/'],
  ['GET', '/projects'],
  ['HEAD', '/projects'],
  ['POST', '/projects/huaao-2/entries'],
  ['GET', '/alerts/stream'],
  ['GET', '/openapi.json'],
  ['GET', '/docs'],
  ['GET', '/metrics'],
  ['GET', '/log/'],
  ['GET', '/assets/office.js'],
  ['GET', '/nothing-here'],
  ['OPTIONS', '/projects'],
];

describe('the host name of the service', () => {
  test.each(addresses)('%s %s is not answered under another host name', async (method, url) => {
    const head = await service.head();
    const answer = await send(
      `${method} ${url}`,
      ['Host: evil.example:3000', 'Connection: close', ...(method === 'POST' ? factHeaders : [])],
      method === 'POST' ? fact : '',
    );
    expect(answer.status).toBe(421);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    if (method !== 'HEAD') {
      expect(answer.problem.type).toBe('/problems/host-unknown');
      expect(answer.problem.errors?.[0]).toMatchObject({ member: 'Host', seen: '"evil.example:3000"' });
      expect(answer.problem.detail).toContain('TOPOUT_HOSTS');
    }
    expect(await service.head()).toBe(head);
  });

  test.each([
    'localhost',
    'LocalHost:3000',
    'localhost.:80',
    '127.0.0.1',
    '127.9.8.7:3000',
    '[::1]:3000',
    '[0:0:0:0:0:0:0:1]',
    known,
    `${known.toUpperCase()}:8443`,
    `${listed}:1`,
  ])('it answers as %s', async (host) => {
    expect((await send('GET /projects', [`Host: ${host}`])).status).toBe(200);
  });

  test.each([
    'localhost.evil.example',
    'evil.example:127',
    '127.0.0.1.evil.example',
    '128.0.0.1',
    '10.0.0.5:3000',
    '[::2]',
    '0.0.0.0',
    `x.${known}`,
    `${known}.evil.example`,
  ])('it does not answer as %s', async (host) => {
    expect((await send('GET /projects', [`Host: ${host}`, 'Connection: close'])).status).toBe(421);
  });

  test.each([
    ['two names', ['Host: localhost', 'Host: evil.example']],
    ['one name twice', ['Host: localhost', 'host: localhost']],
    ['an account before the name', ['Host: localhost@evil.example']],
    ['a path behind the name', ['Host: localhost/evil.example']],
    ['a blank in it', ['Host: localhost evil.example']],
    ['no port behind its colon that could be one', ['Host: localhost:99999']],
    ['no name', ['Host:']],
    ['no such header', []],
  ])('a request with %s is malformed', async (_, hosts) => {
    const answer = await send('GET /projects', [...hosts, 'Connection: close']);
    expect([answer.status, answer.problem.type]).toEqual([400, '/problems/host-invalid']);
  });

  test('a request of HTTP/1.0 without a host is not answered, because its target is unknown', async () => {
    expect((await sendRaw(port, 'GET /projects HTTP/1.0\r\n\r\n')).status).toBe(421);
    expect((await sendRaw(port, 'GET /health/live HTTP/1.0\r\n\r\n')).status).toBe(200);
    expect((await sendRaw(port, 'GET /projects HTTP/1.0\r\nHost: localhost\r\n\r\n')).status).toBe(200);
  });

  test('an absolute URL on the request line must name the service, equal to Host', async () => {
    const status = async (line: string, host: string) =>
      (await send(line, [`Host: ${host}`, 'Connection: close'])).status;
    expect(await status('GET http://localhost/projects', 'localhost')).toBe(200);
    expect(await status('GET HTTP://LOCALHOST:3000/projects?limit=1', 'localhost:3000')).toBe(200);
    expect(await status('GET http://evil.example/projects', 'evil.example')).toBe(421);
    expect(await status('GET http://evil.example/projects', 'localhost')).toBe(400);
    expect(await status('GET http://localhost/projects', 'evil.example')).toBe(400);
    expect(await status('GET http://me@localhost/projects', 'localhost')).toBe(400);
  });

  test('a monitor may query the health of the service under any name', async () => {
    for (const url of ['/health/live', '/health/ready'])
      expect((await send(`GET ${url}`, ['Host: 10.0.0.5:3000'])).status).toBe(200);
    expect((await send('GET /health/live', ['Host: a', 'Host: b', 'Connection: close'])).status).toBe(400);
    expect((await send('GET /health/none', ['Host: evil.example', 'Connection: close'])).status).toBe(421);
  });
});

describe("a request from another site's page", () => {
  const foreign = [
    ['another site', ['Sec-Fetch-Site: cross-site', 'Origin: https://evil.example']],
    ['another site that hides its origin', ['Sec-Fetch-Site: cross-site']],
    ['another address of the same site', ['Sec-Fetch-Site: same-site', 'Origin: http://localhost:8080']],
    ['another site, in a browser that says no more', ['Origin: https://evil.example']],
    ['a file or a sandbox', ['Origin: null']],
    ['another port of this machine', ['Origin: http://localhost:8080']],
    [
      'another site that claims two origins',
      ['Origin: http://localhost:3000', 'Origin: https://evil.example'],
    ],
    [
      'another site beside a claim to be the same',
      ['Sec-Fetch-Site: same-origin', 'Origin: https://evil.example'],
    ],
    ['nothing that is known', ['Sec-Fetch-Site: sideways']],
  ] as const;
  const writes = [
    ['POST', '/projects/huaao-2/entries'],
    ['POST', '/projects'],
    ['POST', '/entries'],
    ['PUT', '/rules'],
    ['PATCH', '/projects/huaao-2'],
    ['POST', '/rules/test'],
    ['POST', '/subscriptions/0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b/pause'],
    ['POST', '/subscriptions/0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b/secret'],
    ['DELETE', '/subscriptions/0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b'],
    ['POST', '/nothing-here'],
  ];

  test.each(foreign)('%s writes nothing', async (_, headers) => {
    const head = await service.head();
    for (const [method, url] of writes) {
      const answer = await send(`${method} ${url}`, [
        'Host: localhost:3000',
        'Connection: close',
        ...headers,
      ]);
      expect([method, url, answer.status, answer.problem.type]).toEqual([
        method,
        url,
        403,
        '/problems/origin-foreign',
      ]);
    }
    const answer = await send(
      'POST /projects/huaao-2/entries',
      ['Host: localhost:3000', ...headers, ...factHeaders],
      fact,
    );
    expect(answer.status).toBe(403);
    expect(await service.head()).toBe(head);
  });

  test.each([
    ['a program', ['Host: localhost:3000']],
    ['the page', ['Host: localhost:3000', 'Sec-Fetch-Site: same-origin', 'Origin: http://localhost:3000']],
    ['the page in an older browser', ['Host: localhost:3000', 'Origin: http://localhost:3000']],
    ['the page behind a proxy', [`Host: ${known}`, `Origin: https://${known}`]],
    [
      'the page behind a proxy that asks by another name',
      ['Host: 127.0.0.1:3000', `Origin: https://${known}`],
    ],
    ['the page under a listed name', ['Host: 127.0.0.1:3000', `Origin: https://${listed}`]],
    ['a person at the address bar', ['Host: localhost:3000', 'Sec-Fetch-Site: none']],
  ])('%s may write', async (_, headers) => {
    const answer = await send('POST /projects/huaao-2/entries', [...headers, ...factHeaders], fact);
    expect([200, 201]).toContain(answer.status);
  });

  test('one click in a mail program ends a subscription, from any origin', async () => {
    const url = '/subscriptions/0197a0b4-58b0-7d52-9d4f-3c2d1e0f9a8b/unsubscribe?token=none';
    const form = 'List-Unsubscribe=One-Click';
    const answer = await send(
      `POST ${url}`,
      [
        `Host: ${known}`,
        'Origin: https://mail.example',
        'Sec-Fetch-Site: cross-site',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${form.length}`,
      ],
      form,
    );
    // The token is invalid; the origin does not matter.
    expect(answer.problem.type).toBe('/problems/subscription-unknown');
  });

  test('reading is not refused, and no answer is visible to a page of another origin', async () => {
    const headers = ['Host: localhost:3000', 'Sec-Fetch-Site: cross-site', 'Origin: https://evil.example'];
    for (const line of ['GET /projects', 'HEAD /projects', 'OPTIONS /projects']) {
      const answer = await send(line, [
        ...headers,
        'Access-Control-Request-Method: POST',
        'Connection: close',
      ]);
      expect(answer.status).not.toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});
