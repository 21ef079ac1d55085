import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerKeyRing, rotated } from '../app/ledger/key-ring.js';
import type { LedgerKeys } from '../app/ledger/ledger-answers.js';
import { LedgerFile } from '../app/ledger/ledger-file.js';
import { ledgerPath, storePath, world } from '../composition/compose.js';
import { onData, readConfig } from '../composition/config.js';
import { StoreRefused } from '../event-store/errors.js';
import { firstValue, openToRead } from '../event-store/sqlite/file.js';
import { openVault } from '../vault/vault.js';

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
  /** The file of the ledger before, with its checkpoints. */
  file: string;
  /** Entries that its last checkpoint covers. */
  signed: number;
  /** Entries of the store. */
  events: number;
}

/**
 * Puts the ledger of a stopped service aside, so that another one starts from the store as it is.
 *
 * @throws StoreInUse the service runs
 * @throws StoreRefused the folder has no ledger
 */
export async function acceptRollback(dataPath: string): Promise<RollbackAccepted> {
  const path = ledgerPath(dataPath);
  originIn(dataPath);
  const store = openToRead(storePath(dataPath));
  try {
    const events = Number(firstValue(store, 'SELECT coalesce(max(seq), 0) FROM events'));
    const ledger = new LedgerFile(path);
    const signed = ledger.last?.size ?? 0;
    // The last connection moves the log into the file.
    ledger.close();
    const file = asidePath(dataPath, signed);
    renameSync(path, file);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    return { file, signed, events };
  } finally {
    store.close();
  }
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
  if (origin === '')
    throw new StoreRefused(path, 'there is no ledger yet; a service makes it with the first entry');
  return origin;
}
