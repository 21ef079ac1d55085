import { breakSqlite } from '../crash/broken-sqlite.js';

// A store that does not lock its file.
breakSqlite({
  said: (sql) => sql.replace('locking_mode = EXCLUSIVE', 'locking_mode = NORMAL'),
});
