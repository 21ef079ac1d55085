import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerStream, storedNote } from '../../domain/log/ledger-events.js';
import { ledgerKeyRing, rotated } from '../app/ledger/key-ring.js';
import type { LedgerKeys } from '../app/ledger/ledger-answers.js';
import { LedgerFile } from '../app/ledger/ledger-file.js';
import { originOf } from '../app/ledger/log-tree.js';
import { ledgerPath, storePath } from '../composition/folder/data-paths.js';
import { onData, readConfig } from '../composition/settings/config.js';
import { nextTurn, world } from '../composition/world.js';
import { StoreRefused } from '../event-store/errors.js';
import type { NewEvent } from '../event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../event-store/sqlite/sqlite.js';
import { type Checkpoint, readCheckpoint } from '../ledger/checkpoint.js';
import { Malformed } from '../ledger/malformed.js';
import { CheckpointFile, checkpointBeside } from '../vault/checkpoint-file.js';
import { openVault } from '../vault/vault.js';
import { ownVaultOf, signedOn } from './fresh-checkpoint.js';

/** The keys of the ledger of a data folder, whose service may run. @throws StoreRefused it has none */
export async function ledgerKeysOf(dataPath: string): Promise<LedgerKeys> {
  const origin = originIn(dataPath);
  return { origin, keys: ledgerKeyRing(vaultOf(dataPath), world).keys(origin) };
}

/**
 * Replaces the key that signs; the key before signs that it hands over. A running service signs by the new key from the
 * next checkpoint on.
 *
 * @throws StoreRefused the folder has no ledger
 */
export async function rotateLedgerKey(dataPath: string): Promise<LedgerKeys> {
  const origin = originIn(dataPath);
  return { origin, keys: rotated(vaultOf(dataPath), origin, world) };
}

/** What was put aside, and what the store holds. */
export interface RollbackAccepted {
  /** The file of the ledger before, with its checkpoints; absent if the folder had none, as one that was restored. */
  file?: string;
  /** Entries that the last checkpoint covers which is known of the log before. */
  signed: number;
  /** Entries of the store. */
  events: number;
}

/**
 * Puts the ledger of a stopped service aside, and starts another one from the store as it is, in which `StoreRolledBack` is the next
 * event, with the last checkpoint of the log before and one of the store.
 *
 * @throws StoreInUse the service runs
 * @throws StoreRefused nothing was signed before, or the keys are those of another ledger
 */
export async function acceptRollback(dataPath: string): Promise<RollbackAccepted> {
  const path = ledgerPath(dataPath);
  const vaultPath = ownVaultOf(dataPath);
  const store = openSqliteStore(storePath(dataPath), { ...world, nextTurn });
  try {
    const events = await store.head();
    const remembered = new CheckpointFile(checkpointBeside(vaultPath));
    const before = latestOf([...originsOf(store, path)], lastIn(path), remembered.read());
    if (!before) throw noLedger(path);
    const file = existsSync(path) ? asidePath(dataPath, before.size) : undefined;
    if (file !== undefined) renameSync(path, file);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    remembered.remove();
    const now = await signedOn(store, dataPath, vaultPath);
    await store.append(ledgerStream, [rolledBack(events, before, now?.note)], 'any');
    await signedOn(store, dataPath, vaultPath);
    return { ...(file === undefined ? {} : { file }), signed: before.size, events };
  } finally {
    await store.close();
  }
}

/** The names under which checkpoints were signed: that of the store, and that of the ledger beside it where it is another one. */
function originsOf({ installation }: SqliteStore, path: string): Set<string> {
  const origins = new Set([originOf(installation)]);
  if (existsSync(path)) {
    const ledger = new LedgerFile(path, 'read');
    if (ledger.state.origin !== '') origins.add(ledger.state.origin);
    ledger.close();
  }
  return origins;
}

/** The last checkpoint in a file, whose log is then in it as a whole. */
function lastIn(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const ledger = new LedgerFile(path);
  const note = ledger.last?.note;
  ledger.close();
  return note;
}

/** The checkpoint of one of these ledgers that covers most. */
function latestOf(
  origins: readonly string[],
  ...notes: (string | undefined)[]
): { size: number; checkpoint: string } | undefined {
  const known = notes.flatMap((note) => {
    const checkpoint = note === undefined ? undefined : readIn(note);
    return note !== undefined && checkpoint && origins.includes(checkpoint.origin)
      ? [{ size: checkpoint.size, checkpoint: storedNote(note) }]
      : [];
  });
  return known.sort((a, b) => b.size - a.size)[0];
}

function readIn(note: string): Checkpoint | undefined {
  try {
    return readCheckpoint(note).checkpoint;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function rolledBack(
  size: number,
  before: { size: number; checkpoint: string },
  note: string | undefined,
): NewEvent {
  const asOf = world.now().slice(0, 10);
  const data = { size, ...(note === undefined ? {} : { checkpoint: storedNote(note) }), before };
  return {
    id: world.newId(),
    type: 'StoreRolledBack',
    by: 'machine',
    entry: { asOf, precision: 'day', source: { kind: 'system' } },
    data,
  };
}

function asidePath(dataPath: string, signed: number): string {
  for (let count = 1; ; count += 1) {
    const file = join(dataPath, `ledger-${signed}${count === 1 ? '' : `-${count}`}.db`);
    if (!existsSync(file)) return file;
  }
}

function vaultOf(dataPath: string) {
  return openVault(onData(readConfig(), dataPath).vaultPath);
}

function originIn(dataPath: string): string {
  const path = ledgerPath(dataPath);
  const ledger = existsSync(path) ? new LedgerFile(path, 'read') : undefined;
  const origin = ledger?.state.origin ?? '';
  ledger?.close();
  if (origin === '') throw noLedger(path);
  return origin;
}

function noLedger(path: string): StoreRefused {
  return new StoreRefused(path, 'there is no ledger yet; a service makes it with the first entry');
}
