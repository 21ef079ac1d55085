import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type StandInCluster, startStandInCluster } from '../stand-in/cluster.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { newPrefix } from '../support/event-store-cluster.js';
import { type Replica, startReplica } from '../support/replica.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { takeDown, type Written } from '../support/written.js';
import { expectNoCanary, keyOf, register, stalls, untilTaken, withAccount } from './entries.js';

jest.setTimeout(60_000);

let written: Written;
let replica: Replica | undefined;
const stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  written = takeDown();
});
afterEach(async () => {
  await replica?.close().catch((error) => written.note(error));
  replica?.remove();
  replica = undefined;
  for (const stop of stops.splice(0).reverse()) await stop();
  written.end();
  expectNoCanary(written.text());
});

/** A way in which a store fails, and recovers. */
interface Outage {
  begin(): Promise<void> | void;
  heal(): Promise<void> | void;
  url: string;
  hosts: string;
  /** Appends are stored all the same. */
  takesAppends?: true;
}

type Way = Omit<Outage, 'url' | 'hosts'>;

const onStandIn = (outage: (standIn: StandIn) => Way) => async () => {
  const standIn = await startStandIn();
  stops.push(() => standIn.kill());
  return { ...outage(standIn), url: standIn.url, hosts: `127.0.0.1:${standIn.port}` };
};

const onTheWay = (outage: (proxy: TcpProxy) => Way) => async () => {
  const standIn = await startStandIn();
  const proxy = await startTcpProxy(standIn.port);
  stops.push(
    () => standIn.kill(),
    () => proxy.close(),
  );
  const hosts = `127.0.0.1:${proxy.port}`;
  return { ...outage(proxy), url: `esdb://${hosts}?tls=false`, hosts };
};

const onCluster = (outage: (cluster: StandInCluster) => Way) => async () => {
  const cluster = await startStandInCluster(3);
  stops.push(() => cluster.stop());
  return {
    ...outage(cluster),
    url: cluster.url,
    hosts: cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join(','),
  };
};

const outages: [what: string, start: () => Promise<Outage>, states: string[], means: RegExp][] = [
  [
    'is killed and started again',
    onStandIn((standIn) => ({ begin: () => standIn.kill(), heal: () => standIn.start() })),
    ['unreachable'],
    /cannot be reached \(.+\)/,
  ],
  [
    'is frozen',
    onStandIn((standIn) => ({ begin: () => standIn.freeze(), heal: () => standIn.thaw() })),
    ['silent'],
    /gives no answer \(.+ got no answer within \d+ s\)/,
  ],
  [
    'reads nothing more and ends nothing',
    onStandIn(({ faults }) => ({
      begin() {
        faults.isSilent = true;
      },
      heal() {
        faults.isSilent = false;
      },
      takesAppends: true,
    })),
    ['silent'],
    /gives no answer \(.+ got no answer within \d+ s\)/,
  ],
  [
    'is behind a black hole',
    onTheWay((proxy) => ({ begin: () => proxy.setMode('black-hole'), heal: () => proxy.setMode('pass') })),
    ['silent'],
    /gives no answer \(.+ got no answer within \d+ s\)/,
  ],
  [
    'is behind a way that resets every connection',
    onTheWay((proxy) => ({ begin: () => proxy.setMode('reset'), heal: () => proxy.setMode('pass') })),
    ['unreachable'],
    /cannot be reached \(.+\)/,
  ],
  [
    'has lost two of three nodes, and with them its leader',
    onCluster((cluster) => ({
      async begin() {
        await Promise.all([cluster.nodes[0], cluster.nodes[1]].map((node) => node?.kill()));
        await cluster.leaderResigns().catch(() => undefined);
      },
      async heal() {
        await cluster.nodes[0]?.start();
        await cluster.leaderResigns();
      },
    })),
    ['no-quorum'],
    /(has lost its quorum \(1 of 3 nodes is alive, and 2 are needed to elect a leader\)|has no leader \(.+\)|cannot be reached \(.+\))/,
  ],
];

describe('while a store', () => {
  test.each(outages)(
    '%s, its state is reported, nothing is lost or doubled, and everything recovers',
    async (_what, start, states, means) => {
      const outage = await start();
      replica = await startReplica({ url: withAccount(outage.url), prefix: newPrefix(), written });
      const { ask, health, told } = replica;
      expect((await untilTaken(() => ask('POST', '/projects', register))).status).toBe(201);
      const before = await ask('POST', '/projects/huaao-2/entries', stalls(1), keyOf('before'));
      expect((await ask('GET', `/projects/huaao-2?after=${before.body.position}`)).status).toBe(200);
      expect((await ask('GET', '/health/ready')).body).toMatchObject({ isReady: true, reasons: [] });

      await outage.begin();
      const early = ask('POST', '/projects/huaao-2/entries', stalls(2), keyOf('early'));
      const down = await health(({ store }) => states.includes(store.state));
      expect(down.status).toBe(503);
      expect(down.body.reasons[0]).toMatch(new RegExp(`^The store is ${down.body.store.state}: .+\\.$`));
      const late = await ask('POST', '/projects/huaao-2/entries', stalls(3), keyOf('late'));
      for (const [name, answer] of Object.entries({ early: await early, late })) {
        if (outage.takesAppends && answer.status === 201) continue;
        expect([name, answer.status]).toEqual([name, 503]);
        expect(['/problems/store-unavailable', '/problems/outcome-unknown']).toContain(answer.body.type);
        expect(answer.headers['retry-after']).toBe('5');
        if (answer.body.type === '/problems/outcome-unknown')
          expect(answer.body.ids).toEqual([keyOf(name)['idempotency-key']]);
      }
      const read = await ask('GET', '/projects/huaao-2');
      expect([read.status, Number(read.headers['topout-view-age']) > 0]).toEqual([200, true]);
      expect((await ask('GET', '/metrics')).text).toContain(
        `topout_store_up{state="${down.body.store.state}"} 0`,
      );

      await outage.heal();
      await health(({ isReady }) => isReady);
      const again = [];
      for (const [name, number] of [
        ['early', 2],
        ['late', 3],
        ['late', 3],
        ['before', 1],
      ] as const)
        again.push(await ask('POST', '/projects/huaao-2/entries', stalls(number), keyOf(name)));
      expect(again.map(({ status, body }) => [Math.floor(status / 100), body.id])).toEqual(
        ['early', 'late', 'late', 'before'].map((name) => [2, keyOf(name)['idempotency-key']]),
      );
      const last = Math.max(...again.map(({ body }) => body.position));
      const { items } = (await ask('GET', `/projects/huaao-2/journal?after=${last}`)).body;
      const ids = items.map(({ id }: { id: string }) => id);
      expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
      const fresh = await ask('GET', '/projects/huaao-2');
      expect([fresh.status, fresh.headers['topout-view-age']]).toEqual([200, undefined]);

      const back = `The event store at ${outage.hosts} is up again, after `;
      expect(told.at(-1)).toMatch(new RegExp(`^${back}\\d+ s\\.$`));
      // On the way to it a cluster may first be seen without a leader.
      expect(told.length).toBeLessThanOrEqual(states.length + (states.includes('no-quorum') ? 3 : 1));
      for (const sentence of told.slice(0, -1)) {
        expect(sentence).toMatch(means);
        expect(sentence).toMatch(
          /Nothing can be recorded; reads are answered from the views, with their age; Topout keeps trying\.$/,
        );
      }
      expect(written.text()).toContain(back);
    },
  );
});

const silences: typeof outages = outages.filter(([, , states]) => states.includes('silent'));

test.each(silences)(
  'entries for one project do not wait for each other while a store %s',
  async (_what, start) => {
    const outage = await start();
    replica = await startReplica({ url: withAccount(outage.url), prefix: newPrefix(), written });
    const { ask, health } = replica;
    expect((await untilTaken(() => ask('POST', '/projects', register))).status).toBe(201);
    await health(({ isReady }) => isReady);
    await outage.begin();
    // Before the silence can be detected, one waits for its answer, and the next ones for that.
    const begun = performance.now();
    const early = Array.from({ length: 12 }, (_, number) =>
      ask('POST', '/projects/huaao-2/entries', stalls(number + 1), keyOf(`early ${number}`)),
    );
    await health(({ store }) => store.state === 'silent');
    const late = Array.from({ length: 12 }, (_, number) =>
      ask('POST', '/projects/huaao-2/entries', stalls(number + 13), keyOf(`late ${number}`)),
    );
    const lateFrom = performance.now();
    for (const { status, body } of await Promise.all(late))
      expect([status, body.type]).toEqual([503, '/problems/store-unavailable']);
    const lateMs = performance.now() - lateFrom;
    const kinds = (await Promise.all(early)).map(({ status, body }) => `${status} ${body.type}`);
    const earlyMs = performance.now() - begun;
    if (!outage.takesAppends) expect(new Set(kinds).size).toBeLessThanOrEqual(2);
    // One append has 5 s, by clocks five times as fast here.
    expect([lateMs < 1_000, earlyMs < 5_000]).toEqual([true, true]);
    await outage.heal();
    await health(({ isReady }) => isReady);
    const again = await untilTaken(() =>
      ask('POST', '/projects/huaao-2/entries', stalls(13), keyOf('late 0')),
    );
    expect([200, 201]).toContain(again.status);
  },
);

test('a readable store whose appends time out leaves one open, refuses the others immediately, and accepts each once when it is sent again', async () => {
  const standIn = await startStandIn();
  stops.push(() => standIn.kill());
  replica = await startReplica({ url: withAccount(standIn.url), prefix: newPrefix(), written });
  const { ask } = replica;
  const log = (name: string, number: number) =>
    ask('POST', '/projects/huaao-2/entries', stalls(number), keyOf(name));
  expect((await untilTaken(() => ask('POST', '/projects', register))).status).toBe(201);
  standIn.faults.isDiskFull = true;
  const open = await log('first', 1);
  expect([open.status, open.body.type, open.body.ids]).toEqual([
    503,
    '/problems/outcome-unknown',
    [keyOf('first')['idempotency-key']],
  ]);
  const begun = performance.now();
  const refused = await Promise.all(Array.from({ length: 12 }, (_, at) => log(`refused ${at}`, at + 3)));
  expect(refused.map(({ status, body }) => [status, body.type])).toEqual(
    refused.map(() => [503, '/problems/store-unavailable']),
  );
  // Each would have 5 s, by a clock five times as fast here.
  expect(performance.now() - begun).toBeLessThan(1_000);
  // It is followed and read as before, so the service stays ready.
  const mute = await replica.health(({ store }) => store.notWriting !== undefined);
  expect(mute.body).toMatchObject({
    isReady: true,
    store: { state: 'up', notWriting: { why: expect.any(String) } },
    reasons: [expect.stringMatching(/^Nothing could be recorded since \d{4}-.+: .+\.$/)],
  });
  standIn.faults.isDiskFull = false;
  // The open one may have been stored since.
  let last = 0;
  for (const name of ['first', 'second']) {
    const number = name === 'first' ? 1 : 2;
    const stored = await untilTaken(() => log(name, number));
    const again = await log(name, number);
    expect([stored.status, again.body]).toEqual([201, stored.body]);
    last = Math.max(last, stored.body.position);
  }
  const { items } = (await ask('GET', `/projects/huaao-2/journal?after=${last}`)).body;
  expect(items).toHaveLength(3);
  expect((await ask('GET', '/health/ready')).body.reasons).toEqual([]);
  expect(replica.told).toEqual([
    expect.stringMatching(/ can be read, but accepts no entries \(.+\)\. Each new one is tried\.$/),
    expect.stringMatching(/ accepts entries again\.$/),
  ]);
});
