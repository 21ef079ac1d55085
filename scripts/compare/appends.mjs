// Appends to the store of one build and prints the CPU microseconds an append: `appends.mjs MODULE FILE [DIST]`; with the
// folder of a build the ledger follows, and its time counts until everything is signed.
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [module, path, dist] = process.argv.slice(2);
const { openSqliteStore } = await import(pathToFileURL(module).href);
const count = 60_000;
const streams = 1_000;
const store = openSqliteStore(path, {
  now: () => new Date().toISOString(),
  newId: randomUUID,
  nextTurn: (call) => setImmediate(call),
});

const ledger = dist === undefined ? undefined : await startedLedger();

await appendAll(4_000, 'warm');
await ledger?.sign();
const before = process.cpuUsage();
await appendAll(count, 'measured');
await ledger?.sign();
const { user, system } = process.cpuUsage(before);
await ledger?.close();
await store.close();
console.log((user + system) / count);

/** The ledger of the store, which follows it as in the service. */
async function startedLedger() {
  const built = (place) => import(pathToFileURL(join(dist, place)).href);
  const { Ledger } = await built('src/app/ledger/ledger.js');
  const { ledgerKeyRing } = await built('src/app/ledger/key-ring.js');
  const { openVault } = await built('src/vault/vault.js');
  const { nextTurn, world } = await built('src/composition/world.js');
  const ring = ledgerKeyRing(openVault(join(dirname(path), 'vault.json')), world);
  const needs = { store, ring, world, nextTurn, whyNotHere: () => undefined };
  const started = await Ledger.open({ ...needs, path: join(dirname(path), 'ledger.db') });
  started.start();
  return started;
}

async function appendAll(most, name) {
  let next = 0;
  const hand = async () => {
    while (next < most) {
      const number = next;
      next += 1;
      await store.append(`project-${number % streams}`, [measured(number, name)], 'any');
    }
  };
  await Promise.all(Array.from({ length: 64 }, hand));
}

function measured(number, name) {
  return {
    id: randomUUID(),
    by: 'inspector-7',
    type: 'ProgressMeasured',
    data: { item: `${name}-${number % 12}`, measure: { kind: 'percent', basisPoints: number % 10_000 } },
    entry: { asOf: '2018-07-01', precision: 'day', source: { kind: 'inspection' } },
  };
}
