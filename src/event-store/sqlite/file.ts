import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreCorrupt, StoreInUse, StoreRefused, StoreUnavailable } from '../errors.js';
import { requireAnchored, requireEnd } from './anchor.js';
import { codes, isDamage, sqliteCode } from './errors.js';
import { settleGeneration } from './generation.js';

/** "TOPO": the application id of a store file. */
const applicationId = 0x544f504f;

/** The version of the tables below; a file with a higher one was written by a newer version. */
const format = 1;

/** How long to wait for another process to release the file, in milliseconds. */
const patienceMs = 500;

/** The tables, by name; SQLite keeps each statement in the file as it was written. */
const tables: Record<string, string> = {
  meta: 'CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  streams: 'CREATE TABLE streams (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
  events: `CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    id BLOB NOT NULL,
    leaf BLOB NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (stream, rev),
    UNIQUE (id)
  ) STRICT`,
};

const layout = [
  ...Object.values(tables),
  ...['events', 'streams'].flatMap((table) => ['UPDATE', 'DELETE'].map((verb) => refusing(verb, table))),
].join(';\n');

/** Opens a connection; tests pass their own to inspect or break the store. */
export type Connect = (path: string) => DatabaseSync;

const connectPlainly: Connect = (path) => new DatabaseSync(path, { timeout: patienceMs });

/**
 * Opens the store file exclusively; creates it if there is none.
 *
 * `:memory:` for a store that ends with the process. A commit is on disk when it returns (`synchronous=FULL`).
 *
 * @throws StoreInUse another process holds it
 * @throws StoreRefused another application's file, a newer format, or no permission
 * @throws StoreCorrupt SQLite finds it damaged
 * @throws StoreUnavailable the disk reports an error
 */
export function openFile(path: string, newId: () => string, connect: Connect = connectPlainly): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') {
      mkdirSync(dirname(path), { recursive: true });
      // For its owner only; SQLite gives its other files the same mode.
      if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    }
    requireAnchored(path);
    database = connect(path);
    // First of all: from here on no other process can write, and there is no shared memory file.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    requireSafeVersion(firstValue(database, 'SELECT sqlite_version()') as string);
    const isNew = requireOurs(database, path);
    settle(database, path);
    if (isNew) {
      create(database, newId());
      // SQLite ignores a failed flush while switching to WAL, and drops the log of a file that is empty after a power
      // cut; this writes and flushes the file again, and reports a failure.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    }
    // Takes the lock and keeps it, even if nothing had to be written.
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    if (typeof installationOf(database) !== 'string')
      throw new StoreCorrupt(`${path}, which has no installation id`);
    requireEnd(database, path);
    settleGeneration(database, path, newId);
    // Left by the anchor check above; this connection keeps its WAL index in its own memory.
    rmSync(`${path}-shm`, { force: true });
    return database;
  } catch (error) {
    if (database?.isOpen) database.close();
    throw fileError(error, path);
  }
}

/**
 * Opens the store file for reading, while no other process has it; nothing is created or converted.
 *
 * @throws StoreInUse another process holds it
 * @throws StoreRefused it is missing, empty, or another application's
 * @throws StoreCorrupt SQLite finds it damaged
 */
export function openToRead(path: string): DatabaseSync {
  if (!existsSync(path)) throw new StoreRefused(path, 'there is no such file');
  let database: DatabaseSync | undefined;
  try {
    requireAnchored(path);
    database = connectPlainly(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    if (requireOurs(database, path)) throw new StoreRefused(path, 'it is empty');
    requireEnd(database, path);
    return database;
  } catch (error) {
    if (database?.isOpen) database.close();
    throw fileError(error, path);
  }
}

/** The UUID of a store, assigned at its creation. */
export function installationOf(database: DatabaseSync): string {
  return firstValue(database, "SELECT value FROM meta WHERE name = 'installation'") as string;
}

/** One value of the database: the first column of the first row. */
export function firstValue(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}

/** Refuses SQLite versions that can lose commits on a WAL restart (sqlite.org/wal.html#walresetbug). */
export function requireSafeVersion(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major * 1e6 + minor * 1e3 + patch >= 3_051_003) return;
  throw new StoreRefused(
    `SQLite ${version}`,
    'it can lose commits; 3.51.3 or newer is needed, which Node 24 includes',
  );
}

/** Returns whether the file is empty; refuses another application's file before modifying it. */
function requireOurs(database: DatabaseSync, path: string): boolean {
  const application = firstValue(database, 'PRAGMA application_id');
  const inFile = firstValue(database, 'SELECT count(*) FROM sqlite_schema');
  if (application === 0 && inFile === 0) return true;
  if (application !== applicationId) throw new StoreRefused(path, 'it belongs to another application');
  const found = firstValue(database, 'PRAGMA user_version') as number;
  if (found > format) {
    throw new StoreRefused(
      path,
      `it has format ${found} and this version knows ${format}; use a newer version`,
    );
  }
  requireTables(database, path);
  return false;
}

/** Refuses a table that is not as Topout makes it: a column under another name would be read as missing. */
function requireTables(database: DatabaseSync, path: string): void {
  const kept = database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?");
  for (const [name, statement] of Object.entries(tables)) {
    if (inOneLine(kept.get(name)?.sql) === inOneLine(statement)) continue;
    throw new StoreCorrupt(path, { cause: new Error(`the table "${name}" is not as Topout makes it`) });
  }
}

/** How the statement was set in lines does not count. */
function inOneLine(statement: unknown): string {
  return String(statement).replace(/\s+/g, ' ').trim();
}

function settle(database: DatabaseSync, path: string): void {
  const mode = firstValue(database, 'PRAGMA journal_mode = WAL');
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = ${64 * 1024 * 1024};
    PRAGMA wal_autocheckpoint = 0; -- the writer moves the log itself, between two groups
    PRAGMA cache_size = -32768;
    PRAGMA temp_store = MEMORY;
  `);
  // Some builds silently lower it when WAL is switched on, so the value is read back.
  const synchronous = firstValue(database, 'PRAGMA synchronous');
  const isDurable = synchronous === 2 && (mode === 'wal' || path === ':memory:');
  if (!isDurable) {
    throw new StoreRefused(
      path,
      `SQLite runs with journal ${mode} and synchronous ${synchronous}; expected wal and 2`,
    );
  }
}

/** Creates the tables of a store in an empty file. */
export function create(database: DatabaseSync, installation: string): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${format}; ${layout}`);
  const insert = database.prepare('INSERT INTO meta (name, value) VALUES (?, ?)');
  insert.run('format', String(format));
  insert.run('installation', installation);
  database.exec('COMMIT');
}

/** Translates an error of SQLite or the system into a store error with the file's path. */
export function fileError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === codes.busy || code === codes.locked) return new StoreInUse(path, { cause: error });
  if (code === codes.noDatabase) return new StoreRefused(path, 'it is not an SQLite file', { cause: error });
  if (isDamage(error)) return new StoreCorrupt(path, { cause: error });
  if (code === codes.inputOutput)
    return new StoreUnavailable(`the disk of ${path} reports an error: ${(error as Error).message}`, {
      cause: error,
    });
  const system = (error as NodeJS.ErrnoException).code;
  if (
    code === codes.readOnly ||
    code === codes.cannotOpen ||
    ['EACCES', 'EPERM', 'EROFS'].includes(system ?? '')
  ) {
    return new StoreRefused(path, 'this user may not write it or its folder', { cause: error });
  }
  if (system === 'ENOTDIR' || system === 'EEXIST') {
    return new StoreRefused(path, 'a part of its path is a file, not a folder', { cause: error });
  }
  return error;
}

function refusing(verb: string, table: string): string {
  return `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
    BEGIN SELECT raise(ABORT, 'what is recorded is never changed; append a correction'); END`;
}
