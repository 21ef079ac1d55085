import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '../../src/cli/client/client.js';
import { Failure } from '../../src/cli/client/failure.js';
import { ShownLog } from '../../src/cli/witness/shown-log.js';
import { WitnessFolder } from '../../src/cli/witness/witness-folder.js';
import { witnessed } from '../../src/cli/witness/witnessing.js';
import { verdicts } from '../../src/ledger/verdicts.js';
import { type Dice, diceOf } from '../../test/support/dice.js';
import type { LogFront } from '../../test/support/log-front.js';
import type { Finding, Proof } from '../proof.js';
import { rewrite, rewrites } from './rewrites.js';
import { shownAt } from './shown-store.js';
import { placesIn, type SignedStore, signMore } from './signed-store.js';

const fresh = () => ({
  honest: 0,
  falseAlarms: 0,
  attacks: 0,
  seen: 0,
  unseen: 0,
  otherVerdicts: 0,
  evidence: 0,
});
type Figures = ReturnType<typeof fresh> & { first?: string };

/** What the owner of the machine does to a log that a witness has seen; the addresses at which it is then shown. */
type Attack = (at: {
  places: SignedStore;
  folder: string;
  seed: number;
  dice: Dice;
}) => Promise<SignedStore[]>;

const attacks: Readonly<Record<string, { attack: Attack; verdict: keyof typeof verdicts }>> = {
  'two addresses show different logs': {
    verdict: 'split-view',
    async attack({ places, folder, seed, dice }) {
      const other = await copied(places, join(folder, 'other'));
      await signMore(places, { count: dice.int(1, 30), seed, name: 'shown to one' });
      await signMore(other, { count: dice.int(1, 30), seed, name: 'shown to another' });
      return [places, other];
    },
  },
  'the whole chain is rewritten by SQL, with every hash and signature, and continued': {
    verdict: 'not-append-only',
    async attack({ places, seed, dice }) {
      const ways = Object.values(rewrites);
      const way = ways[dice.int(0, ways.length - 1)];
      await rewrite(places, (events) => way?.(events, dice) ?? events);
      await signMore(places, { count: 100, seed, name: 'continued' });
      return [places];
    },
  },
  'an earlier state of the whole folder is put in its place': {
    verdict: 'missing',
    async attack({ places, folder, seed, dice }) {
      const earlier = placesIn(join(folder, 'earlier'));
      cpSync(places.vaultPath, earlier.vaultPath);
      // The folder before is the same log, shorter.
      await rewriteTo(places, earlier, dice);
      await signMore(earlier, { count: 0, seed, name: 'none' });
      return [earlier];
    },
  },
  'an earlier state is put in place and continued': {
    verdict: 'not-append-only',
    async attack({ places, folder, seed, dice }) {
      const earlier = placesIn(join(folder, 'earlier'));
      cpSync(places.vaultPath, earlier.vaultPath);
      await rewriteTo(places, earlier, dice);
      await signMore(earlier, { count: 100, seed, name: 'instead' });
      return [earlier];
    },
  },
};

/**
 * The owner of the machine, who has the files and the key, cannot rewrite the log, set it back or show two of it unnoticed by a
 * witness on another machine, which has the last checkpoint alone; an honest log that grows raises no alarm.
 *
 * A round is each attack once, after a log has grown honestly under the eyes of its witness. The control forgets what it has seen.
 */
export const splitview: Proof = {
  rounds: { small: 1, full: 100 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const folder = mkdtempSync(fileURLToPath(new URL('../../splitview-', import.meta.url)));
    const figures: Figures = fresh();
    try {
      for (let round = 0; round < rounds; round += 1)
        for (const [at, name] of Object.keys(attacks).entries()) {
          const place = join(folder, `${round}-${at}`);
          await oneAttack(figures, { name, place, seed: seed + round * 10 + at, isBroken });
          rmSync(place, { recursive: true });
        }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const { falseAlarms, unseen, otherVerdicts, seen, evidence } = figures;
    return { figures: { ...figures }, pass: falseAlarms + unseen + otherVerdicts === 0 && evidence === seen };
  },
};

async function oneAttack(
  figures: Figures,
  { name, place, seed, isBroken }: { name: string; place: string; seed: number; isBroken: boolean },
): Promise<void> {
  const dice = diceOf(seed);
  const kept = join(place, 'witness');
  const places = await signMore(placesIn(join(place, 'log')), {
    count: dice.int(20, 60),
    seed,
    name: 'first',
  });
  await look(figures, kept, [places]);
  await signMore(places, { count: dice.int(1, 20), seed, name: 'second' });
  await look(figures, kept, [places]);
  const chosen = attacks[name];
  if (!chosen) throw new Error(name);
  const shown = await chosen.attack({ places, folder: place, seed, dice });
  figures.attacks += 1;
  if (isBroken) rmSync(kept, { recursive: true });
  // Without a memory one address is all that there is to compare.
  const code = await codeOf(kept, isBroken ? shown.slice(-1) : shown);
  if (code === 0) figures.unseen += 1;
  else if (code === verdicts[chosen.verdict]) figures.seen += 1;
  else figures.otherVerdicts += 1;
  if (code !== verdicts[chosen.verdict]) figures.first ??= `${name}: ${code}`;
  if (code !== 0 && readdirSync(kept).some((file) => file.startsWith('evidence-'))) figures.evidence += 1;
}

/** A look at a log that nobody attacked. */
async function look(figures: Figures, kept: string, shown: readonly SignedStore[]): Promise<void> {
  figures.honest += 1;
  const code = await codeOf(kept, shown);
  if (code === 0) return;
  figures.falseAlarms += 1;
  figures.first ??= `honest: ${code}`;
}

/** The exit code of a witness that looks once. */
async function codeOf(kept: string, shown: readonly SignedStore[]): Promise<number> {
  const fronts: LogFront[] = [];
  try {
    for (const places of shown) fronts.push(await shownAt(places));
    const logs = fronts.map(({ url }) => new ShownLog(new Client(url, { language: 'en' }), 0));
    const folder = WitnessFolder.open(kept, 'auditor.example/witness');
    await witnessed({ folder, logs, key: undefined, isFull: true, now: () => new Date() });
    return 0;
  } catch (error) {
    if (error instanceof Failure) return error.exitCode;
    throw error;
  } finally {
    for (const front of fronts) await front.close();
  }
}

async function copied({ dataPath, vaultPath }: SignedStore, folder: string): Promise<SignedStore> {
  const other = placesIn(folder);
  cpSync(dataPath, other.dataPath, { recursive: true });
  cpSync(vaultPath, other.vaultPath);
  return other;
}

/** Makes the folder of a log as it was some entries earlier. */
async function rewriteTo(places: SignedStore, earlier: SignedStore, dice: Dice): Promise<void> {
  cpSync(places.dataPath, earlier.dataPath, { recursive: true });
  await rewrite(earlier, (events) => events.slice(0, -dice.int(1, 15)));
}
