import { afterAll, beforeAll, describe } from '@jest/globals';
import { newPrefix, openCluster, servers } from '../support/event-store-cluster.js';
import { eventStoreContract } from '../support/event-store-contract.js';

describe.each(servers)('EventStoreDB, %s', (name, start) => {
  let server: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => server.stop());

  // An installation of its own for each test: what others have written is followed before anything is taken.
  eventStoreContract(name, async () => openCluster(server.url, newPrefix()), { timeoutMs: 30_000 });
});
