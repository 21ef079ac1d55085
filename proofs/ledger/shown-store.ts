import { ledgerKeyRing } from '../../src/app/ledger/key-ring.js';
import { LedgerQuery } from '../../src/app/ledger/ledger-query.js';
import { storePath } from '../../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import type { VerifierKey } from '../../src/ledger/vkey.js';
import { openVault } from '../../src/vault/vault.js';
import { type LogFront, openFront } from '../../test/support/log-front.js';
import { opened, type SignedStore } from './signed-store.js';

/** A signed store that is open, and the answers of its ledger. */
export async function shownStore(
  places: SignedStore,
  witnesses: readonly VerifierKey[] = [],
): Promise<{ query: LedgerQuery; close(): Promise<void> }> {
  const store = openSqliteStore(storePath(places.dataPath), { ...world, nextTurn });
  const ledger = await opened(places, store);
  const ring = ledgerKeyRing(openVault(places.vaultPath), world);
  return {
    query: new LedgerQuery(ledger.file, store.leaves, ring, witnesses, world),
    async close() {
      await ledger.close();
      await store.close();
    },
  };
}

/** A signed store whose ledger is answered at an address, until it is closed. */
export async function shownAt(
  places: SignedStore,
  witnesses: readonly VerifierKey[] = [],
): Promise<LogFront> {
  const shown = await shownStore(places, witnesses);
  const front = await openFront(shown.query);
  return {
    ...front,
    async close() {
      await front.close();
      await shown.close();
    },
  };
}
