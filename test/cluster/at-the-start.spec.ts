import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { type Certified, selfSigned } from '../support/certificate.js';
import { newPrefix } from '../support/event-store-cluster.js';
import { type Replica, type ReplicaOptions, startReplica } from '../support/replica.js';
import { takeDown, type Written } from '../support/written.js';
import { canary, expectNoCanary, keyOf, register, stalls, withAccount } from './entries.js';

jest.setTimeout(60_000);

let written: Written;
let folder: string;
let replicas: Replica[] = [];
const standIns: StandIn[] = [];
let prefix: string;

beforeEach(() => {
  written = takeDown();
  folder = mkdtempSync(join(tmpdir(), 'topout-states-'));
  prefix = newPrefix();
});
afterEach(async () => {
  for (const replica of replicas.splice(0)) {
    await replica.close().catch((error) => written.note(error));
    replica.remove();
  }
  for (const standIn of standIns.splice(0)) await standIn.kill();
  rmSync(folder, { recursive: true, force: true });
  written.end();
  expectNoCanary(written.text());
});

async function server(options: Parameters<typeof startStandIn>[0] = {}): Promise<StandIn> {
  const standIn = await startStandIn(options);
  standIns.push(standIn);
  return standIn;
}

async function start(url: string, options: Partial<ReplicaOptions> = {}): Promise<Replica> {
  const replica = await startReplica({ url, prefix, written, ...options });
  replicas.push(replica);
  return replica;
}

/** The certificate authority, in a file as an address names it. */
function trusting({ cert }: Certified): string {
  const path = join(folder, 'ca.crt');
  writeFileSync(path, cert);
  return `tls=true&tlsCAFile=${encodeURIComponent(path)}`;
}

const isReady = ({ isReady: is }: { isReady: boolean }) => is;

/** The reports: one sentence with this beginning, and one when it was up again. */
function expectTold({ told }: Replica, hosts: string, meaning: RegExp): void {
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(meaning);
  expect(told[1]).toMatch(new RegExp(`^The event store at ${hosts} is up again, after \\d+ s\\.$`));
}

describe('a store that is unreachable when the service starts', () => {
  test('leaves a service without views that says so, and recovers once the store is there', async () => {
    const standIn = await server();
    const hosts = `127.0.0.1:${standIn.port}`;
    await standIn.kill();
    const replica = await start(withAccount(standIn.url));
    const { ask, health } = replica;
    const unmade = await ask('GET', '/projects');
    expect([unmade.status, unmade.body.type]).toEqual([503, '/problems/views-unmade']);
    const refused = await ask('POST', '/projects', register, keyOf('first'));
    expect([refused.status, refused.body.type]).toEqual([503, '/problems/views-unmade']);
    const down = await health(({ store }) => store.state === 'unreachable');
    expect(down.status).toBe(503);
    expect(down.body.reasons).toContainEqual(expect.stringMatching(/^View directory: unmade, /));
    expect([(await ask('GET', '/health/live')).status, (await ask('GET', '/openapi.json')).status]).toEqual([
      200, 200,
    ]);

    await standIn.start();
    await health(isReady);
    expect((await ask('POST', '/projects', register, keyOf('first'))).status).toBe(201);
    expectTold(
      replica,
      hosts,
      new RegExp(`^The event store at ${hosts} cannot be reached \\(.+\\)\\. Nothing can be recorded; `),
    );
  });

  test('leaves the old views, which are served with their age', async () => {
    const standIn = await server();
    const first = await start(withAccount(standIn.url));
    const made = await first.ask('POST', '/projects', register);
    expect((await first.ask('GET', `/projects/huaao-2?after=${made.body.position}`)).status).toBe(200);
    await first.close();
    replicas = [];
    await standIn.kill();
    const again = await start(withAccount(standIn.url), { dataPath: first.dataPath });
    const read = await again.ask('GET', '/projects/huaao-2');
    expect([read.status, Number(read.headers['topout-view-age']) > 0]).toEqual([200, true]);
    const write = await again.ask('POST', '/projects/huaao-2/entries', stalls(1), keyOf('kept'));
    expect([write.status, write.body.type]).toEqual([503, '/problems/store-unavailable']);
    await standIn.start();
    await again.health(isReady);
    expect((await again.ask('POST', '/projects/huaao-2/entries', stalls(1), keyOf('kept'))).status).toBe(201);
    expect(again.told).toHaveLength(2);
  });
});

describe('a store with accounts', () => {
  const certified = selfSigned(['localhost']);
  const secured = (users: Record<string, string>) => server({ certified, users });
  const urlOf = ({ port }: StandIn) => `esdb://localhost:${port}?${trusting(certified)}`;

  test('with another password refuses this one, and the service continues once it is equal', async () => {
    const users = { topout: 'another' };
    const standIn = await secured(users);
    const replica = await start(withAccount(urlOf(standIn)));
    const down = await replica.health(({ store }) => store.state === 'denied');
    expect([down.status, down.body.reasons[0]]).toEqual([
      503,
      expect.stringMatching(/^The store is denied: .+\.$/),
    ]);
    users.topout = canary;
    await replica.health(isReady);
    expect((await replica.ask('POST', '/projects', register)).status).toBe(201);
    expectTold(replica, `localhost:${standIn.port}`, / refuses this account \(.+\)\. /);
  });

  test('that changes the password while the service runs accepts nothing more, and nothing is lost', async () => {
    const users = { topout: canary };
    const standIn = await secured(users);
    const replica = await start(withAccount(urlOf(standIn)));
    await replica.health(isReady);
    expect((await replica.ask('POST', '/projects', register)).status).toBe(201);
    users.topout = 'another';
    standIn.cut();
    await replica.health(({ store }) => store.state === 'denied');
    const write = await replica.ask('POST', '/projects/huaao-2/entries', stalls(1), keyOf('denied'));
    expect([write.status, write.body.type]).toEqual([503, '/problems/store-unavailable']);
    users.topout = canary;
    await replica.health(isReady);
    expect((await replica.ask('POST', '/projects/huaao-2/entries', stalls(1), keyOf('denied'))).status).toBe(
      201,
    );
    expect(replica.told.filter((sentence) => / refuses this account /.test(sentence))).toHaveLength(1);
  });

  test('refuses a service without an account', async () => {
    const standIn = await secured({ topout: canary });
    const replica = await start(urlOf(standIn));
    const down = await replica.health(({ store }) => store.state === 'denied');
    expect(down.status).toBe(503);
    expect(replica.told).toEqual([
      expect.stringMatching(/ refuses this account \(.+\)\. Nothing can be recorded; /),
    ]);
  });
});

describe('a certificate', () => {
  const own = selfSigned(['localhost']);
  const others = selfSigned(['localhost']);

  const mismatches: [
    what: string,
    shows: Certified | undefined,
    options: () => string,
    states: string[],
    after: Certified | undefined,
  ][] = [
    ['that another authority has signed is not trusted', others, () => trusting(own), ['untrusted'], own],
    [
      'that is for another host is not trusted',
      selfSigned(['elsewhere.example.org']),
      () => trusting(own),
      ['untrusted'],
      own,
    ],
    [
      'that is expected of a server without one is missed',
      undefined,
      () => trusting(own),
      ['unreachable'],
      own,
    ],
    [
      'that a server has is no help to who speaks without encryption',
      own,
      () => 'tls=false',
      ['unreachable'],
      undefined,
    ],
  ];
  test.each(mismatches)(
    '%s, which is reported once and recovers',
    async (_what, shows, options, states, after) => {
      const wrong = await server({ certified: shows });
      const { port } = wrong;
      const replica = await start(withAccount(`esdb://localhost:${port}?${options()}`));
      const down = await replica.health(({ store }) => states.includes(store.state));
      expect(down.status).toBe(503);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(replica.told).toHaveLength(1);
      written.note(down.text);
      await wrong.kill();
      await server({ port, certified: after });
      await replica.health(isReady);
      expect((await replica.ask('POST', '/projects', register)).status).toBe(201);
      expect(replica.told.at(-1)).toMatch(/ is up again, after \d+ s\.$/);
      expect(replica.told.length).toBeLessThanOrEqual(3);
    },
  );

  test('file that is missing is reported, and used once it is there', async () => {
    const standIn = await server({ certified: own });
    const path = join(folder, 'later.crt');
    const replica = await start(
      withAccount(`esdb://localhost:${standIn.port}?tls=true&tlsCAFile=${encodeURIComponent(path)}`),
    );
    const down = await replica.ask('GET', '/health/ready');
    expect(down.body.reasons[0]).toBe(
      'The store is unreachable: a certificate file that its address names is missing.',
    );
    writeFileSync(path, own.cert);
    await replica.health(isReady);
    expectTold(
      replica,
      `localhost:${standIn.port}`,
      / cannot be reached \(a certificate file that its address names is missing\)\. /,
    );
  });
});

test('the canaries of these checks are found', () => {
  const account = Buffer.from(`topout:${canary}`).toString('base64');
  for (const secret of [canary, encodeURIComponent(canary), account])
    expect(() => expectNoCanary(`a line with ${secret} in it`)).toThrow('was written');
  const log = takeDown();
  console.error(
    new Error('outer', {
      cause: Object.assign(new Error('inner'), { connectionString: withAccount('esdb://a') }),
    }),
  );
  log.end();
  expect(() => expectNoCanary(log.text())).toThrow('was written');
});
