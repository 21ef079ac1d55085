import { closeSync, cpSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ledgerPath, storePath } from '../../src/composition/folder/data-paths.js';
import { StoreError } from '../../src/event-store/errors.js';
import type { LedgerFault } from '../../src/maintenance/verify-ledger/ledger-fault.js';
import { type Brought, verifyLedger } from '../../src/maintenance/verify-ledger/verify-ledger.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { areNaming } from '../store/damage.js';
import { firstOther, type Row, rowsIn } from '../store/stored-rows.js';
import { rewrite, rewrites } from './rewrites.js';
import { placesIn, type SignedStore, signMore } from './signed-store.js';

const smallEvents = 200;
/** From this many rounds on every byte of the small store is flipped, and the larger store is that of a full run. */
const fullRounds = 100_000;
const flipsOfLarge = { small: 10, full: 2_000 };
const eventsOfLarge = { small: 2_000, full: 100_000 };

const fresh = () => ({
  flips: 0,
  ledgerFlips: 0,
  named: 0,
  structureOnly: 0,
  invisible: 0,
  unnamed: 0,
  undetected: 0,
  rewrites: 0,
  rewritesSeenInside: 0,
  rewritesUnseen: 0,
});
type Figures = ReturnType<typeof fresh> & { firstFault?: string };

/**
 * No byte of a store changes an entry unnoticed, and the owner of the machine, who has the files and the key, cannot
 * rewrite the log unnoticed by somebody who has kept a checkpoint.
 *
 * A flip is one byte of the stopped store or of its ledger, with all its bits turned over or one of them. `invisible` are
 * flips that no reader can see, such as those in free space. A rewrite makes every hash and signature again.
 */
export const tamper: Proof = {
  rounds: { small: 150, full: fullRounds },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../tamper-', import.meta.url)));
    const dice = diceOf(seed);
    const figures: Figures = fresh();
    const isFull = rounds >= fullRounds;
    const size = isFull ? 'full' : 'small';
    try {
      const kept = await signMore(placesIn(join(folder, 'small')), {
        count: smallEvents,
        seed,
        name: 'small',
      });
      if (!isBroken) {
        const bytes = statSync(storePath(kept.dataPath)).size;
        const every = isFull ? Array.from({ length: bytes }, (_, at) => at) : undefined;
        await flipAll(figures, kept, every ?? offsetsIn(dice, bytes, rounds), dice);
        const large = placesIn(join(folder, 'large'));
        const signed = await signMore(large, { count: eventsOfLarge[size], seed, name: 'large' });
        const largeBytes = statSync(storePath(large.dataPath)).size;
        await flipAll(figures, signed, offsetsIn(dice, largeBytes, flipsOfLarge[size]), dice);
        await flipLedger(figures, kept, dice, Math.ceil(rounds / 10));
      }
      await rewriteAll(figures, kept, folder, dice, isBroken);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const { unnamed, undetected, rewritesUnseen, named } = figures;
    const hasSeen = isBroken || named > 0;
    return { figures: { ...figures }, pass: unnamed + undetected + rewritesUnseen === 0 && hasSeen };
  },
};

const offsetsIn = (dice: Dice, bytes: number, count: number): number[] =>
  Array.from({ length: count }, () => dice.int(0, bytes - 1));

/** Flips bytes of a store, each back before the next one. */
async function flipAll(
  figures: Figures,
  kept: SignedStore,
  offsets: readonly number[],
  dice: Dice,
): Promise<void> {
  const path = storePath(kept.dataPath);
  const scratch = `${path}-scratch`;
  const original = rowsIn(path, scratch);
  for (const at of offsets) {
    const mask = dice.chance(50) ? 0xff : 1 << dice.int(0, 7);
    flip(path, at, mask);
    figures.flips += 1;
    judge(figures, original, rowsIn(path, scratch), await faultsIn(kept), `byte ${at} ^ ${mask}`);
    flip(path, at, mask);
  }
  const after = await faultsIn(kept);
  if (after.length > 0) throw new Error(`The store was not put back: ${after[0]?.words.en}`);
}

function judge(
  figures: Figures,
  original: readonly Row[],
  found: readonly Row[],
  faults: readonly LedgerFault[],
  where: string,
): void {
  const affected = firstOther(original, found);
  if (affected === undefined) {
    figures[faults.length > 0 ? 'structureOnly' : 'invisible'] += 1;
    return;
  }
  const texts = faults.map(({ words }) => words.en);
  const outcome = faults.length === 0 ? 'undetected' : isNamed(texts, faults, affected) ? 'named' : 'unnamed';
  figures[outcome] += 1;
  if (outcome !== 'named')
    figures.firstFault ??= `${where}, event ${affected}: ${outcome}, ${texts.slice(0, 2).join(' | ')}`;
}

/** True if the faults name the event, or say that the file cannot be read. */
function isNamed(texts: readonly string[], faults: readonly LedgerFault[], affected: number): boolean {
  return areNaming(texts, affected) || (faults.length > 0 && faults[0]?.verdict === 'unreadable');
}

/** Flips bytes of the ledger: the store stays as it is, so that a fault is found or nothing can be seen. */
async function flipLedger(figures: Figures, kept: SignedStore, dice: Dice, count: number): Promise<void> {
  const path = ledgerPath(kept.dataPath);
  const { size } = statSync(path);
  for (const at of offsetsIn(dice, size, count)) {
    flip(path, at, 0xff);
    figures.ledgerFlips += 1;
    const faults = await faultsIn(kept);
    figures[faults.length > 0 ? 'structureOnly' : 'invisible'] += 1;
    flip(path, at, 0xff);
  }
}

/** Rewrites copies of a store in every way; the control has kept nothing, and sees nothing. */
async function rewriteAll(
  figures: Figures,
  kept: SignedStore,
  folder: string,
  dice: Dice,
  isBroken: boolean,
): Promise<void> {
  for (const [name, change] of Object.entries(rewrites)) {
    const copy = { ...kept, dataPath: join(folder, 'rewritten') };
    cpSync(kept.dataPath, copy.dataPath, { recursive: true });
    await rewrite(copy, (events) => change(events, dice));
    figures.rewrites += 1;
    const inside = await faultsOf(copy.dataPath, { checkpoints: [], keys: [] });
    if (inside.length > 0) figures.rewritesSeenInside += 1;
    const seen = isBroken ? inside : await faultsIn(copy);
    const verdicts = seen.map(({ verdict }) => verdict);
    if (!verdicts.includes('not-append-only') && !verdicts.includes('missing')) {
      figures.rewritesUnseen += 1;
      figures.firstFault ??= `${name}: ${seen[0]?.words.en ?? 'nothing was found'}`;
    }
    rmSync(copy.dataPath, { recursive: true });
  }
}

function faultsIn({ dataPath, checkpoint, vkey }: SignedStore): Promise<LedgerFault[]> {
  return faultsOf(dataPath, { checkpoints: [checkpoint], keys: [vkey] });
}

/** The faults of a folder; a store that is refused altogether is one. */
async function faultsOf(dataPath: string, brought: Brought): Promise<LedgerFault[]> {
  try {
    return (await verifyLedger(dataPath, brought)).faults;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [{ verdict: 'unreadable', words: { en: error.message, zh: error.message } }];
  }
}

function flip(path: string, at: number, mask: number): void {
  const file = openSync(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    readSync(file, byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8(0) ^ mask);
    writeSync(file, byte, 0, 1, at);
  } finally {
    closeSync(file);
  }
}
