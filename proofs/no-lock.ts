import { breakSqlite } from './broken-sqlite.js';

// A store that leaves its file to whoever comes.
breakSqlite({
  said: (sql) => sql.replace('locking_mode = EXCLUSIVE', 'locking_mode = NORMAL'),
});
