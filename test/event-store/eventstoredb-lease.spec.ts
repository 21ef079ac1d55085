import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { leadershipStream } from '../../domain/leadership/events.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import type { ClusterStore } from '../../src/event-store/eventstoredb/eventstoredb.js';
import { uuidOf } from '../support/dice.js';
import { newPrefix, openCluster, servers } from '../support/event-store-cluster.js';
import { eventsOf } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const taken = (number: number, prefix: string): NewEvent => ({
  type: 'DeliveriesTaken',
  data: { replica: 'replica-1', until: '2018-07-10T01:02:03.004Z' },
  entry: { asOf: '2018-07-10', precision: 'day', source: { kind: 'system' } },
  id: uuidOf(`${prefix} ${number}`),
  by: 'topout',
});

describe.each(servers)('the lease on a cluster, %s', (_name, start) => {
  let server: Awaited<ReturnType<typeof start>>;
  let prefix: string;
  let store: ClusterStore;

  beforeEach(async () => {
    server = await start();
    prefix = newPrefix();
    store = openCluster(server.url, prefix);
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  test('is appended at exact revisions, and is not part of the log', async () => {
    await store.append(leadershipStream, [taken(0, prefix)], 'no-stream');
    await store.append(leadershipStream, [taken(1, prefix)], 0);
    await expect(store.append(leadershipStream, [taken(2, prefix)], 0)).rejects.toThrow('is at revision 1');
    const said = await store.append('project-huaao-2', [measured(1, `${prefix} said`)], 'no-stream');
    expect(await eventsOf(store.readAll())).toEqual(said.events);
    expect(await store.head()).toBe(said.events[0]?.position);
    expect((await eventsOf(store.readStream(leadershipStream))).map(({ revision }) => revision)).toEqual([
      0, 1,
    ]);
  });

  test('keeps only its end on the cluster, which is read and continued', async () => {
    await store.append(leadershipStream, [taken(0, prefix)], 'no-stream');
    const client = EventStoreDBClient.connectionString(server.url);
    const name = prefix + leadershipStream;
    const until = performance.now() + 5_000;
    let settings = await client.getStreamMetadata(name);
    while (settings.metadata?.maxCount === undefined && performance.now() < until)
      settings = await client.getStreamMetadata(name);
    expect(settings.metadata?.maxCount).toBe(100);
    for (let number = 1; number <= 120; number++)
      await store.append(leadershipStream, [taken(number, prefix)], number - 1);
    const kept = (await eventsOf(store.readStream(leadershipStream))).map(({ revision }) => revision);
    expect([kept[0], kept.at(-1), kept.length]).toEqual([21, 120, 100]);
    expect(store.status().spoilt).toEqual([]);
    const reopened = openCluster(server.url, prefix);
    await reopened.append(leadershipStream, [taken(121, prefix)], 120);
    await reopened.close();
    await client.dispose();
  });
});
