import { hash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ledgerKeyRing } from '../src/app/ledger/key-ring.js';
import { Ledger } from '../src/app/ledger/ledger.js';
import { ledgerPath } from '../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../src/composition/world.js';
import { openSqliteStore } from '../src/event-store/sqlite/sqlite.js';
import { verifyLedger } from '../src/maintenance/verify-ledger/verify-ledger.js';
import { openVault } from '../src/vault/vault.js';
import { type Bench, figureOf } from './figures.js';
import { logOf } from './logs.js';

/**
 * Events per second of CPU time that `topout verify` checks in a stopped data folder with a signed ledger: structure of the
 * file, hash, place and predecessor of each event, tree and checkpoints. Versus `JSON.parse` and SHA-256 of the same bodies
 * in memory.
 */
export const verify: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  for (const shape of ['short', 'long'] as const) {
    const log = await logOf({ events, shape });
    try {
      const dataPath = dirname(log.path);
      await sign(log.path, dataPath);
      const bodies = bodiesIn(log.path);
      const rates = { verified: [] as number[], bare: [] as number[] };
      // The first one warms up.
      for (let run = 0; run <= runs; run += 1) {
        const verified = log.events / (await cpuSecondsOf(() => verifyWhole(dataPath, log.events)));
        const bare = log.events / (await cpuSecondsOf(async () => bodies.forEach(readAndHash)));
        if (run === 0) continue;
        rates.verified.push(verified);
        rates.bare.push(bare);
      }
      const figure = `${log.events} events in ${shape} streams`;
      const versus = { name: 'JSON.parse and SHA-256 of the same bodies in memory', values: rates.bare };
      yield figureOf({ bench: 'verify', figure, unit: 'events/CPU s' }, rates.verified, versus);
    } finally {
      log.remove();
    }
  }
};

async function verifyWhole(dataPath: string, events: number): Promise<void> {
  const { faults, checkpoints, ...found } = await verifyLedger(dataPath, { checkpoints: [], keys: [] });
  if (faults.length > 0 || checkpoints.kept === 0 || found.events !== events)
    throw new Error(`${found.events} events and ${checkpoints.kept} checkpoints: ${faults[0]?.words.en}`);
}

function readAndHash(body: Uint8Array): void {
  hash('sha256', body, 'hex');
  JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString());
}

function bodiesIn(path: string): Uint8Array[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const bodies = database
    .prepare('SELECT body FROM events ORDER BY seq')
    .all()
    .map(({ body }) => body as Uint8Array);
  database.close();
  return bodies;
}

/** Makes the ledger of a store. */
async function sign(path: string, dataPath: string): Promise<void> {
  const store = openSqliteStore(path, { ...world, nextTurn });
  const ring = ledgerKeyRing(openVault(join(dataPath, 'vault.json')), world);
  const needs = { store, ring, world, nextTurn, whyNotHere: () => undefined };
  const ledger = await Ledger.open({ ...needs, path: ledgerPath(dataPath) });
  await ledger.close();
  await store.close();
}

/** Seconds of CPU time, of all threads of the process. */
async function cpuSecondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
