import { breakSqlite } from './broken-sqlite.js';

// A store that treats every commit as successful.
breakSqlite({
  run(sql, carryOut, database) {
    if (sql !== 'COMMIT') return carryOut();
    try {
      return carryOut();
    } catch {
      if (database.isTransaction) database.exec('ROLLBACK');
      return undefined;
    }
  },
});
