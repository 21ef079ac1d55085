import { DatabaseSync, type StatementSync } from 'node:sqlite';

// `kill -9` of this process at the n-th statement on the views or rows; with PROVE_TORN each statement is its own transaction.
let left = Number(process.env.PROVE_KILL_AT || Number.POSITIVE_INFINITY);
const isTorn = process.env.PROVE_TORN === 'yes';
const { exec, prepare } = DatabaseSync.prototype;

const isOfViews = (database: DatabaseSync): boolean =>
  /(views\.db(\.next)?|lines\.db)$/.test(database.location() ?? '');

function count(): void {
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
}

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
  if (!isOfViews(this)) return exec.call(this, sql);
  const isLeftOut = isTorn && (sql === 'BEGIN' || (sql === 'COMMIT' && !this.isTransaction));
  if (!isLeftOut) exec.call(this, sql);
  count();
};

DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql): StatementSync {
  const statement = prepare.call(this, sql);
  if (!isOfViews(this)) return statement;
  const run = statement.run.bind(statement);
  statement.run = ((...values: Parameters<StatementSync['run']>) => {
    const result = run(...values);
    count();
    return result;
  }) as StatementSync['run'];
  return statement;
};
