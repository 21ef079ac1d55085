import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, type DatabaseSync } from 'node:sqlite';
import { StoreCorrupt, StoreFull, StoreRefused } from './errors.js';
import type { SqliteStore } from './sqlite.js';
import { codes, sqliteCode } from './sqlite-errors.js';
import { fileError, openToRead } from './sqlite-file.js';
import { type Turns, type Verification, verifyEvents, verifySqliteFile } from './sqlite-verify.js';

/** Pages copied in one step, off the main thread; between two steps the store goes on writing. */
const stepPages = 256;

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
    await backup(source, part, { rate: stepPages });
    const verification = await verifyCopy(part, turns);
    flush(part, 'r+');
    renameSync(part, target);
    // Windows opens no folder, and needs no flush of it.
    if (process.platform !== 'win32') flush(dirname(target), 'r');
    return verification;
  } catch (error) {
    removeWithLog(part);
    if (sqliteCode(error) === codes.full) throw new StoreFull({ cause: error });
    throw fileError(error, target);
  }
}

async function verifyCopy(part: string, turns: Turns): Promise<Verification> {
  const copy = openToRead(part);
  try {
    // One file without a log beside it, readable also from a medium that cannot be written.
    copy.exec('PRAGMA journal_mode = DELETE');
    const verification = await verifyEvents(copy, turns);
    if (verification.problems[0]) throw new StoreCorrupt(verification.problems[0]);
    return verification;
  } finally {
    copy.close();
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

function flush(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
