import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleReader } from '../../src/ledger/bundle-lines.js';
import { openCheckpoint } from '../../src/ledger/checkpoint.js';
import { isIncluded } from '../../src/ledger/tree.js';
import { readVerifierKey } from '../../src/ledger/vkey.js';
import { type Service, startService } from './service.js';

/** What is promised of an entry, in milliseconds. */
const promisedMs = 2_000;

let service: Service;
let ids: string[];

beforeAll(async () => {
  service = await startService();
  const registered = await service.send('POST', '/projects', {
    project: 'quay',
    name: { en: 'Quay' },
    asOf: '2018-01-01',
  });
  ids = [String(registered.body.id)];
});
afterAll(() => service.close());

async function logged(item: string): Promise<string> {
  const entry = { type: 'MilestoneReached', asOf: '2018-06-30', item };
  const { status, body } = await service.send('POST', '/projects/quay/entries', entry);
  expect(status).toBe(201);
  return String(body.id);
}

/** The proof of an entry once a checkpoint covers it, and how long that took. */
async function proved(entry: string) {
  const began = performance.now();
  for (;;) {
    const answer = await service.get(`/ledger/proof/${entry}`);
    if (answer.status !== 503) return { answer, tookMs: performance.now() - began };
    expect(answer.body).toMatchObject({ type: '/problems/ledger-behind' });
    expect(answer.headers['retry-after']).toBe('2');
    await pause(50);
  }
}

test('an entry is in a signed checkpoint within two seconds, and its proof is valid', async () => {
  for (const item of ['roof', 'walls', 'floor']) ids.push(await logged(item));
  for (const entry of ids) {
    const { answer, tookMs } = await proved(entry);
    expect(tookMs).toBeLessThan(promisedMs);
    const { leaf, hashes, index, size, checkpoint } = answer.body as unknown as {
      leaf: string;
      hashes: string[];
      index: number;
      size: number;
      checkpoint: string;
    };
    const [leafBytes, ...proof] = [leaf, ...hashes].map((hash) => Buffer.from(hash, 'base64'));
    const { keys } = (await service.get('/ledger/keys')).body as unknown as { keys: { vkey: string }[] };
    const opened = openCheckpoint(
      checkpoint,
      keys.map(({ vkey }) => readVerifierKey(vkey)),
    );
    expect(opened.checkpoint.size).toBe(size);
    const { root } = opened.checkpoint;
    expect(isIncluded({ leaf: leafBytes ?? Buffer.of(), index, size, proof, root })).toBe(true);
  }
});

test('the checkpoint is a signed note in plain text, and tiles are bytes', async () => {
  const { text, headers, status } = await service.get('/ledger/checkpoint');
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(text).toMatch(/^topout\/[0-9a-f-]{36}\n4\n\S{44}\n\n— topout\/\S+ \S+\n$/);
  const tile = await service.app.inject({ method: 'GET', url: '/ledger/tile/0/000.p/4' });
  expect([tile.statusCode, tile.headers['content-type']]).toEqual([200, 'application/octet-stream']);
  expect(tile.rawPayload).toHaveLength(4 * 32);
  const { leaf } = (await service.get(`/ledger/proof/${ids[1]}`)).body as unknown as { leaf: string };
  expect(tile.rawPayload.subarray(32, 64).toString('base64')).toBe(leaf);
});

test('a bundle of a project holds its covered entries and is found good, and an altered one is not', async () => {
  await proved(ids.at(-1) ?? '');
  const { text, headers, status } = await service.get('/projects/quay/bundle');
  expect([status, headers['content-type']]).toEqual([200, 'text/vnd.topout.bundle; charset=utf-8']);
  expect(headers['content-disposition']).toBe('attachment; filename="quay.bundle"');
  expect(text).toContain(`\nstream project-quay\nentries ${ids.length}\n`);
  const verdictOf = (bundle: string) => {
    const reader = bundleReader();
    reader.take(Buffer.from(bundle));
    return reader.end().verdict;
  };
  expect(verdictOf(text)).toBe('ok');
  expect(verdictOf(text.replace('"walls"', '"walks"'))).toBe('content-changed');
  expect(verdictOf(text.slice(0, -20))).toBe('missing');
});

describe('a bad request', () => {
  test.each([
    ['/ledger/proof/roof', 400, '/problems/text-invalid'],
    ['/ledger/proof/019a4c1e-0000-7000-8000-0000000000c0', 404, '/problems/leaf-unknown'],
    ['/ledger/consistency', 400, '/problems/member-missing'],
    ['/ledger/consistency?from=0', 400, '/problems/text-invalid'],
    ['/ledger/consistency?from=3&to=2', 400, '/problems/ledger-size-invalid'],
    ['/ledger/consistency?from=1&to=999999', 400, '/problems/ledger-size-invalid'],
    ['/ledger/tile/0/000', 404, '/problems/tile-unknown'],
    ['/ledger/tile/..%2F..%2Fetc', 400, '/problems/url-invalid'],
    ['/ledger/tile/', 404, '/problems/tile-unknown'],
    ['/projects/no-such/bundle', 404, '/problems/project-not-found'],
  ])('GET %s answers %i', async (url, status, type) => {
    const answer = await service.get(url);
    expect([answer.status, answer.body.type]).toEqual([status, type]);
  });
});

describe('a cosignature', () => {
  const cosigned = async (change: (note: string) => string) =>
    service.send('POST', '/ledger/cosignatures', {
      checkpoint: change((await service.get('/ledger/checkpoint')).text),
    });

  test.each([
    ['of nobody', (note: string) => note, 403, '/problems/witness-unknown'],
    [
      'of somebody unknown',
      (note: string) => `${note}— w.example AAAAAAAA\n`,
      403,
      '/problems/witness-unknown',
    ],
    ['on another tree', (note: string) => note.replace(/^\d+$/m, '1'), 400, '/problems/checkpoint-invalid'],
    ['on no checkpoint', () => 'roof capped', 400, '/problems/checkpoint-invalid'],
    ['on nothing', () => '', 400, '/problems/text-invalid'],
    ['on too much', (note: string) => note.repeat(200), 400, '/problems/text-invalid'],
  ])('%s is refused', async (_, change, status, type) => {
    const answer = await cosigned(change);
    expect([answer.status, answer.body.type]).toEqual([status, type]);
  });

  test('has to be a text', async () => {
    const answer = await service.send('POST', '/ledger/cosignatures', { checkpoint: 7 });
    expect([answer.status, answer.body.type]).toEqual([400, '/problems/type-wrong']);
  });
});

test('a ledger that lags over a minute is a reason in the health, with its cause, until it has signed', async () => {
  const clock = { at: '2018-07-10T08:00:00.000Z' };
  const late = await startService(clock);
  const keys = join(late.dataPath, 'vault.json');
  const ready = async () => {
    const { status, body } = await late.get('/health/ready');
    return { status, reasons: (body.reasons ?? []) as string[] };
  };
  /** A minute later by the clock of the service, once its ledger has looked again. */
  const aMinuteLater = async () => {
    clock.at = new Date(Date.parse(clock.at) + 61_000).toISOString();
    await pause(300);
    return ready();
  };
  const register = (project: string) =>
    late.send('POST', '/projects', { project, name: { en: project }, asOf: '2018-01-01' });
  try {
    expect((await register('quay')).status).toBe(201);
    while ((await late.get('/ledger/checkpoint')).status !== 200) await aMinuteLater();
    expect(await aMinuteLater()).toEqual({ status: 200, reasons: [] });
    // A file of keys that others may read is not used.
    chmodSync(keys, 0o644);
    expect((await register('pier')).status).toBe(201);
    let found = await ready();
    for (let tries = 0; found.reasons.length === 0 && tries < 20; tries += 1) found = await aMinuteLater();
    const said =
      /^No checkpoint covers the latest entries for \d+ s: The key file \S+ has the mode 0644, so .*\.$/;
    expect(found).toEqual({ status: 200, reasons: [expect.stringMatching(said)] });
    chmodSync(keys, 0o600);
    for (let tries = 0; found.reasons.length > 0 && tries < 20; tries += 1) found = await aMinuteLater();
    expect(found).toEqual({ status: 200, reasons: [] });
  } finally {
    await late.close();
  }
});
