import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreCorrupt, StoreFull, StoreRefused } from '../errors.js';
import { removeAnchor } from './anchor.js';
import { codes, sqliteCode } from './errors.js';
import { create, fileError, firstValue, installationOf, openToRead } from './file.js';
import type { SqliteStore } from './sqlite.js';
import { type Turns, type Verification, verifyEvents, verifySqliteFile } from './verify.js';

/** Events copied per page, in some 2 ms; between pages the store continues to write. */
const pageRows = 100;

type Row = [seq: number, stream: number, rev: number, id: Uint8Array, leaf: Uint8Array, body: Uint8Array];

/**
 * Copies a store, running or not, into one new file, verifies it, and returns the result.
 *
 * The copy is a consistent prefix of the log. The target appears only when it is complete and flushed; an existing one
 * is refused.
 *
 * @throws StoreRefused the target exists, or may not be written
 * @throws StoreInUse the store was given by its path and another process holds it
 * @throws StoreCorrupt an event of the copy is damaged; no target is left
 * @throws StoreFull there is no room for the copy
 */
export async function backupSqliteStore(
  source: SqliteStore | string,
  target: string,
  turns: Turns,
): Promise<Verification> {
  refuseExisting(target);
  if (typeof source !== 'string') return copyVerified(source.database, target, turns);
  const database = openToRead(source);
  try {
    return await copyVerified(database, target, turns);
  } finally {
    database.close();
  }
}

/**
 * Restores a verified copy of a backup, and returns the result.
 *
 * Never overwrites: an existing store, running or not, must be moved away first.
 *
 * @throws StoreRefused the target exists, or the backup is missing or not a store
 * @throws StoreCorrupt the backup is damaged; no target is left
 */
export async function restoreSqliteStore(from: string, target: string, turns: Turns): Promise<Verification> {
  refuseExisting(target);
  const { problems } = await verifySqliteFile(from, turns);
  if (problems[0]) throw new StoreCorrupt(`${from}: ${problems[0]}`);
  return backupSqliteStore(from, target, turns);
}

async function copyVerified(source: DatabaseSync, target: string, turns: Turns): Promise<Verification> {
  const part = `${target}.part`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    removeWithLog(part);
    // For its owner only, wherever it is; SQLite does not change the mode of an existing file.
    closeSync(openSync(part, 'wx', 0o600));
    const copy = new DatabaseSync(part);
    let verification: Verification;
    try {
      await copyEvents(source, copy, turns);
      verification = await verifyEvents(copy, turns);
    } finally {
      copy.close();
    }
    if (verification.problems[0]) throw new StoreCorrupt(verification.problems[0]);
    await flushed(part, 'r+');
    // It describes a store that was here before; the copy gets its own when it is opened.
    removeAnchor(target);
    renameSync(part, target);
    // Windows cannot open folders, and needs no flush of them.
    if (process.platform !== 'win32') await flushed(dirname(target), 'r');
    return verification;
  } catch (error) {
    removeWithLog(part);
    const code = sqliteCode(error);
    if (code === codes.full) throw new StoreFull({ cause: error });
    if (code === codes.constraint) {
      throw new StoreCorrupt('two events that claim one id, or one revision of a stream', { cause: error });
    }
    throw fileError(error, target);
  }
}

/**
 * Copies the current content row by row.
 *
 * Not with SQLite's page backup: Node runs it in another thread on the writing connection, and a step during a
 * transaction fails with "not an error". Rows also leave damaged indexes behind.
 */
async function copyEvents(source: DatabaseSync, copy: DatabaseSync, turns: Turns): Promise<void> {
  // A partial copy may be lost; the whole one is flushed before it gets its name.
  copy.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768');
  create(copy, installationOf(source));
  const head = Number(firstValue(source, 'SELECT coalesce(max(seq), 0) FROM events'));
  const read = source.prepare(
    `SELECT seq, stream, rev, id, leaf, body FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${pageRows}`,
  );
  read.setReturnArrays(true);
  const nameOf = source.prepare('SELECT name FROM streams WHERE number = ?');
  const addStream = copy.prepare('INSERT INTO streams (number, name) VALUES (?, ?)');
  const addEvent = copy.prepare(
    'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const streams = new Set<number>();
  for (let last = 0; last < head; ) {
    const rows = read.all(last, head) as unknown as Row[];
    copy.exec('BEGIN');
    for (const row of rows) {
      const [seq, stream] = row;
      if (!streams.has(stream)) {
        const name = nameOf.get(stream)?.name;
        if (typeof name !== 'string') throw new StoreCorrupt(`event ${seq}: its stream has no name`);
        addStream.run(stream, name);
        streams.add(stream);
      }
      addEvent.run(...row);
    }
    copy.exec('COMMIT');
    last = rows.at(-1)?.[0] ?? head;
    await new Promise<void>((resolve) => turns.nextTurn(resolve));
  }
}

function refuseExisting(target: string): void {
  for (const file of [target, `${target}-wal`, `${target}-journal`]) {
    if (existsSync(file))
      throw new StoreRefused(file, 'it is there already, and nothing is overwritten; move it away first');
  }
}

function removeWithLog(file: string): void {
  for (const suffix of ['', '-wal', '-journal', '-shm']) rmSync(file + suffix, { force: true });
}

/** Flushes a file or a folder without blocking, which may take seconds. */
async function flushed(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes a file or a folder. */
export function flush(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
