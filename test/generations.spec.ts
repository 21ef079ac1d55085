import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Command } from '../domain/project/commands.js';
import { compose } from '../src/composition/compose.js';
import type { Composed } from '../src/composition/composed.js';
import { storePath } from '../src/composition/folder/data-paths.js';
import { readConfig } from '../src/composition/settings/config.js';
import { backupStore, restoreStore } from '../src/maintenance/data-folder.js';
import { acceptRollback } from '../src/maintenance/ledger.js';
import { register } from './app/facts.js';
import { temporaryFolder } from './support/event-store-ports.js';
import { type Receiver, startReceiver } from './support/webhook-receiver.js';

const by = 'inspector-7';
const entry = { asOf: '2018-07-10', precision: 'day', source: { kind: 'inspection' } } as const;

/** What a receiver got: every id of a body, and the severity of its alerts. */
interface Got {
  ids: string[];
  severities: string[];
}

let folder: ReturnType<typeof temporaryFolder>;
let receiver: Receiver;
let got: Got[];
let onGot: () => void;
beforeEach(async () => {
  folder = temporaryFolder();
  got = [];
  receiver = await startReceiver('127.0.0.1', ({ text, headers }, response) => {
    const { challenge, data } = JSON.parse(text) as {
      challenge?: string;
      data?: { notice: string; items: { alert: string; event: string; severity: string }[] };
    };
    response.end(challenge ?? '');
    if (!data) return;
    const ids = data.items.flatMap(({ alert, event }) => [alert, event]);
    got.push({
      ids: [String(headers['webhook-id']), data.notice, ...ids],
      severities: data.items.map(({ severity }) => severity),
    });
    onGot();
  });
});
afterEach(async () => {
  await receiver.close();
  folder.remove();
});

async function running<Result>(name: string, act: (composed: Composed) => Promise<Result>): Promise<Result> {
  const config = readConfig({
    TOPOUT_DATA: folder.file(name),
    TOPOUT_TODAY: '2018-07-10',
    TOPOUT_SETTLING_TIME: '0',
  });
  const vaultPath = folder.file('vault.json');
  const composed = await compose({ ...config, vaultPath, allowsLoopbackWebhooks: true });
  try {
    void composed.watch();
    return await act(composed);
  } finally {
    await composed.close();
  }
}

/** A project, and a webhook that receives its alerts. */
const begin = (name: string) =>
  running(name, async ({ topout }) => {
    await topout.execute('works', { ...register('Works'), entry }, { by });
    const channel = { kind: 'webhook', url: `http://127.0.0.1:${receiver.port}/` } as const;
    await topout.governance.subscribe(
      {
        name: 'office',
        channel,
        choice: {},
        timing: { kind: 'at-once' },
        language: 'en',
        timeZone: 'Asia/Shanghai',
      },
      { by },
    );
  });

/** Declares one stall by its id, and returns the webhook's notice of it. */
const stall = (name: string, blocks: 'works' | 'production') =>
  running(name, async ({ topout }) => {
    const told = new Promise<void>((resolve) => {
      onGot = resolve;
    });
    const data = { stall: 'gate', cause: 'financing', blocks: [blocks], from: '2018-07-10' } as const;
    const command: Command = { type: 'StallDeclared', entry, data: { ...data, blocks: [blocks] } };
    await topout.execute('works', command, { by });
    await told;
    return got.at(-1) as Got;
  });

/** Accepts that a store was set back, so that the service starts on it. */
async function accept(name: string): Promise<void> {
  process.env.TOPOUT_VAULT = folder.file('vault.json');
  try {
    await acceptRollback(folder.file(name));
  } finally {
    delete process.env.TOPOUT_VAULT;
  }
}

const nothing = () => undefined;

test('after a restore of an older backup no new notice reuses an id that was sent before', async () => {
  await begin('data');
  await backupStore(folder.file('data'), folder.file('older.db'), nothing);
  const before = await stall('data', 'works');
  expect(before.severities).toEqual(['red']);
  const sent = new Set(before.ids);
  for (const name of ['restored', 'restored-again']) {
    await restoreStore(folder.file('older.db'), folder.file(name), nothing);
    await accept(name);
    const after = await stall(name, 'production');
    expect(after.severities).toEqual(['yellow']);
    expect(after.ids.filter((id) => sent.has(id))).toEqual([]);
    for (const id of after.ids) sent.add(id);
  }
}, 30_000);

test('the same holds when the folder or the backup was copied back by hand', async () => {
  await begin('data');
  await backupStore(folder.file('data'), folder.file('older.db'), nothing);
  cpSync(folder.file('data'), folder.file('kept'), { recursive: true });
  const sent = new Set((await stall('data', 'works')).ids);
  rmSync(folder.file('data'), { recursive: true });
  cpSync(folder.file('kept'), folder.file('data'), { recursive: true });
  cpSync(folder.file('older.db'), storePath(join(folder.file('kept'))));
  rmSync(`${storePath(folder.file('kept'))}-anchor`);
  for (const name of ['data', 'kept']) {
    await accept(name);
    const { ids, severities } = await stall(name, 'production');
    expect(severities).toEqual(['yellow']);
    expect(ids.filter((id) => sent.has(id))).toEqual([]);
    for (const id of ids) sent.add(id);
  }
}, 30_000);

test('a store that was never reset keeps its generation, also after a restart', async () => {
  await begin('data');
  const generationOf = (name: string) => running(name, async ({ store }) => store.generation);
  expect([await generationOf('data'), await generationOf('data')]).toEqual([undefined, undefined]);
  await backupStore(folder.file('data'), folder.file('older.db'), nothing);
  await restoreStore(folder.file('older.db'), folder.file('restored'), nothing);
  await stall('restored', 'works');
  const generation = await generationOf('restored');
  expect(generation).toMatch(/^[0-9a-f-]{36}$/);
  expect(await generationOf('restored')).toBe(generation);
}, 30_000);
