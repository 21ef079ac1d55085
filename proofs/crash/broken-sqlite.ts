import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Faults of SQLite on the event file; nothing else in the process notices. */
export interface Broken {
  /** Returns the text to execute instead. */
  said?(sql: string): string;
  /** Executes a statement prepared from this text. */
  run?(sql: string, run: () => unknown, database: DatabaseSync): unknown;
}

const { exec, prepare } = DatabaseSync.prototype;

/** Breaks SQLite under the store of this process, for a negative control. */
export function breakSqlite({ said = (sql) => sql, run = (_, carryOut) => carryOut() }: Broken): void {
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
    if (!isOfEvents(this)) return exec.call(this, sql);
    run(sql, () => exec.call(this, said(sql)), this);
  };
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql): StatementSync {
    const statement = prepare.call(this, isOfEvents(this) ? said(sql) : sql);
    if (!isOfEvents(this)) return statement;
    const carryOut: (...values: never[]) => unknown = statement.run.bind(statement);
    const broken = (...values: never[]) => run(sql, () => carryOut(...values), this);
    return Object.assign(statement, { run: broken });
  };
}

function isOfEvents(database: DatabaseSync): boolean {
  return database.location()?.endsWith('events.db') ?? false;
}
