import { afterAll } from '@jest/globals';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { eventStoreContract } from '../support/event-store-contract.js';
import { openMemoryStore, storePorts, temporaryFolder } from '../support/event-store-ports.js';

const folder = temporaryFolder();
let files = 0;

eventStoreContract('SQLite in memory', async () => openMemoryStore());
eventStoreContract('SQLite in a file', async () => {
  files += 1;
  return openSqliteStore(folder.file(`${files}.db`), storePorts());
});

afterAll(() => folder.remove());
