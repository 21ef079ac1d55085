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

/** Events copied at once, in some 2 ms; between two pages the store goes on writing. */
const pageRows = 100;

type Row = [seq: number, stream: number, rev: number, id: Uint8Array, leaf: Uint8Array, body: Uint8Array];

/**
 * Copies a store, running or not, into one new file, and answers what was verified in that file.
 *
 * The copy holds everything up to some event and nothing after it. The target appears only when it is whole and flushed;
 * an existing one is refused.
 *
 * @throws StoreRefused the target is there, or may not be written
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
 * Puts a verified copy of a backup where a store is to run, and answers what was verified.
 *
 * Never overwrites: a store that is there, running or not, has to be moved away first.
 *
 * @throws StoreRefused the target is there, or the backup is missing or no store
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
    // For its owner alone, wherever it lies; SQLite leaves a file that is there as it is.
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
    // What it says is of a store that was here before; the copy gets one when it is opened.
    removeAnchor(target);
    renameSync(part, target);
    // Windows opens no folder, and needs no flush of it.
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
 * Copies what is there now, row by row.
 *
 * Not by SQLite's backup of pages: Node steps that in another thread on the connection that writes, and a step that
 * meets a transaction fails it as "not an error". Rows also leave behind what is damaged in an index.
 */
async function copyEvents(source: DatabaseSync, copy: DatabaseSync, turns: Turns): Promise<void> {
  // Nothing is lost with a half-made copy; the whole one is flushed before it gets its name.
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

/** Has the system write what it still holds of a file or a folder, which may take seconds, while others work. */
async function flushed(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Has the system write what it still holds of a file or a folder. */
export function flush(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
