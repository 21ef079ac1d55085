import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { newPrefix } from '../support/event-store-cluster.js';
import { eventsOf } from '../support/event-store-ports.js';
import { quickWorld } from '../support/quick-world.js';
import { type Replica, startReplica } from '../support/replica.js';
import { readStream, type StreamReader } from '../support/stream-reader.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { type Receiver, startReceiver } from '../support/webhook-receiver.js';
import { takeDown, type Written } from '../support/written.js';
import { expectNoCanary, keyOf, register, stalls, untilTaken, withAccount } from './entries.js';

jest.setTimeout(60_000);

/** The factor of the replicas' time. */
const times = 5;
/** Time limit for another replica to take over, in real milliseconds. */
const takeoverMs = 30_000 / times;

let written: Written;
let folder: string;
let server: StandIn;
let prefix: string;
let receiver: Receiver;
let notices: { id: string; events: string[] }[];
let readers: StreamReader[];
let replicas: { replica: Replica; way: TcpProxy; url: string }[];

beforeEach(async () => {
  written = takeDown();
  folder = mkdtempSync(join(tmpdir(), 'topout-turn-'));
  server = await startStandIn();
  prefix = newPrefix();
  notices = [];
  readers = [];
  replicas = [];
  receiver = await startReceiver('127.0.0.1', ({ headers, text }, response) => {
    const { challenge, data } = JSON.parse(text);
    if (data) {
      const events = data.items.map(({ event }: { event: string }) => event);
      notices.push({ id: String(headers['webhook-id']), events });
    }
    response.end(JSON.stringify(challenge === undefined ? {} : { challenge }));
  });
});
afterEach(async () => {
  for (const reader of readers) reader.close();
  for (const { replica, way } of replicas) {
    await way.setMode('pass');
    await replica.close();
    replica.remove();
    await way.close();
  }
  await receiver.close();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
  written.end();
  expectNoCanary(written.text());
});

/** Starts a replica with its own connection to the store, so that it alone can be cut off. */
async function start(name: string, keys = 'vault.json') {
  const way = await startTcpProxy(server.port);
  const replica = await startReplica({
    url: withAccount(`esdb://127.0.0.1:${way.port}?tls=false`),
    prefix,
    name,
    vaultPath: join(folder, keys),
    world: quickWorld(times),
    env: { TOPOUT_WEBHOOK_LOOPBACK: 'on' },
    written,
  });
  await replica.health(({ isReady }) => isReady);
  await replica.composed.watch();
  const started = { replica, way, url: await replica.listen() };
  replicas.push(started);
  return started;
}

/** The whole log; the lease is only in its own stream. */
const log = (): Promise<AnyRecordedEvent[]> => {
  const { store } = (replicas.at(-1) as { replica: Replica }).replica.composed;
  return eventsOf(store.readAll());
};
const raised = async () => (await log()).filter(({ type }) => type === 'AlertRaised');

/** The writers of the lease, in order. */
async function holders(): Promise<string[]> {
  const { store } = (replicas.at(-1) as { replica: Replica }).replica.composed;
  const turns = (await eventsOf(store.readStream('deliveries'))).map(
    ({ data }) => (data as { replica: string }).replica,
  );
  return turns.filter((name, index) => name !== turns[index - 1]);
}

async function until(what: string, isSo: () => boolean | Promise<boolean>, ms = 15_000): Promise<number> {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > ms) throw new Error(`not within ${ms / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return performance.now() - began;
}

async function project(replica: Replica, number: number): Promise<void> {
  const id = `project-${number}`;
  const registered = { ...register, project: id, name: { en: id } };
  const made = await untilTaken(() => replica.ask('POST', '/projects', registered, keyOf(id)));
  const url = `/projects/${id}/entries`;
  const stalled = await untilTaken(() => replica.ask('POST', url, stalls(1), keyOf(`${id} stalls`)));
  expect([made.status, stalled.status]).toEqual([201, 201]);
}

async function subscribe(replica: Replica): Promise<void> {
  const channel = { kind: 'webhook', url: `http://127.0.0.1:${receiver.port}/hook` };
  const added = await replica.ask('POST', '/subscriptions', {
    name: 'duty',
    channel,
    choice: { rules: ['declared-stall'] },
  });
  expect(added.status).toBe(201);
}

const stallAlerts = async () =>
  (await raised()).filter(({ data }) => (data as { rule?: string }).rule === 'declared-stall');

/** Each alert was raised once, and each notice delivered under one unique id. */
async function expectOnce(count: number): Promise<void> {
  await until(`${count} alerts`, async () => (await stallAlerts()).length === count);
  await until(`${count} told`, () => new Set(notices.flatMap(({ events }) => events)).size === count);
  const all = await raised();
  const keys = all.map(({ stream, data }) => JSON.stringify([stream, (data as { alert: string }).alert]));
  expect(new Set(keys).size).toBe(keys.length);
  const byEvent = new Map<string, Set<string>>();
  for (const { id, events } of notices)
    for (const event of events) byEvent.set(event, (byEvent.get(event) ?? new Set()).add(id));
  for (const ids of byEvent.values()) expect(ids.size).toBe(1);
}

test('of three replicas one evaluates and delivers, whichever of them gets an entry', async () => {
  const started = [await start('north'), await start('south'), await start('east')];
  await subscribe((started[1] as { replica: Replica }).replica);
  for (let number = 0; number < 6; number += 1)
    await project((started[number % 3] as { replica: Replica }).replica, number);
  await expectOnce(6);
  expect(await holders()).toEqual(['north']);
  const ids = notices.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('when the leader dies silently, another takes over within 30 s, and nothing is sent again', async () => {
  const north = await start('north');
  const south = await start('south');
  await subscribe(north.replica);
  await project(north.replica, 1);
  await expectOnce(1);
  const before = notices.length;

  await north.way.setMode('refuse');
  north.way.cut();
  await project(south.replica, 2);
  const tookMs = await until(
    'another has taken over',
    async () => (await holders()).at(-1) === 'south',
    takeoverMs + 1_000,
  );
  expect(tookMs).toBeLessThan(takeoverMs);
  await expectOnce(2);
  expect(notices.length).toBe(before + 1);

  // Back again, it sees that it is no longer the leader.
  await north.way.setMode('pass');
  await north.replica.health(({ isReady }) => isReady);
  await project(north.replica, 3);
  await expectOnce(3);
  expect(await holders()).toEqual(['north', 'south']);
});

test('a follower of alerts on one replica resumes at another and misses nothing, even if one is cut off', async () => {
  const north = await start('north');
  const south = await start('south');
  await project(north.replica, 0);
  await until('the first alert', async () => (await raised()).length > 0);
  const first = await readStream(`${north.url}/alerts/stream?after=0`);
  readers.push(first);
  await first.arrived(1);
  await north.way.setMode('refuse');
  north.way.cut();
  for (let number = 1; number <= 3; number += 1) await project(south.replica, number);
  await until('all alerts', async () => (await stallAlerts()).length === 4);
  const heard = first.events.map(({ id }) => id);
  const second = await readStream(`${south.url}/alerts/stream`, { 'last-event-id': String(first.lastId()) });
  readers.push(second);
  const expected = (await log())
    .filter(({ stream }) => stream.startsWith('alerts-'))
    .map(({ position }) => String(position));
  await second.arrived(expected.length - heard.length);
  expect([...heard, ...second.events.map(({ id }) => id)]).toEqual(expected);
});

test('a replica with its own keys delivers nothing, pauses nobody and reports why', async () => {
  const north = await start('north');
  await subscribe(north.replica);
  await project(north.replica, 1);
  await expectOnce(1);
  const why =
    'its keys open 0 of 1 subscription in force; TOPOUT_VAULT has to name the file of keys that all replicas share';
  const vaultPath = join(folder, 'own.json');
  // Without any key it does not start if the log can be read.
  const strange = startReplica({ url: withAccount(server.url), prefix, name: 'south', vaultPath });
  await expect(strange).rejects.toThrow(
    `There is no key file at ${vaultPath}, and this replica could neither deliver nor accept subscriptions: ${why}.`,
  );
  writeFileSync(vaultPath, '{"vault":1,"subscriptions":{}}', { mode: 0o600 });
  const south = await start('south', 'own.json');
  const seen = await south.replica.health(({ deliveries }) => deliveries?.leader === 'north');
  expect(seen.body).toMatchObject({
    isReady: true,
    deliveries: { leader: 'north', isHere: false, whyNot: why, takeoverSeconds: 22 },
    reasons: [`This replica delivers nothing: ${why}.`],
  });
  expect(written.text()).toContain(`this replica delivers nothing: ${why}.`);
  const { text } = await south.replica.ask('GET', '/metrics');
  expect(text).toContain('topout_deliveries_leader{replica="north",here="false"} 1');
  expect(text).toContain('topout_deliveries_takeover_seconds 22');
  expect(text).toContain('topout_deliveries_unfit 1');

  await north.way.setMode('refuse');
  north.way.cut();
  await project(south.replica, 2);
  const channel = { kind: 'webhook', url: `http://127.0.0.1:${receiver.port}/other` };
  const sealed = await south.replica.ask('POST', '/subscriptions', { name: 'other', channel });
  expect([sealed.status, sealed.body.type]).toEqual([409, '/problems/sealed-unreadable']);
  expect(sealed.body.detail ?? JSON.stringify(sealed.body)).toContain('a replica that cannot seal it');
  await south.replica.health(({ deliveries }) => deliveries?.leader === undefined);
  // Long enough for two takeovers.
  await new Promise((resolve) => setTimeout(resolve, 2 * takeoverMs));
  expect(await holders()).toEqual(['north']);
  const { items } = (await south.replica.ask('GET', '/subscriptions')).body;
  expect(items.map(({ name, status }: { name: string; status: string }) => [name, status])).toEqual([
    ['duty', 'active'],
  ]);

  await north.way.setMode('pass');
  await expectOnce(2);
  expect((await north.replica.health(({ deliveries }) => deliveries?.isHere === true)).body.reasons).toEqual(
    [],
  );
});
