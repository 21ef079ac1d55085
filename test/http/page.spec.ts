import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { openToAll } from '../support/open-mode.js';
import { type Service, startService } from './service.js';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const verifier = '<style>p{}</style><script id="verifier">\n1;\n</script><script>2;</script>';
const script = 'console.log(1);\n'.repeat(100);

let service: Service;
let app: NestFastifyApplication;
let unbuilt: NestFastifyApplication;
let path: string;
let nonces = 0;

beforeAll(async () => {
  path = mkdtempSync(join(tmpdir(), 'topout-built-'));
  for (const folder of ['assets', 'log']) mkdirSync(join(path, folder));
  writeFileSync(
    join(path, 'index.html'),
    '<meta name="style-nonce" content="__NONCE__"><title>Office</title>',
  );
  writeFileSync(join(path, 'log', 'index.html'), '<title>Log</title>');
  writeFileSync(join(path, 'verify.html'), verifier);
  writeFileSync(join(path, 'log', 'sw.js'), script);
  writeFileSync(join(path, 'assets', 'office-1a2b.js'), script);
  writeFileSync(join(path, 'assets', 'office-1a2b.js.br'), brotliCompressSync(script));
  service = await startService();
  const newNonce = () => `n${++nonces}`;
  const { topout } = service.composed;
  app = await createHttpApp(topout, { ...openToAll, after: world.after, page: { path, newNonce } });
  unbuilt = await createHttpApp(topout, {
    ...openToAll,
    after: world.after,
    page: { path: join(path, 'none'), newNonce },
  });
});
afterAll(async () => {
  await app.close();
  await unbuilt.close();
  await service.close();
  rmSync(path, { recursive: true });
});

const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

test('a browser gets the page at the root, and a program the index of the API', async () => {
  expect((await get('/', html)).payload).toContain('<title>Office</title>');
  expect((await get('/?x=1', html)).payload).toContain('<title>Office</title>');
  for (const headers of [{}, { accept: 'application/json' }, { accept: '*/*' }])
    expect((await get('/', headers)).json().name).toBe('Topout');
});

test('the page that checks a bundle runs only its own scripts and connects to nothing', async () => {
  const { statusCode, payload, headers } = await get('/verify.html');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect([statusCode, payload]).toEqual([200, verifier]);
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; script-src ${hash('\n1;\n')} ${hash('2;')}; style-src ${hash('p{}')}; connect-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
  );
});

test('the routes of the API answer browsers and programs equally', async () => {
  expect((await get('/projects', html)).json().items).toEqual([]);
});

test('the page allows no inline script and nothing of another host, and each answer has its own nonce', async () => {
  const [first, second] = [await get('/', html), await get('/', html)];
  const policy = String(first.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('unsafe');
  const [, nonce] = /'nonce-(\w+)'/.exec(policy) ?? [];
  expect(first.payload).toContain(`content="${nonce}"`);
  expect(second.headers['content-security-policy']).not.toBe(policy);
  expect(first.headers['cache-control']).toBe('no-cache');
  expect(first.headers['x-content-type-options']).toBe('nosniff');
});

test('files with a hash in the name are cached forever, and compressed for clients that accept it', async () => {
  const plain = await get('/assets/office-1a2b.js');
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(plain.headers['content-type']).toMatch(/javascript/);
  expect(plain.payload).toBe(script);
  const small = await get('/assets/office-1a2b.js', { 'accept-encoding': 'gzip, br' });
  expect(small.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(small.rawPayload).toString()).toBe(script);
});

test('an entry point in its own folder is served there, and its worker is never cached', async () => {
  expect((await get('/log')).headers.location).toBe('/log/');
  expect((await get('/log/', html)).payload).toBe('<title>Log</title>');
  expect((await get('/log/sw.js')).headers['cache-control']).toBe('no-cache');
});

test('a missing file is a problem in words', async () => {
  for (const url of ['/assets/none.js', '/log/none.js', '/assets/../index.html', '/assets/']) {
    const answer = await get(url);
    expect([url, answer.statusCode]).toEqual([url, 404]);
    expect(answer.json().type).toBe('/problems/route-unknown');
  }
});

test('where the page is not built a browser gets instructions to build it, and the API answers', async () => {
  const answer = await unbuilt.inject({ method: 'GET', url: '/', headers: html });
  expect(answer.statusCode).toBe(503);
  expect(answer.payload).toContain('npm run build');
  expect((await unbuilt.inject({ method: 'GET', url: '/projects' })).statusCode).toBe(200);
});
