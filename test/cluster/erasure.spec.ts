import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { AccessRequest } from '../../src/app/access/access.js';
import { world } from '../../src/composition/world.js';
import { openClusterRaw } from '../../src/event-store/eventstoredb/raw.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { newPrefix } from '../support/event-store-cluster.js';
import { type Replica, startReplica } from '../support/replica.js';
import { withAccount } from './entries.js';

jest.setTimeout(60_000);

/** Within which an erasure on one replica holds on another, in milliseconds. */
const seenMs = 5_000;
const ofLi = /(note|reason|builder) of lixia/;

let server: StandIn;
let prefix: string;
let folder: string;
let replicas: Replica[];

beforeEach(async () => {
  server = await startStandIn();
  prefix = newPrefix();
  folder = mkdtempSync(join(tmpdir(), 'topout-erasure-'));
  replicas = [];
});
afterEach(async () => {
  for (const replica of replicas) {
    await replica.close();
    replica.remove();
  }
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const keys = (name: string) => join(folder, name);

async function start(name: string, vaultPath: string): Promise<Replica> {
  const replica = await startReplica({ url: withAccount(server.url), prefix, name, vaultPath, world });
  replicas.push(replica);
  await replica.health(({ isReady }) => isReady);
  return replica;
}

const untilLevel = async (of: Replica, with_: Replica) =>
  of.composed.views.waitFor(await with_.composed.store.head());

async function journal({ ask }: Replica, query = ''): Promise<string> {
  const { status, text } = await ask('GET', `/projects/quay/journal?limit=50${query}`);
  expect(status).toBe(200);
  return text;
}

/** The journal, once it says nothing of Li any more; else as it is after the promised time. */
async function journalWithoutLi(replica: Replica, query = '', ms = seenMs): Promise<string> {
  const end = performance.now() + ms;
  for (;;) {
    const text = await journal(replica, query);
    if (!ofLi.test(text) || performance.now() > end) return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Two replicas with these files of keys, and a project with an entry of Li Na on the first and of Wang Gong on the second. */
async function withEntries(northKeys: string, southKeys: string) {
  const north = await start('north', northKeys);
  const access = north.composed.topout.access;
  const { person: administrator, key } = await access.found({ name: 'Ann Li' });
  const principal = access.admit(key, { kinds: ['key'] });
  if (typeof principal === 'string') throw new Error(principal);
  const request: AccessRequest = { by: administrator, verification: 'signed-in', commander: principal };
  const li = (await access.addPerson({ name: 'Li Na' }, request)).person;
  const wang = (await access.addPerson({ name: 'Wang Gong' }, request)).person;
  const named = { name: { en: 'Quay' }, project: 'quay', asOf: '2018-01-01' };
  expect((await north.ask('POST', '/projects', named)).status).toBe(201);
  // Who signs in is known to the replica; so these have to be.
  await untilLevel(north, north);
  await log(north, li, 'lixia');
  if (northKeys !== southKeys) copyFileSync(northKeys, southKeys);
  const south = await start('south', southKeys);
  await untilLevel(south, north);
  return { north, south, li, wang, request };
}

async function log({ composed }: Replica, by: string, text: string): Promise<void> {
  await composed.topout.execute(
    'quay',
    {
      type: 'ForecastGiven',
      entry: {
        asOf: '2018-07-09',
        precision: 'day',
        source: { kind: 'inspection', note: `note of ${text}` },
        onBehalfOf: `builder of ${text}`,
      },
      data: { target: 'completion', latest: '2018-12-31', reason: { en: `reason of ${text}` } },
    },
    { by, verification: 'signed-in' },
  );
}

test('a text sealed on one replica is read on another, and an erasure on one holds on both', async () => {
  const { north, south, li, wang, request } = await withEntries(keys('vault.json'), keys('vault.json'));
  await log(south, wang, 'wangde');
  await untilLevel(north, south);
  for (const replica of [north, south]) {
    const text = await journal(replica);
    for (const who of ['lixia', 'wangde'])
      for (const what of ['note', 'reason', 'builder']) expect(text).toContain(`${what} of ${who}`);
  }
  const before = await north.composed.store.head();
  await south.composed.topout.access.erasePerson(li, request);
  expect(await journal(south)).not.toMatch(ofLi);
  for (const replica of [north, south])
    for (const query of ['', `&knownAt=${before}`]) {
      const text = await journalWithoutLi(replica, query);
      expect(text).not.toMatch(ofLi);
      for (const one of ['[erased]', '[已删除]', 'note of wangde', 'reason of wangde', 'builder of wangde'])
        expect(text).toContain(one);
    }
});

test('a replica with its own copy of the keys destroys its copy too, and no file keeps a text', async () => {
  const { north, south, li, request } = await withEntries(keys('north.json'), keys('south.json'));
  expect(await journal(south)).toMatch(ofLi);
  const holder = `"holder":"${li}/texts","key":"`;
  for (const name of ['north.json', 'south.json'])
    expect(readFileSync(keys(name), 'utf8')).toMatch(new RegExp(`${holder}[^-]`));
  await north.composed.topout.access.erasePerson(li, request);
  const text = await journalWithoutLi(south);
  expect(text).not.toMatch(ofLi);
  expect(text).toContain('[erased]');
  await north.close();
  await south.close();
  replicas = [];
  for (const name of ['north.json', 'south.json'])
    expect(readFileSync(keys(name), 'utf8')).not.toMatch(new RegExp(`${holder}[^-]`));
  for (const { dataPath, remove } of [north, south]) {
    for (const name of readdirSync(dataPath)) {
      const file = readFileSync(join(dataPath, name), 'latin1');
      expect([name, ofLi.test(file)]).toEqual([name, false]);
    }
    remove();
  }
});

test('a key that cannot be destroyed at first leaves no text in the views once it is', async () => {
  const { north, south, li, request } = await withEntries(keys('north.json'), keys('south.json'));
  // A file that others may read is refused, so that the key stays.
  chmodSync(keys('south.json'), 0o644);
  await north.composed.topout.access.erasePerson(li, request);
  await untilLevel(south, north);
  await new Promise((resolve) => setTimeout(resolve, 500));
  chmodSync(keys('south.json'), 0o600);
  expect(await journalWithoutLi(south, '', 20_000)).not.toMatch(ofLi);
  await south.close();
  replicas = [north];
  for (const name of readdirSync(south.dataPath)) {
    const file = readFileSync(join(south.dataPath, name), 'latin1');
    expect([name, ofLi.test(file)]).toEqual([name, false]);
  }
  south.remove();
});

test('what somebody writes whom the replica does not know yet is sealed too, and nothing of the erased is', async () => {
  const { north, li, request } = await withEntries(keys('vault.json'), keys('vault.json'));
  await log(north, world.newId(), 'a newcomer');
  await north.composed.views.waitFor(await north.composed.store.head());
  expect(await journal(north)).toContain('note of a newcomer');
  const place = { url: withAccount(server.url), prefix, name: 'cluster' };
  const raw = await openClusterRaw(place, world);
  let stored = '';
  for await (const page of raw.pages()) stored += page.map(({ body }) => body).join('\n');
  await raw.close();
  expect(stored).toContain('ForecastGiven');
  expect(stored).not.toMatch(/newcomer|lixia/);
  await north.composed.topout.access.erasePerson(li, request);
  await expect(log(north, li, 'lixia afterwards')).rejects.toMatchObject({ reason: 'not-permitted' });
});
