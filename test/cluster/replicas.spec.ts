import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { world } from '../../src/composition/world.js';
import { openCheckpoint } from '../../src/ledger/checkpoint.js';
import { readVerifierKey } from '../../src/ledger/vkey.js';
import { startStandIn } from '../stand-in/stand-in.js';
import { newPrefix, newServers } from '../support/event-store-cluster.js';
import { type Replica, type ReplicaOptions, startReplica } from '../support/replica.js';
import { takeDown, type Written } from '../support/written.js';
import { expectNoCanary, keyOf, register, stalls, untilTaken, withAccount } from './entries.js';

jest.setTimeout(60_000);

const names = ['north', 'south', 'east'];

describe.each(newServers)('replicas side by side, %s', (_name, startServer) => {
  let written: Written;
  let server: Awaited<ReturnType<typeof startServer>>;
  let prefix: string;
  let folder: string;
  let replicas: Replica[];
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    written = takeDown();
    server = await startServer();
    prefix = newPrefix();
    folder = mkdtempSync(join(tmpdir(), 'topout-replicas-'));
    replicas = [];
    stops = [];
  });
  afterEach(async () => {
    for (const replica of replicas) {
      await replica.close();
      replica.remove();
    }
    for (const stop of stops) await stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    written.end();
    expectNoCanary(written.text());
  });

  async function start(options: ReplicaOptions = {}): Promise<Replica> {
    const name = names[replicas.length % names.length] as string;
    const replica = await startReplica({
      url: withAccount(server.url),
      prefix,
      name,
      vaultPath: join(folder, 'vault.json'),
      // With quick timers an append has one second on a busy machine, after which its outcome is unknown.
      world,
      written,
      ...options,
    });
    replicas.push(replica);
    return replica;
  }

  async function startAll(count: number): Promise<[Replica, Replica, ...Replica[]]> {
    for (let number = 0; number < count; number += 1) await start();
    for (const replica of replicas) await replica.health(({ isReady }) => isReady);
    const first = replicas[0] as Replica;
    expect((await untilTaken(() => first.ask('POST', '/projects', register, keyOf('register')))).status).toBe(
      201,
    );
    return replicas as [Replica, Replica, ...Replica[]];
  }

  const entry = (replica: Replica, number: number, key = `entry ${number}`, headers = {}) =>
    replica.ask('POST', '/projects/huaao-2/entries', stalls(number), { ...keyOf(key), ...headers });

  test('an entry written on one is read on each, once its position is given', async () => {
    await startAll(3);
    for (let round = 0; round < 6; round += 1) {
      const writer = replicas[round % 3] as Replica;
      const { status, body } = await untilTaken(() => entry(writer, round + 1));
      expect(status).toBe(201);
      for (const reader of replicas) {
        const { items } = (
          await reader.ask('GET', `/projects/huaao-2/journal?after=${body.position}&order=newest`)
        ).body;
        expect([items[0].id, items.length]).toEqual([body.id, round + 2]);
      }
    }
  });

  test('at the same position each returns the same bytes', async () => {
    await startAll(3);
    for (let number = 1; number <= 6; number += 1) await entry(replicas[number % 3] as Replica, number);
    const head = await (replicas[0] as Replica).composed.store.head();
    const urls = [
      '/projects',
      '/projects/huaao-2',
      '/projects/huaao-2/journal?limit=3',
      '/projects/huaao-2/series',
      '/portfolio?groupBy=district',
      '/alerts',
      '/projects/huaao-2/changes?from=2018-06-02&to=2018-06-05',
    ];
    for (const url of urls) {
      const answers = await Promise.all(
        replicas.map((replica) => replica.ask('GET', `${url}${url.includes('?') ? '&' : '?'}after=${head}`)),
      );
      const [first] = answers;
      expect([url, first?.status]).toEqual([url, 200]);
      for (const { status, text } of answers) expect([url, status, text]).toEqual([url, 200, first?.text]);
    }
  });

  test('each signs an entry within ten seconds, and the same bytes for the same entries', async () => {
    for (const replica of await startAll(3)) await replica.composed.watch();
    const { body } = await untilTaken(() => entry(replicas[1] as Replica, 1));
    const began = performance.now();
    for (const replica of replicas) {
      for (;;) {
        const { status } = await replica.ask('GET', `/ledger/proof/${body.id}`);
        if (status === 200) break;
        expect(status).toBe(503);
        await pause(50);
      }
      expect(performance.now() - began).toBeLessThan(10_000);
    }
    const ask = (url: string) => Promise.all(replicas.map((replica) => replica.ask('GET', url)));
    const checkpoints = (await ask('/ledger/checkpoint')).map(({ text }) => text);
    const keys = (await ask('/ledger/keys')).map(({ text }) => text);
    const proofs = (await ask(`/ledger/proof/${body.id}?size=2`)).map(({ text }) => JSON.parse(text).root);
    expect([new Set(keys).size, new Set(proofs).size]).toEqual([1, 1]);
    const [{ vkey }] = JSON.parse(keys[0] ?? '').keys;
    const bySize = new Map<number, string>();
    for (const note of checkpoints) {
      const { checkpoint } = openCheckpoint(note, [readVerifierKey(vkey)]);
      expect(bySize.get(checkpoint.size) ?? note).toBe(note);
      bySize.set(checkpoint.size, note);
    }
  });

  test("a command is decided on the newest state, even if a replica's cache is behind", async () => {
    const [north, south] = await startAll(2);
    const revision = (answer: { body: { revision: number } }) => ({
      'if-match': `"${answer.body.revision}"`,
    });
    const first = await entry(north, 1);
    const second = await entry(south, 2, 'second', revision(first));
    expect([first.status, second.status]).toEqual([201, 201]);
    const third = await entry(north, 3, 'third', revision(second));
    expect(third.status).toBe(201);
    const stale = await entry(south, 4, 'stale', revision(second));
    expect([stale.status, stale.body.type, stale.body.currentRevision]).toEqual([
      412,
      '/problems/revision-stale',
      third.body.revision,
    ]);
    // Reported on one and withdrawn there, it is no longer known on the other, which has it in memory.
    const said = await entry(south, 5, 'said');
    const withdrawal = { asOf: '2018-06-20', reason: 'mistake' };
    const url = `/projects/huaao-2/entries/${said.body.id}/withdrawal`;
    const taken = await north.ask('POST', url, withdrawal, keyOf('withdrawal'));
    expect([taken.status, taken.text]).toEqual([201, taken.text]);
    const again = await entry(south, 5, 'repeated');
    expect([again.status, again.body.outcome]).toEqual([201, 'recorded']);
  });

  test('the same id sent to both simultaneously is recorded once, and both answer equally', async () => {
    const [north, south] = await startAll(2);
    for (let number = 1; number <= 8; number += 1) {
      const [one, other] = await Promise.all([north, south].map((at) => untilTaken(() => entry(at, number))));
      if (!one || !other) throw new Error('both answer');
      // A wrong answer is shown with its text.
      for (const { status, text } of [one, other])
        expect([number, Math.floor(status / 100), text]).toEqual([number, 2, text]);
      expect([one.body.id, one.body.position]).toEqual([other.body.id, other.body.position]);
    }
    const head = await north.composed.store.head();
    const { items } = (await south.ask('GET', `/projects/huaao-2/journal?after=${head}`)).body;
    expect([items.length, new Set(items.map(({ id }: { id: string }) => id)).size]).toEqual([9, 9]);
  });

  test('one with old views catches up, and reads what came meanwhile', async () => {
    const [north, south] = await startAll(2);
    await entry(south, 1);
    await south.close();
    replicas = [north];
    for (let number = 2; number <= 9; number += 1) await entry(north, number);
    const again = await start({ dataPath: south.dataPath, name: 'south' });
    await again.health(({ isReady }) => isReady);
    const head = await north.composed.store.head();
    const [theirs, ours] = [again, north].map((replica) =>
      replica.ask('GET', `/projects/huaao-2/journal?after=${head}`),
    );
    expect((await theirs)?.text).toBe((await ours)?.text);
  });

  test('one whose folder has followed another installation is refused with a sentence', async () => {
    const [north, south] = await startAll(2);
    await entry(south, 1);
    const head = await north.composed.store.head();
    await south.ask('GET', `/projects?after=${head}`);
    await south.close();
    replicas = [north];
    const elsewhere = await startStandIn();
    stops.push(() => elsewhere.kill());
    const other = await start({ url: withAccount(elsewhere.url), dataPath: south.dataPath, name: 'south' });
    const down = await other.health(({ store }) => store.state === 'refused');
    const sentence =
      / is not the one of this data folder \(the event store of installation [\w-]+ cannot be used: this data folder has followed installation [\w-]+; correct EVENT_STORE_URL or TOPOUT_STREAM_PREFIX, or choose another folder with TOPOUT_DATA\.?\)\. Nothing can be recorded; /;
    expect([down.status, other.told]).toEqual([503, [expect.stringMatching(sentence)]]);
    const write = await entry(other, 2);
    expect([write.status, write.body.type]).toEqual([503, '/problems/store-unavailable']);
    expect((await other.ask('GET', '/projects/huaao-2/journal')).body.items).toHaveLength(2);
  });
});
