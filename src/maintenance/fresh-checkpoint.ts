import { existsSync } from 'node:fs';
import { ledgerKeyRing } from '../app/ledger/key-ring.js';
import { Ledger } from '../app/ledger/ledger.js';
import type { LedgerKeyShown } from '../app/ledger/ledger-answers.js';
import { LedgerFile } from '../app/ledger/ledger-file.js';
import { ledgerPath, storePath } from '../composition/folder/data-paths.js';
import { onData, readConfig } from '../composition/settings/config.js';
import { nextTurn, world } from '../composition/world.js';
import { StoreRefused } from '../event-store/errors.js';
import { openSqliteStore, type SqliteStore } from '../event-store/sqlite/sqlite.js';
import { CheckpointFile, checkpointBeside } from '../vault/checkpoint-file.js';
import { openVault } from '../vault/vault.js';

/** A checkpoint of everything in a store, and the keys by which it is verified. */
export interface FreshCheckpoint {
  origin: string;
  /** Entries that it covers. */
  size: number;
  note: string;
  /** From the first on. */
  keys: LedgerKeyShown[];
}

/**
 * Signs a checkpoint that covers everything in the store of a stopped service; undefined if the store is empty.
 *
 * @throws StoreInUse the service runs
 * @throws StoreRefused the keys are not those of the ledger
 * @throws RolledBack the store is not the one that the ledger has seen
 */
export async function freshCheckpoint(dataPath: string): Promise<FreshCheckpoint | undefined> {
  const vaultPath = ownVaultOf(dataPath);
  const store = openSqliteStore(storePath(dataPath), { ...world, nextTurn });
  try {
    return await signedOn(store, dataPath, vaultPath);
  } finally {
    await store.close();
  }
}

/** Signs a checkpoint of an open store, unless it is empty. @throws StoreRefused, RolledBack */
export async function signedOn(
  store: SqliteStore,
  dataPath: string,
  vaultPath: string,
): Promise<FreshCheckpoint | undefined> {
  const path = ledgerPath(dataPath);
  const ring = ledgerKeyRing(openVault(vaultPath), world);
  const remembered = new CheckpointFile(checkpointBeside(vaultPath));
  const whyNotHere = () => undefined;
  const ledger = await Ledger.open({ path, store, ring, world, nextTurn, whyNotHere, remembered });
  try {
    await ledger.sign();
    const { last, state } = ledger.file;
    const { why } = ledger.standing();
    if (why !== undefined) throw new StoreRefused(path, `no checkpoint could be signed: ${why}`);
    if (!last) return undefined;
    return { origin: state.origin, size: last.size, note: last.note, keys: ring.keys(state.origin) };
  } finally {
    await ledger.close();
  }
}

/**
 * The file of the keys that sign the ledger of a folder: another one would sign by a key to which nobody handed over.
 *
 * @throws StoreRefused
 */
export function ownVaultOf(dataPath: string): string {
  const { vaultPath } = onData(readConfig(), dataPath);
  const path = ledgerPath(dataPath);
  if (!existsSync(path)) return vaultPath;
  const file = new LedgerFile(path, 'read');
  const { origin } = file.state;
  const last = file.keys().at(-1)?.vkey;
  file.close();
  if (last === undefined) return vaultPath;
  const keys = existsSync(vaultPath) ? ledgerKeyRing(openVault(vaultPath), world).keys(origin) : [];
  if (keys.some(({ vkey }) => vkey === last)) return vaultPath;
  throw new StoreRefused(
    vaultPath,
    `it does not hold the key ${last.split('+').slice(0, 2).join('+')}, which signs the ledger; name the file of keys with TOPOUT_VAULT`,
  );
}
