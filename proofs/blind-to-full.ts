import { breakSqlite } from './broken-sqlite.js';

// A store that takes a commit for done whatever comes of it.
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
