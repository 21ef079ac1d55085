import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerKeyRing } from '../../src/app/ledger/key-ring.js';
import { Ledger } from '../../src/app/ledger/ledger.js';
import { ledgerPath, storePath } from '../../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { openVault } from '../../src/vault/vault.js';
import { diceOf, uuidOf } from '../../test/support/dice.js';
import { sampleEvent } from '../../test/support/event-store-samples.js';

/** A data folder with a store and its ledger, and what an auditor has kept of it elsewhere. */
export interface SignedStore {
  dataPath: string;
  vaultPath: string;
  /** The file of the last checkpoint, and the verifier key. */
  checkpoint: string;
  vkey: string;
}

/** The places of a data folder in another one. */
export function placesIn(folder: string): SignedStore {
  const [dataPath, vaultPath] = [join(folder, 'data'), join(folder, 'vault.json')];
  return { dataPath, vaultPath, checkpoint: join(folder, 'kept.checkpoint'), vkey: '' };
}

/**
 * Appends entries to a store and signs it, and keeps its checkpoint elsewhere.
 *
 * @param name of the entries; other names give other entries
 */
export async function signMore(
  places: SignedStore,
  { count, seed, name }: { count: number; seed: number; name: string },
): Promise<SignedStore> {
  mkdirSync(places.dataPath, { recursive: true });
  const dice = diceOf(seed);
  const store = openSqliteStore(storePath(places.dataPath), { ...world, nextTurn });
  try {
    const ledger = await opened(places, store);
    for (let from = 0; from < count; from += 200) {
      const appends = Array.from({ length: Math.min(200, count - from) }, (_, part) => {
        const id = uuidOf(`${name} ${seed} ${from + part}`);
        return store.append(`project-site-${dice.int(0, 9)}`, [sampleEvent(from + part, id)], 'any');
      });
      await Promise.all(appends);
      if (from % 1_000 === 0) await ledger.sign();
    }
    await ledger.sign();
    const note = ledger.file.last?.note ?? '';
    const vkey = ledger.file.keys().at(-1)?.vkey ?? '';
    await ledger.close();
    writeFileSync(places.checkpoint, note);
    return { ...places, vkey };
  } finally {
    await store.close();
  }
}

/** The ledger of an open store, by the key of its vault. */
export function opened(
  { dataPath, vaultPath }: Pick<SignedStore, 'dataPath' | 'vaultPath'>,
  store: ReturnType<typeof openSqliteStore>,
): Promise<Ledger> {
  const ring = ledgerKeyRing(openVault(vaultPath), world);
  return Ledger.open({
    path: ledgerPath(dataPath),
    store,
    ring,
    world,
    nextTurn,
    whyNotHere: () => undefined,
    onFailure(error) {
      throw error;
    },
  });
}
