import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreError } from '../../src/event-store/errors.js';
import { anchorPath } from '../../src/event-store/sqlite/anchor.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { diceOf, uuidOf } from '../../test/support/dice.js';
import { eventsOf, storePorts } from '../../test/support/event-store-ports.js';
import { sampleEvent } from '../../test/support/event-store-samples.js';
import type { Finding, Proof } from '../proof.js';

/** Bit flips tried on the files of one store before another one is written. */
const flipsEach = 50;

const fresh = () => ({ flips: 0, refused: 0, harmless: 0, openedSilently: 0 });

/**
 * A flipped bit in the WAL of a killed process does not silently lose an acknowledged event.
 *
 * The files of a running store are copied, which is what a killed process leaves; then one random bit of the WAL is
 * flipped, and the copy is opened.
 */
export const waltail: Proof = {
  rounds: { small: 40, full: 1000 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../waltail-', import.meta.url)));
    const figures = fresh();
    try {
      for (let from = 0; from < rounds; from += flipsEach) {
        const killed = join(folder, `killed-${from}.db`);
        const ids = await leaveFiles(killed, seed + from);
        for (let round = from; round < Math.min(rounds, from + flipsEach); round += 1) {
          const path = join(folder, 'copy.db');
          copyFileSync(killed, path);
          if (!isBroken) copyFileSync(anchorPath(killed), anchorPath(path));
          writeFileSync(`${path}-wal`, flipped(readFileSync(`${killed}-wal`), seed + round * 7919));
          figures.flips += 1;
          figures[await openedAs(path, ids)] += 1;
          remove(path);
        }
        remove(killed);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return { figures, pass: figures.openedSilently === 0 && figures.refused > 0 };
  },
};

/** Fills a store, copies its files while it runs, and returns the acknowledged ids. */
async function leaveFiles(path: string, seed: number): Promise<string[]> {
  const dice = diceOf(seed);
  const store = openSqliteStore(`${path}-running`, storePorts());
  const ids: string[] = [];
  for (let group = dice.int(20, 80); group > 0; group -= 1) {
    const events = Array.from({ length: dice.int(1, 8) }, (_, part) =>
      sampleEvent(dice.int(0, 1000), uuidOf(`${seed} ${group} ${part}`)),
    );
    const appended = await Promise.all(
      events.map((event) => store.append(`project-${dice.int(0, 5)}`, [event], 'any')),
    );
    ids.push(...appended.flatMap(({ events: [event] }) => event?.id ?? []));
  }
  for (const suffix of ['', '-wal', '-anchor']) copyFileSync(`${path}-running${suffix}`, path + suffix);
  await store.close();
  remove(`${path}-running`);
  return ids;
}

function flipped(log: Buffer, seed: number): Buffer {
  const bit = diceOf(seed).int(0, log.length * 8 - 1);
  log[bit >> 3] = (log[bit >> 3] as number) ^ (1 << (bit & 7));
  return log;
}

async function openedAs(
  path: string,
  ids: readonly string[],
): Promise<'refused' | 'harmless' | 'openedSilently'> {
  try {
    const store = openSqliteStore(path, storePorts());
    try {
      const kept = (await eventsOf(store.readAll())).map(({ id }) => id);
      return kept.join() === [...ids].join() ? 'harmless' : 'openedSilently';
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreError) return 'refused';
    throw error;
  }
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-anchor']) rmSync(path + suffix, { force: true });
}
