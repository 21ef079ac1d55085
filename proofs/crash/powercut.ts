import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nextTurn } from '../../src/composition/world.js';

import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifyEvents } from '../../src/event-store/sqlite/verify.js';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { eventsOf, storePorts } from '../../test/support/event-store-ports.js';
import { measured } from '../../test/support/event-store-samples.js';
import type { Finding, Proof } from '../proof.js';

import { RecordedFolder, recordIn } from './recorded-folder.js';
import { compileShim } from './shim.js';

/** Cuts tried per recording, and events written in it. */
const cutsEach = 250;
const eventsEach = 240;
/** After this many cuts the recovered store is also written to. */
const writtenEach = 10;

const fresh = () => ({
  recordings: 0,
  operations: 0,
  syncs: 0,
  powerCuts: 0,
  cutsAfterAnAnswer: 0,
  cutsLosingAcknowledged: 0,
  mostLost: 0,
  corrupt: 0,
  nonPrefix: 0,
  notStarted: 0,
  notWritable: 0,
});
type Figures = ReturnType<typeof fresh> & { firstFault?: string };

/**
 * An acknowledged event survives a power cut, if the disk honours flushes.
 *
 * A process writes to a store while a shim records every write, truncation, rename and flush in its folder. A round is
 * one cut at a random place of such a recording: flushed data are kept, of the rest a random part of its sectors. The
 * store is opened on the result; it must hold everything acknowledged before the cut, and a prefix of what was sent.
 *
 * Broken, SQLite runs with `synchronous=NORMAL`.
 */
export const powercut: Proof = {
  rounds: { small: 500, full: 20_000 },
  async run({ seed, rounds: asked, isBroken }): Promise<Finding> {
    const rounds = isBroken ? Math.min(asked, cutsEach) : asked;
    const folder = mkdtempSync(fileURLToPath(new URL('../../powercut-', import.meta.url)));
    try {
      const shim = compileShim('trace', folder);
      if ('why' in shim) return { figures: { run: false, why: shim.why }, pass: 'not-run' };
      const figures: Figures = fresh();
      for (let number = 0; figures.powerCuts < rounds; number += 1) {
        const trace = record(shim.path, join(folder, `${number}`), seed + number, isBroken);
        const cuts = Math.min(cutsEach, rounds - figures.powerCuts);
        await cutPower(figures, trace, join(folder, `${number}-left`), seed + number, cuts);
        rmSync(join(folder, `${number}`), { recursive: true });
      }
      const { cutsLosingAcknowledged, corrupt, nonPrefix, notStarted, notWritable } = figures;
      const faults = cutsLosingAcknowledged + corrupt + nonPrefix + notStarted + notWritable;
      const isSeen = figures.syncs > 0 && figures.cutsAfterAnAnswer > 0;
      return {
        figures: { compiler: shim.compiler, synchronous: isBroken ? 'NORMAL' : 'FULL', ...figures },
        pass: faults === 0 && isSeen,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Runs a process that writes to a store in a folder, and returns the file with its recording. */
function record(shim: string, folder: string, seed: number, isBroken: boolean): string {
  mkdirSync(folder);
  const trace = `${folder}.trace`;
  const script = fileURLToPath(new URL('./powercut-writer.js', import.meta.url));
  const args = [script, folder, String(seed), String(eventsEach), isBroken ? 'normal' : 'full'];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: shim, TRACE_FOLDER: folder, TRACE_FILE: trace },
  });
  if (status !== 0) throw new Error(`The writer ended with ${status}: ${stderr}`);
  return trace;
}

async function cutPower(
  figures: Figures,
  trace: string,
  left: string,
  seed: number,
  count: number,
): Promise<void> {
  const dice = diceOf(seed);
  const done = recordIn(trace);
  rmSync(trace);
  figures.recordings += 1;
  figures.operations += done.length;
  figures.syncs += done.filter(({ what }) => what === 'S').length;
  const places = Array.from({ length: count }, () => dice.int(1, done.length)).sort((a, b) => a - b);
  const disk = new RecordedFolder();
  let taken = 0;
  let answered = 0;
  for (const place of places) {
    for (const operation of done.slice(taken, place)) {
      if (operation.name !== 'acks') disk.take(operation);
      else if (operation.what === 'W') answered = Math.max(answered, Number(operation.data.toString()));
    }
    taken = place;
    figures.powerCuts += 1;
    if (answered > 0) figures.cutsAfterAnAnswer += 1;
    rmSync(left, { recursive: true, force: true });
    mkdirSync(left);
    for (const [name, bytes] of disk.cut(dice)) writeFileSync(join(left, name), bytes);
    const fault = await faultIn(figures, left, { seed, answered, dice });
    if (fault) figures.firstFault ??= `seed ${seed}, cut ${place} of ${done.length}: ${fault}`;
  }
  rmSync(left, { recursive: true, force: true });
}

/** Opens the result of a power cut, and returns what is wrong with it. */
async function faultIn(
  figures: Figures,
  folder: string,
  { seed, answered, dice }: { seed: number; answered: number; dice: Dice },
): Promise<string | undefined> {
  let store: ReturnType<typeof openSqliteStore>;
  try {
    store = openSqliteStore(join(folder, 'events.db'), storePorts());
  } catch (error) {
    figures.notStarted += 1;
    return `it does not start: ${error}`;
  }
  try {
    const events = await eventsOf(store.readAll());
    const { problems } = await verifyEvents(store.database, { nextTurn });
    if (problems[0]) {
      figures.corrupt += 1;
      return problems[0];
    }
    const other = events.findIndex(({ id }, index) => id !== uuidOf(`powercut ${seed} ${index}`));
    if (other !== -1) {
      figures.nonPrefix += 1;
      return `position ${other + 1} holds another event than was sent`;
    }
    const lost = answered - events.length;
    if (lost > 0) {
      figures.cutsLosingAcknowledged += 1;
      figures.mostLost = Math.max(figures.mostLost, lost);
      return `${answered} were answered and ${events.length} are there`;
    }
    if (dice.int(1, writtenEach) > 1) return undefined;
    const appended = await store.append('project-after', [measured(1, `after ${seed}`)], 'any');
    if (appended.events[0]?.position === events.length + 1) return undefined;
    figures.notWritable += 1;
    return 'what is written next gets another position';
  } catch (error) {
    figures.corrupt += 1;
    return String(error);
  } finally {
    // The result is checked once and deleted, so it need not reach the disk.
    store.database.exec('PRAGMA synchronous = OFF');
    await store.close();
  }
}
