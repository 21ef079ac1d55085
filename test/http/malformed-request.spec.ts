import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Service, startService } from './service.js';

let service: Service;
let port: string;

beforeAll(async () => {
  service = await startService();
  await service.app.listen(0, '127.0.0.1');
  port = new URL(await service.app.getUrl()).port;
}, 30_000);
afterAll(() => service.close());

test('a request during shutdown is answered on a connection in use', async () => {
  const stopping = await startService();
  await stopping.app.listen(0, '127.0.0.1');
  const socket = connect(Number(new URL(await stopping.app.getUrl()).port), '127.0.0.1').setEncoding('utf8');
  const asked = once(stopping.app.getHttpServer(), 'request');
  socket.write('GET /entries?after=0&wait=yes HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await asked;
  const closed = stopping.close();
  socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const answers = (await socket.toArray())
    .join('')
    .match(/HTTP\/1\.1 \d+|"type":"\/problems[^"]+"|"status":"live"/g);
  await closed;
  expect(answers).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', '"status":"live"']);
}, 10_000);

/** The answer to bytes on a separate connection, until it ends. */
async function answerTo(bytes: string): Promise<{ head: string; type: string; member: string }> {
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  socket.write(bytes);
  const [head = '', body = '{}'] = (await socket.toArray()).join('').split('\r\n\r\n');
  const { type, errors } = JSON.parse(body);
  expect(head).toContain('content-type: application/problem+json');
  return { head: head.split('\r\n')[0] ?? '', type, member: errors[0].member };
}

test('bytes that never become a request are answered as problems, too', async () => {
  expect(await answerTo(`GET /projects?${'x'.repeat(9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toEqual({
    head: 'HTTP/1.1 431 The headers are too large',
    type: '/problems/header-too-large',
    member: 'header',
  });
  expect(await answerTo('hello\r\n\r\n')).toEqual({
    head: 'HTTP/1.1 400 Not an HTTP request',
    type: '/problems/request-invalid',
    member: 'request',
  });
});

test('incomplete headers end their connection after 10 s, and others are answered', async () => {
  const begun = performance.now();
  const answer = answerTo('GET /projects HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  expect(await (await fetch(`http://127.0.0.1:${port}/health/live`)).json()).toEqual({ status: 'live' });
  expect((await answer).type).toBe('/problems/request-slow');
  // Node itself checks its connections every 30 s.
  expect(performance.now() - begun).toBeLessThan(20_000);
}, 40_000);
