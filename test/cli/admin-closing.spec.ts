import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { ClosedService, installation } from '../http/access/closed.js';
import { openToAll } from '../support/open-mode.js';
import { type Receiver, startReceiver } from '../support/webhook-receiver.js';
import { typed, typedIn } from './typed.js';

let top: string;
let data: string;
let vault: string;
let receiver: Receiver;
const given = process.env.TOPOUT_VAULT;

/** An open installation as it runs, on a free port. */
async function running(work: (url: string, composed: Composed) => Promise<void>): Promise<void> {
  const composed = await compose({
    ...readConfig({}),
    dataPath: data,
    vaultPath: vault,
    allowsLoopbackWebhooks: true,
  });
  const app = await createHttpApp(composed.topout, { ...openToAll, after: world.after });
  try {
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    await work(`http://127.0.0.1:${port}`, composed);
  } finally {
    await app.close();
    await composed.close();
  }
}

async function send(url: string, path: string, by: string, body: object): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'topout-by': by },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** What two people, an import and a subscriber left, before anybody could sign in. */
async function filled(url: string): Promise<void> {
  for (const project of ['quay', 'mill'])
    await send(url, '/projects', 'office', { project, name: { en: project }, asOf: '2018-01-01' });
  for (const project of ['quay', 'mill'])
    await send(url, `/projects/${project}/entries`, 'li-wei', {
      type: 'NoChangeReported',
      asOf: '2018-06-30',
      period: '2018-06',
    });
  await send(url, '/projects/quay/entries', 'nightly', {
    type: 'NoChangeReported',
    asOf: '2018-05-31',
    period: '2018-05',
    source: { kind: 'import', document: 'may.csv', line: 3 },
  });
  await send(url, '/subscriptions', 'duty officer', {
    name: 'Duty office',
    channel: { kind: 'webhook', url: `http://127.0.0.1:${receiver.port}/hook` },
  });
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-closing-'));
  data = join(top, 'data');
  vault = join(top, 'vault.json');
  process.env.TOPOUT_VAULT = vault;
  receiver = await startReceiver('127.0.0.1', ({ text }, response) => {
    response.end(JSON.stringify({ challenge: JSON.parse(text).challenge }));
  });
  await running(filled);
});
afterAll(async () => {
  await receiver.close();
  if (given === undefined) delete process.env.TOPOUT_VAULT;
  else process.env.TOPOUT_VAULT = given;
  rmSync(top, { recursive: true, force: true });
});

const expected = {
  isClosed: false,
  entries: 5,
  stated: [
    { by: 'li-wei', entries: 2, projects: 2, imported: 0 },
    { by: 'office', entries: 2, projects: 2, imported: 0 },
    { by: 'nightly', entries: 1, projects: 1, imported: 1 },
  ],
  subscriptions: [{ name: 'Duty office', status: 'active', by: 'duty officer', channel: 'webhook' }],
};

test('closing is described from the data folder of a stopped service, and the same by a running one', async () => {
  const stopped = await typed('admin', 'closing', '--data', data, '--json');
  expect([stopped.code, stopped.err]).toEqual([0, '']);
  expect(JSON.parse(stopped.out)).toMatchObject(expected);
  await running(async (url, { store }) => {
    const head = await store.head();
    const asked = await typed('admin', 'closing', '--data', data, '--url', url, '--json');
    expect([asked.code, asked.out]).toEqual([0, stopped.out]);
    expect(await store.head()).toBe(head);
  });
});

test('each thing that changes is named in both languages, with what to do about it', async () => {
  const { out } = await typed('admin', 'closing', '--data', data);
  for (const words of [
    '5 of 5 state the name',
    'li-wei',
    'Imports came from nightly.',
    'topout admin key',
    'Subscriptions: 1 go on',
    'duty officer',
    'nobody',
    'Streams of alerts',
    'topout admin enrol',
    '/metrics',
    'topout admin init',
  ])
    expect(out).toContain(words);
  const { out: chinese } = await typedIn('zh', 'admin', 'closing', '--data', data, '--lang', 'zh');
  for (const words of ['5 条中有 5 条', '导入来自：nightly', '订阅：1 个', '预警实时流', '手机', '监控'])
    expect(chinese).toContain(words);
});

test('a closed service that runs says what it needs, and shows each part to the key that reads it', async () => {
  const closed = await ClosedService.start();
  try {
    await closed.app.listen(0, '127.0.0.1');
    const { port } = closed.app.getHttpServer().address() as AddressInfo;
    const { dataPath } = closed.service;
    const auditor = await closed.person('Ou', ['auditor', installation]);
    const keyFile = (key: string) => {
      const path = join(top, 'key');
      writeFileSync(path, key, { mode: 0o600 });
      return path;
    };
    const asked = (language: 'en' | 'zh', ...more: string[]) => {
      const args = [
        'admin',
        'closing',
        '--data',
        dataPath,
        '--url',
        `http://127.0.0.1:${port}`,
        '--lang',
        language,
      ];
      return typed(...args, ...more);
    };
    const refused = await asked('en');
    expect([refused.code, refused.out]).toEqual([3, '']);
    for (const words of ['asks for a sign-in', 'stop it', '--key-file', 'auditor', 'administrator'])
      expect(refused.err).toContain(words);
    expect((await asked('zh')).err).toContain('已要求登录');

    const names = await asked('en', '--key-file', keyFile(auditor.key));
    expect(names.code).toBe(0);
    expect(names.out).toMatch(
      /^It asks for a sign-in already[\s\S]*Entries: 2 of 2 state[\s\S]*Subscriptions: an administrator/,
    );
    expect(names.out).not.toContain('Close it by');
    const owners = await asked('en', '--key-file', keyFile(closed.administrator));
    expect(owners.code).toBe(0);
    expect(owners.out).toMatch(/Entries: an auditor[\s\S]*Subscriptions: 0 go on/);
  } finally {
    await closed.close();
  }
});
