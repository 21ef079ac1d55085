import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RolledBack } from '../../src/app/ledger/rolled-back.js';
import { ledgerPath, storePath } from '../../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { backupSqliteStore } from '../../src/event-store/sqlite/backup.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { acceptRollback } from '../../src/maintenance/ledger.js';
import { verifyLedger } from '../../src/maintenance/verify-ledger/verify-ledger.js';
import { diceOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { opened, placesIn, type SignedStore, signMore } from './signed-store.js';

const fresh = () => ({
  rollbacks: 0,
  refused: 0,
  namesBoth: 0,
  startedSilently: 0,
  missingSeen: 0,
  forkSeen: 0,
  startedAfterAccepted: 0,
});

/**
 * A store that was set back to an earlier backup is not taken into service, until that is accepted; an auditor who has kept a
 * checkpoint sees both that entries are missing and, after new ones, that the log is another one.
 *
 * A round backs a store up, writes on, and puts the backup in place of the store, beside its ledger.
 */
export const rollback: Proof = {
  rounds: { small: 4, full: 100 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../rollback-', import.meta.url)));
    const figures = fresh();
    try {
      for (let round = 0; round < rounds; round += 1) {
        const places = placesIn(join(folder, String(round)));
        await oneRound(figures, places, seed + round, isBroken);
        rmSync(join(folder, String(round)), { recursive: true });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const { startedSilently, ...seen } = figures;
    const areAllSeen = Object.values(seen).every((count) => count === rounds);
    return { figures, pass: startedSilently === 0 && areAllSeen };
  },
};

async function oneRound(
  figures: ReturnType<typeof fresh>,
  places: SignedStore,
  seed: number,
  isBroken: boolean,
): Promise<void> {
  const dice = diceOf(seed);
  const [before, after] = [dice.int(1, 1_000), dice.int(1, 500)];
  await signMore(places, { count: before, seed, name: 'before' });
  const path = storePath(places.dataPath);
  const backup = `${places.dataPath}.backup`;
  await backupSqliteStore(path, backup, { nextTurn });
  const kept = await signMore(places, { count: after, seed, name: 'after' });
  for (const suffix of ['', '-wal', '-shm', '-anchor']) rmSync(path + suffix, { force: true });
  cpSync(backup, path);
  // The control has no ledger that remembers.
  if (isBroken) rmSync(ledgerPath(places.dataPath));
  figures.rollbacks += 1;
  const said = await startRefused(kept);
  if (said === undefined) {
    figures.startedSilently += 1;
    return;
  }
  figures.refused += 1;
  if (said.includes(` ${before} entries`) && said.includes(` ${before + after}`)) figures.namesBoth += 1;
  if (await sees(kept, 'missing')) figures.missingSeen += 1;
  process.env.TOPOUT_VAULT = places.vaultPath;
  await acceptRollback(places.dataPath);
  delete process.env.TOPOUT_VAULT;
  const later = { ...kept, checkpoint: `${kept.checkpoint}-later` };
  await signMore(later, { count: after + 1, seed, name: 'instead' });
  if ((await startRefused(kept)) === undefined) figures.startedAfterAccepted += 1;
  if (await sees(kept, 'not-append-only')) figures.forkSeen += 1;
}

/** What a start says when it is refused. */
async function startRefused(places: SignedStore): Promise<string | undefined> {
  const store = openSqliteStore(storePath(places.dataPath), { ...world, nextTurn });
  try {
    const ledger = await opened(places, store);
    await ledger.close();
    return undefined;
  } catch (error) {
    if (error instanceof RolledBack) return error.message;
    throw error;
  } finally {
    await store.close();
  }
}

async function sees({ dataPath, checkpoint, vkey }: SignedStore, verdict: string): Promise<boolean> {
  const { faults } = await verifyLedger(dataPath, { checkpoints: [checkpoint], keys: [vkey] });
  return faults.some((fault) => fault.verdict === verdict);
}
