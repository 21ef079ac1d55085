import { breakSqlite } from './broken-sqlite.js';

// A store that answers before it commits: only every twentieth commit is executed.
const every = 20;
let commits = 0;
let isOpened = false;

breakSqlite({
  // The log cannot be measured within a transaction.
  said: (sql) => (sql.includes('wal_checkpoint') ? 'SELECT 0 AS log, 0 AS checkpointed' : sql),
  run(sql, carryOut, database) {
    // Creating the tables is unaffected.
    isOpened ||= sql.startsWith('BEGIN EXCLUSIVE');
    if (!isOpened) return carryOut();
    if (sql === 'BEGIN IMMEDIATE' && database.isTransaction) return undefined;
    if (sql !== 'COMMIT') return carryOut();
    commits += 1;
    return commits % every === 0 ? carryOut() : undefined;
  },
});
