import { afterAll, beforeAll, describe } from '@jest/globals';
import { newPrefix, openCluster, servers } from '../support/event-store-cluster.js';
import { eventStoreContract } from '../support/event-store-contract.js';

describe.each(servers)('EventStoreDB, %s', (name, start) => {
  let server: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => server.stop());

  // A separate installation for each test: others' events are followed before anything is accepted.
  eventStoreContract(name, async () => openCluster(server.url, newPrefix()), { timeoutMs: 30_000 });
});
