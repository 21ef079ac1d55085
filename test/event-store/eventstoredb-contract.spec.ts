import { afterAll, beforeAll, describe } from '@jest/globals';
import { newPrefix, openCluster, servers } from '../support/event-store-cluster.js';
import { eventStoreContract } from '../support/event-store-contract.js';

describe.each(servers)('EventStoreDB, %s', (name, start) => {
  const prefix = newPrefix();
  let server: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => server.stop());

  eventStoreContract(name, async () => openCluster(server.url, prefix), { timeoutMs: 30_000 });
});
