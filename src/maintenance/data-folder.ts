import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { readSettings, type Settings } from '../app/settings.js';
import { made, type OnProgress, swapped } from '../app/views/make-views.js';
import { ViewsFile } from '../app/views/views-file.js';
import {
  compose,
  openStore,
  prepareDataFolder,
  storePath,
  viewsPath,
  world,
} from '../composition/compose.js';
import { type Config, onData, readConfig } from '../composition/config.js';
import { StoreInUse } from '../event-store/errors.js';
import { backupSqliteStore, restoreSqliteStore } from '../event-store/sqlite/backup.js';
import { codes, sqliteCode } from '../event-store/sqlite/errors.js';
import { fileError, firstValue, openToRead } from '../event-store/sqlite/file.js';
import { openSqliteStore } from '../event-store/sqlite/sqlite.js';
import { type Turns, type Verification, verifySqliteFile } from '../event-store/sqlite/verify.js';

/** What was found in a data folder. */
export interface Diagnosis {
  dataPath: string;
  store: Verification;
  /** How SQLite runs on the store; null for a damaged one, which is not opened to be written. */
  sqlite: { version: string; journal: string; synchronous: number; installation: string } | null;
  /** Where the views stand; null when there are none that can be used, and the service makes them anew. */
  views: { position: number; lag: number } | null;
  settings: Settings;
}

/** A verification lets others work after every page of so many events. */
const pageEvents = 500;

/** Counts the pages of verifications while they run, of so many passes over the events of a store. */
function counted(file: string, passes: number, onProgress: OnProgress): Turns {
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

/** The position of the last event, by which alone nobody can tell that the file is sound. */
function eventsIn(file: string): number {
  const database = openToRead(file);
  try {
    return Number(firstValue(database, 'SELECT max(seq) FROM events') ?? 0);
  } catch {
    // What is wrong with the file is for the verification to say.
    return 0;
  } finally {
    database.close();
  }
}

/** True when a data folder holds a store. */
export function hasStore(dataPath: string): boolean {
  return existsSync(storePath(dataPath));
}

/** Hosts of the cluster that the environment names for the events; undefined when they are in the data folder. */
export async function clusterHosts(): Promise<string | undefined> {
  return readConfig().cluster?.hosts;
}

/** Makes all views again from the log, and answers how many events it holds. */
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
    // Views that were missing or of another version have just been made.
    if (!isBuilt) await composed.views.rebuild(watch);
    return events;
  } finally {
    await composed.close();
  }
}

/** Makes the views of one replica again from the log of its cluster, up to where that ended when it began. */
async function rebuildReplica(config: Config, onProgress: OnProgress): Promise<number> {
  const path = viewsPath(config.dataPath);
  prepareDataFolder(config.dataPath);
  requireUnheld(path);
  const { store, storeName } = await openStore(config, world);
  try {
    const head = await store.head();
    let events = 0;
    const next = await made(
      store,
      storeName,
      `${path}.next`,
      () => head,
      (done, of) => {
        events = done;
        onProgress(done, of);
      },
    );
    swapped(next, path, storeName).close();
    return events;
  } finally {
    await store.close();
  }
}

/**
 * Sees that no replica has the views open; of a cluster they are all in its folder that one process alone may hold.
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
    // Whatever else is wrong with them, they are made again.
    if (known instanceof StoreInUse) throw known;
  } finally {
    database.close();
  }
}

/** Copies the store into one new file, and verifies that file. */
export async function backupStore(
  dataPath: string,
  file: string,
  onProgress: OnProgress,
): Promise<Verification> {
  return backupSqliteStore(storePath(dataPath), file, counted(storePath(dataPath), 1, onProgress));
}

/** Puts a verified backup into a data folder that has no store. */
export async function restoreStore(
  file: string,
  dataPath: string,
  onProgress: OnProgress,
): Promise<Verification> {
  prepareDataFolder(dataPath);
  return restoreSqliteStore(file, storePath(dataPath), counted(file, 2, onProgress));
}

/** Looks at everything in a data folder that no service holds. */
export async function diagnose(dataPath: string, onProgress: OnProgress): Promise<Diagnosis> {
  const turns = counted(storePath(dataPath), 1, onProgress);
  const store = await verifySqliteFile(storePath(dataPath), turns);
  const settings = readSettings(dataPath);
  if (store.problems.length > 0) return { dataPath, store, sqlite: null, views: null, settings };
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
  const file = existsSync(path) ? ViewsFile.openExisting(path, installation, 'lean') : undefined;
  if (!file) return null;
  const { position } = file;
  file.close();
  return position > head ? null : { position, lag: head - position };
}

/** True when it is the disk of a store that failed, not a cluster. */
export function isOfDisk(error: unknown): boolean {
  return sqliteCode((error as Error).cause) === codes.inputOutput;
}
