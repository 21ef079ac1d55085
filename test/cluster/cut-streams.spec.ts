import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { newPrefix, newServers } from '../support/event-store-cluster.js';
import { quickWorld } from '../support/quick-world.js';
import { type Replica, startReplica } from '../support/replica.js';
import { takeDown, type Written } from '../support/written.js';
import { expectNoCanary, keyOf, register, stalls, untilTaken, withAccount } from './entries.js';

jest.setTimeout(60_000);

const stream = 'project-huaao-2';

describe.each(newServers)('on a cluster where a stream is truncated, %s', (_name, startServer) => {
  let written: Written;
  let server: Awaited<ReturnType<typeof startServer>>;
  let client: EventStoreDBClient;
  let replica: Replica;
  let prefix: string;

  beforeEach(async () => {
    written = takeDown();
    server = await startServer();
    client = EventStoreDBClient.connectionString(server.url);
    prefix = newPrefix();
    // A store that answers late on a busy machine is not silent.
    replica = await startReplica({ url: withAccount(server.url), prefix, written, world: quickWorld(2) });
    await replica.health(({ isReady }) => isReady);
    expect((await untilTaken(() => replica.ask('POST', '/projects', register))).status).toBe(201);
    await replica.ask('POST', '/projects', { ...register, project: 'tengjun', name: { en: 'Tengjun' } });
    for (const number of [1, 2, 3]) await entry(number);
    await read();
  });
  afterEach(async () => {
    await replica.close();
    replica.remove();
    await client.dispose();
    await server.stop();
    written.end();
    expectNoCanary(written.text());
  });

  const entry = (number: number, project = 'huaao-2') =>
    replica.ask('POST', `/projects/${project}/entries`, stalls(number), keyOf(`${project} ${number}`));
  const read = async (project = 'huaao-2') => {
    const head = await replica.composed.store.head();
    return replica.ask('GET', `/projects/${project}/journal?after=${head}`);
  };
  const spoilt = () => replica.health(({ isReady, store }) => isReady && store.spoilt !== undefined);
  const sound = () => replica.health(({ store }) => store.spoilt === undefined);

  /** Unaffected: other projects, reads, and readiness. */
  async function expectOthersUndisturbed(why: RegExp): Promise<void> {
    const health = await spoilt();
    expect([health.status, health.body.store.state]).toEqual([200, 'up']);
    expect(health.body.reasons).toEqual([expect.stringMatching(why)]);
    const refused = await entry(4);
    expect([refused.status, refused.body.type]).toEqual([503, '/problems/store-unavailable']);
    expect(refused.body.detail).toMatch(why.source.includes('deleted') ? /deleted/ : /truncates it/);
    expect((await entry(1, 'tengjun')).status).toBe(201);
    const journal = await read();
    expect([journal.status, journal.body.items.length]).toEqual([200, 4]);
    expect((await replica.ask('GET', '/metrics')).text).toContain('topout_spoilt_streams 1');
  }

  /** It accepts entries again (after one of the repairs, all for a truncation), the refused one once, and nothing is lost. */
  async function expectWholeAgain(orders = [[true, false]]): Promise<void> {
    await sound();
    const [taken, again] = [await entry(4), await entry(4)];
    expect([taken.status, again.body]).toEqual([201, taken.body]);
    expect((await read()).body.items).toHaveLength(5);
    const cut = expect.stringMatching(
      new RegExp(`^Stream ${stream} on the event store accepts no entries: .+\\.$`),
    );
    const whole = `Stream ${stream} on the event store accepts entries again.`;
    expect(orders.map((order) => order.map((isCut) => (isCut ? cut : whole)))).toContainEqual(replica.told);
  }

  test('by $maxCount, it accepts no entry until that is removed', async () => {
    await client.setStreamMetadata(prefix + stream, { maxCount: 2 });
    await expectOthersUndisturbed(
      /^Stream project-huaao-2 accepts no entries: its \$maxCount on the cluster truncates it;/,
    );
    await client.setStreamMetadata(prefix + stream, {});
    await expectWholeAgain();
  });

  test('by $maxCount and $maxAge together, both are named', async () => {
    await client.setStreamMetadata(prefix + stream, { maxCount: 2, maxAge: 3600 });
    await expectOthersUndisturbed(
      /accepts no entries: its \$maxCount and \$maxAge on the cluster truncates it;/,
    );
  });

  test('by a deletion, it accepts no entry until that is undone', async () => {
    await client.deleteStream(prefix + stream);
    await expectOthersUndisturbed(
      /accepts no entries: it was deleted on the cluster; remove \$tb from its metadata there/,
    );
    // The cluster turns the first one into a $tb at the stream's end; the second removes it.
    await client.setStreamMetadata(prefix + stream, {});
    await replica.health(({ store }) => store.spoilt?.[0]?.why.startsWith('its $tb on the cluster') === true);
    await client.setStreamMetadata(prefix + stream, {});
    // A server that reports its own change separately has the deletion undone in between.
    await expectWholeAgain([
      [true, true, false],
      [true, false, true, false],
    ]);
  });

  test('by a permanent deletion, it accepts no entry any more, and reads still work', async () => {
    await client.tombstoneStream(prefix + stream);
    await expectOthersUndisturbed(
      /accepts no entries: it was deleted permanently on the cluster; only a copy or a backup brings it back/,
    );
    expect(replica.told).toHaveLength(1);
  });

  test('while no replica runs, the next one reports it from its start', async () => {
    await replica.close();
    await client.setStreamMetadata(prefix + stream, { maxCount: 2 });
    replica = await startReplica({
      url: withAccount(server.url),
      prefix,
      dataPath: replica.dataPath,
      written,
    });
    await expectOthersUndisturbed(/its \$maxCount on the cluster truncates it;/);
    await client.setStreamMetadata(prefix + stream, {});
    await expectWholeAgain();
  });

  test('by a deletion while no replica runs, the project does not count as unknown', async () => {
    await replica.close();
    await client.deleteStream(prefix + stream);
    replica = await startReplica({
      url: withAccount(server.url),
      prefix,
      dataPath: replica.dataPath,
      written,
    });
    await replica.health(({ store }) => store.state === 'up' && store.spoilt !== undefined);
    const refused = await entry(4);
    expect([refused.status, refused.body.type]).toEqual([503, '/problems/store-unavailable']);
    expect((await replica.ask('GET', '/projects/huaao-2/journal')).body.items).toHaveLength(4);
  });

  test('a replica without views rebuilds them, because until a scavenge the whole log still has everything', async () => {
    await client.setStreamMetadata(prefix + stream, { maxCount: 2 });
    await spoilt();
    const fresh = await startReplica({ url: withAccount(server.url), prefix, written, name: 'south' });
    try {
      await fresh.health(({ isReady }) => isReady);
      const journal = await fresh.ask('GET', '/projects/huaao-2/journal');
      expect([journal.status, journal.body.items.length]).toEqual([200, 4]);
      expect(fresh.told).toEqual([expect.stringMatching(/its \$maxCount on the cluster truncates it;/)]);
    } finally {
      await fresh.close();
      fresh.remove();
    }
  });
});
