import { existsSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Words } from '../../domain/values/words.js';
import { readSettings, type Settings } from '../app/settings.js';
import { made, type OnProgress, swapped } from '../app/views/make-views.js';
import { ViewsFile } from '../app/views/views-file.js';
import { compose } from '../composition/compose.js';
import { prepareDataFolder } from '../composition/folder/data-folder.js';
import { ledgerPath, storePath, viewsPath } from '../composition/folder/data-paths.js';
import { type Config, onData, readConfig } from '../composition/settings/config.js';
import { openStore } from '../composition/store/open-store.js';
import { viewsBesideJournal, viewsFor } from '../composition/view-list.js';
import { world } from '../composition/world.js';
import { StoreError, StoreInUse } from '../event-store/errors.js';
import { backupSqliteStore, restoreSqliteStore } from '../event-store/sqlite/backup.js';
import { codes, sqliteCode } from '../event-store/sqlite/errors.js';
import { fileError, firstValue, openToRead } from '../event-store/sqlite/file.js';
import { openSqliteStore } from '../event-store/sqlite/sqlite.js';
import {
  checkSqliteFile,
  type EventsChecked,
  type Turns,
  type Verification,
} from '../event-store/sqlite/verify.js';
import { VaultUnusable } from '../vault/vault-keys.js';
import { type FreshCheckpoint, freshCheckpoint } from './fresh-checkpoint.js';

/** The result of checking a data folder. */
export interface Diagnosis {
  dataPath: string;
  store: EventsChecked;
  /** How SQLite runs on the store; null for a damaged one, which is not opened for writing. */
  sqlite: { version: string; journal: string; synchronous: number; installation: string } | null;
  /** The position of the views; null if there are no usable ones, and the service rebuilds them. */
  views: { position: number; lag: number } | null;
  settings: Settings;
}

/** Events between two pauses of a verification. */
const pageEvents = 500;

/** Counts the pages of running verifications, for a number of passes over the events of a store. */
export function counted(file: string, passes: number, onProgress: OnProgress): Turns {
  const of = eventsIn(file) * passes;
  let done = 0;
  return {
    nextTurn(call) {
      done = Math.min(of, done + pageEvents);
      onProgress(done, of);
      setImmediate(call);
    },
  };
}

/** The position of the last event, which does not prove that the file is intact. */
function eventsIn(file: string): number {
  const database = openToRead(file);
  try {
    return Number(firstValue(database, 'SELECT max(seq) FROM events') ?? 0);
  } catch {
    // The verification reports what is wrong with the file.
    return 0;
  } finally {
    database.close();
  }
}

/** Rebuilds all views from the log, and returns its number of events. */
export async function rebuildViews(dataPath: string, onProgress: OnProgress): Promise<number> {
  const config = onData(readConfig(), dataPath);
  return config.cluster ? rebuildReplica(config, onProgress) : rebuildEmbedded(config, onProgress);
}

async function rebuildEmbedded(config: Config, onProgress: OnProgress): Promise<number> {
  let isBuilt = false;
  let events = 0;
  const watch: OnProgress = (done, of) => {
    isBuilt = true;
    events = done;
    onProgress(done, of);
  };
  const composed = await compose(config, { onProgress: watch });
  try {
    // Missing or outdated views have just been built.
    if (!isBuilt) await composed.views.rebuild(watch);
    return events;
  } finally {
    await composed.close();
  }
}

/** Rebuilds the views of one replica from the log of its cluster, up to its end at the start. */
async function rebuildReplica(config: Config, onProgress: OnProgress): Promise<number> {
  const path = viewsPath(config.dataPath);
  prepareDataFolder(config.dataPath);
  requireUnheld(path);
  const { store, storeName } = await openStore(config, world);
  try {
    const head = await store.head();
    let events = 0;
    const place = { store, storeName, path, list: viewsFor(store) };
    const next = await made(
      { ...place, path: `${path}.next` },
      () => head,
      (done, of) => {
        events = done;
        onProgress(done, of);
      },
    );
    swapped(next, place).close();
    return events;
  } finally {
    await store.close();
  }
}

/**
 * Checks that no replica has the views open; a cluster's replica holds its folder exclusively.
 *
 * @throws StoreInUse
 */
function requireUnheld(path: string): void {
  if (!existsSync(path)) return;
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    const known = fileError(error, path);
    // Whatever else is wrong with them, they are rebuilt.
    if (known instanceof StoreInUse) throw known;
  } finally {
    database.close();
  }
}

/** The checkpoint beside a backup and the key that verifies it, or why there is none, as a sentence. */
export type BackedUp = Verification & { checkpoint: { file: string; key: string } | { whyNot: Words } };

/**
 * Copies the store into one new file, and verifies that file. A checkpoint that covers everything in it is signed before, and kept
 * in a file beside it, so that the backup can be proved.
 */
export async function backupStore(dataPath: string, file: string, onProgress: OnProgress): Promise<BackedUp> {
  const fresh = await checkpointBefore(dataPath);
  const verification = await backupSqliteStore(
    storePath(dataPath),
    file,
    counted(storePath(dataPath), 1, onProgress),
  );
  if ('whyNot' in fresh) return { ...verification, checkpoint: fresh };
  const beside = `${file}.checkpoint`;
  writeFileSync(beside, fresh.note, { mode: 0o600 });
  return { ...verification, checkpoint: { file: beside, key: fresh.keys.at(-1)?.vkey ?? '' } };
}

/** What prevents a checkpoint does not prevent a backup. */
async function checkpointBefore(
  dataPath: string,
): Promise<Pick<FreshCheckpoint, 'note' | 'keys'> | { whyNot: Words }> {
  if (readConfig().keepsLedger === false || !existsSync(ledgerPath(dataPath)))
    return { whyNot: { en: 'The folder keeps no ledger.', zh: '该文件夹不记账本。' } };
  try {
    return (await freshCheckpoint(dataPath)) ?? { whyNot: { en: 'The store is empty.', zh: '存储是空的。' } };
  } catch (error) {
    const isExpected = error instanceof StoreError || error instanceof VaultUnusable;
    if (!isExpected || error instanceof StoreInUse) throw error;
    // Reasons of the store are in English, as in the log.
    return { whyNot: { en: error.message, zh: error.message } };
  }
}

/** Restores a verified backup into a data folder without a store. */
export async function restoreStore(
  file: string,
  dataPath: string,
  onProgress: OnProgress,
): Promise<Verification> {
  prepareDataFolder(dataPath);
  return restoreSqliteStore(file, storePath(dataPath), counted(file, 2, onProgress));
}

/** Checks everything in a data folder that no service holds. */
export async function diagnose(dataPath: string, onProgress: OnProgress): Promise<Diagnosis> {
  const turns = counted(storePath(dataPath), 1, onProgress);
  const store = await checkSqliteFile(storePath(dataPath), turns);
  const settings = readSettings(dataPath);
  if (store.faults.length > 0) return { dataPath, store, sqlite: null, views: null, settings };
  const open = openSqliteStore(storePath(dataPath), { now: world.now, newId: world.newId, ...turns });
  try {
    const { database, installation } = open;
    const sqlite = {
      version: String(firstValue(database, 'SELECT sqlite_version()')),
      journal: String(firstValue(database, 'PRAGMA journal_mode')),
      synchronous: Number(firstValue(database, 'PRAGMA synchronous')),
      installation,
    };
    return { dataPath, store, sqlite, views: viewsOf(dataPath, installation, store.head), settings };
  } finally {
    await open.close();
  }
}

function viewsOf(dataPath: string, installation: string, head: number): Diagnosis['views'] {
  const path = viewsPath(dataPath);
  const file = existsSync(path) ? ViewsFile.openExisting(path, installation, viewsBesideJournal) : undefined;
  if (!file) return null;
  const { position } = file;
  file.close();
  return position > head ? null : { position, lag: head - position };
}

/** True if the disk of an embedded store failed, not a cluster. */
export function isOfDisk(error: unknown): boolean {
  return sqliteCode((error as Error).cause) === codes.inputOutput;
}
