import { breakSqlite } from './broken-sqlite.js';

// A store that treats a failed flush as a full disk, after which it continues to write.
const inputOutput = 10;
const full = 13;

breakSqlite({
  run(sql, carryOut) {
    try {
      return carryOut();
    } catch (error) {
      const code = Number((error as { errcode?: number }).errcode) & 0xff;
      if (sql !== 'COMMIT' || code !== inputOutput) throw error;
      throw Object.assign(new Error('database or disk is full'), { errcode: full });
    }
  },
});
