import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { districtTexts } from '../examples/district.js';
import { type Service, startService } from './service.js';

jest.setTimeout(120_000);

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts);
  await service.get('/projects');
});
afterAll(() => service.close());

const byPage = { 'sec-fetch-site': 'same-origin' };
const get = (url: string, headers: Record<string, string>) =>
  service.app.inject({ method: 'GET', url, headers });

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
] as const)(
  'a page that accepts %s gets a long answer as %s, with the same content',
  async (accepts, encoding, open) => {
    const plain = await get('/projects', {});
    const small = await get('/projects', { ...byPage, 'accept-encoding': accepts });
    expect(small.headers['content-encoding']).toBe(encoding);
    expect(small.headers.vary).toBe('accept-language, accept-encoding');
    expect(small.headers['content-length']).toBe(String(small.rawPayload.length));
    expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
    expect(open(small.rawPayload).toString()).toBe(plain.payload);
  },
);

test('a program, a short answer and a page that accepts none get answers as they are', async () => {
  for (const [url, headers] of [
    ['/projects', { 'accept-encoding': 'gzip, br' }],
    ['/health/live', { ...byPage, 'accept-encoding': 'gzip, br' }],
    ['/projects', { ...byPage, 'accept-encoding': 'identity' }],
    ['/projects', byPage],
  ] as const) {
    const answer = await get(url, headers);
    expect([url, answer.statusCode, answer.headers['content-encoding']]).toEqual([url, 200, undefined]);
    expect(() => JSON.parse(answer.payload)).not.toThrow();
  }
});
