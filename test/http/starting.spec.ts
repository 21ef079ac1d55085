import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { serverLimits } from '../../src/http/server/server-limits.js';
import { Starting } from '../../src/http/server/starting.js';
import { requestOf, sendRaw } from './raw.js';

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer(serverLimits);
  new Starting(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => void server.close());

test.each([
  ['its health', requestOf('GET /health/ready', ['Host: 10.0.0.5', 'Connection: close']), 503],
  ['a list', requestOf('GET /projects', ['Host: localhost', 'Connection: close']), 503],
  [
    'an expectation',
    requestOf('GET /projects', ['Host: localhost', 'Connection: close', 'Expect: miracles']),
    503,
  ],
  ['what is no request', 'hello\r\n\r\n', 400],
  ['headers that are too large', requestOf('GET /', ['Host: localhost', `X: ${'x'.repeat(9_000)}`]), 431],
])('a starting service answers %s with all security headers', async (_, bytes, status) => {
  const answer = await sendRaw(port, bytes);
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
});
