import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { LiveFeed } from '../stand-in/feed.js';
import { Log } from '../stand-in/log.js';
import { type StandIn, startNode, startStandIn } from '../stand-in/stand-in.js';
import { type Replica, startReplica } from '../support/replica.js';
import { takeDown, type Written } from '../support/written.js';
import { expectNoCanary, keyOf, register, stalls, untilTaken, withAccount } from './entries.js';

jest.setTimeout(60_000);

let written: Written;
let replica: Replica;
let server: StandIn;

beforeEach(async () => {
  written = takeDown();
  server = await startStandIn();
  replica = await startReplica({ url: withAccount(server.url), written });
  await replica.ask('POST', '/projects', register, keyOf('register'));
});
afterEach(async () => {
  await replica.close();
  replica.remove();
  await server.kill();
  written.end();
  expectNoCanary(written.text());
});

const entry = (number: number) =>
  untilTaken(() =>
    replica.ask('POST', '/projects/huaao-2/entries', stalls(number), keyOf(`entry ${number}`)),
  );

/** Ids of the read entries, once complete. */
async function journal(): Promise<string[]> {
  const head = await replica.composed.store.head();
  const { items } = (await replica.ask('GET', `/projects/huaao-2/journal?after=${head}`)).body;
  return items.map(({ id }: { id: string }) => id);
}
const idsOf = (...numbers: number[]) => numbers.map((number) => keyOf(`entry ${number}`)['idempotency-key']);

/** The server on the same port with a prefix of its log, as after a restore. */
async function putBack(position: number): Promise<void> {
  const log = new Log(Date.now);
  for (const record of server.log.records)
    if (record.revision >= 0 && record.position <= position && record.stream !== '$$$scavenges')
      log.append(record.stream, 'any', [record]);
  expect(log.lastPosition).toBe(position);
  await server.kill();
  const { port } = server;
  const restored: StandIn = await startNode({ port }, log, new LiveFeed(log), (self) => ({
    role: () => 'leader',
    leader: () => self,
    members: () => [{ ...self, id: '0b3f1c1e-7a55-4d0e-9d5c-0a60a3a1e001', role: 'leader' }],
  }));
  server = restored;
}

test.each([
  ['runs', false],
  ['is stopped', true],
])('views are rebuilt when the log is reset while the replica %s', async (_when, isStopped) => {
  const positions: number[] = [];
  for (const number of [1, 2, 3, 4]) positions.push((await entry(number)).body.position);
  expect(await journal()).toEqual([keyOf('register')['idempotency-key'], ...idsOf(1, 2, 3, 4)]);
  expect(replica.composed.store.generation).toBeUndefined();
  if (isStopped) await replica.close();
  await putBack(positions[1] ?? 0);
  if (isStopped)
    replica = await startReplica({ url: withAccount(server.url), dataPath: replica.dataPath, written });
  await replica.health(
    ({ isReady, views }) => isReady && views.every(({ position }) => position === positions[1]),
  );
  expect(await journal()).toEqual([keyOf('register')['idempotency-key'], ...idsOf(1, 2)]);
  // New alerts and notices do not reuse ids that were sent before.
  expect(replica.composed.store.generation).toMatch(/^[0-9a-f-]{36}$/);
  // Lost entries that are sent again are recorded, and new ones too.
  expect([(await entry(5)).status, (await entry(4)).status, (await entry(2)).status]).toEqual([
    201, 201, 201,
  ]);
  expect(await journal()).toEqual([keyOf('register')['idempotency-key'], ...idsOf(1, 2, 5, 4)]);
});
