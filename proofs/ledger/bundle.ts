import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verdicts } from '../../src/ledger/verdicts.js';
import { type Alteration, alterations } from '../../test/support/bundle-alterations.js';
import { sampleBundle, sampleLog, witnessKey } from '../../test/support/bundle-samples.js';
import {
  missingForPython,
  ownReport,
  pageVerifier,
  pythonForMany,
  type VerdictOf,
} from '../../test/support/bundle-verifiers.js';
import { diceOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';

/** What the control takes out of the page. */
const contentCheck = /need\(same\(leafOf\(.*/;
const good = 20;
const altered = 30;
/** Of the good bundles of a round, which share their signatures: each of these costs a start of openssl. */
const checkpoints = 5;

/**
 * The three verifiers of a bundle, which share no code, say the same of every bundle: of good ones that they are good, and of altered
 * ones what was altered.
 *
 * A round is 50 bundles, 30 of them altered in different ways. Python and openssl are not needed, except where CI is set.
 *
 * Broken, the page does not compare contents with their hashes.
 */
export const bundle: Proof = {
  rounds: { small: 1, full: 20 },
  async run({ seed, rounds, isBroken }): Promise<Finding> {
    const missing = missingForPython();
    const isRequired = process.env.CI === 'true';
    if (missing !== undefined && isRequired) return { figures: { missing }, pass: false };
    const folder = mkdtempSync(fileURLToPath(new URL('../bundle-', import.meta.url)));
    const figures = { bundles: 0, altered: 0, verdicts: 0, otherVerdicts: 0, otherCodes: 0, wrong: '' };
    const seen = new Set<string>();
    const python = missing === undefined ? pythonForMany(join(folder, 'bundle')) : undefined;
    const page = pageVerifier((script) => (isBroken ? script.replace(contentCheck, '') : script));
    const verifiers: [string, VerdictOf][] = [
      ['terminal', async (bytes, policy) => coded(ownReport(bytes, policy).verdict)],
      ['page', page],
      ...(python === undefined ? [] : [['python', python.verdictOf] as [string, VerdictOf]]),
    ];
    try {
      for (let round = 0; round < rounds; round += 1) {
        for (const { title, bundle: made, policy = '', verdict } of bundlesOf(seed + round)) {
          figures.bundles += 1;
          if (verdict !== 'ok') figures.altered += 1;
          seen.add(verdict);
          for (const [name, verdictOf] of verifiers) {
            const found = await verdictOf(Buffer.from(made), policy);
            if (found.code !== verdicts[verdict]) figures.otherCodes += 1;
            if (found.verdict === verdict) continue;
            figures.otherVerdicts += 1;
            figures.wrong ||= `${name}: ${title} (${found.verdict} for ${verdict})`;
          }
        }
      }
    } finally {
      python?.stop();
      rmSync(folder, { recursive: true });
    }
    figures.verdicts = seen.size;
    const { wrong, ...counts } = figures;
    return {
      figures: {
        rounds,
        python: missing === undefined ? 'python3 and openssl' : `not run, no ${missing}`,
        ...counts,
        ...(wrong === '' ? {} : { wrong }),
      },
      pass:
        counts.otherVerdicts === 0 && counts.otherCodes === 0 && counts.bundles === rounds * (good + altered),
    };
  },
};

function coded(verdict: keyof typeof verdicts): { verdict: string; code: number } {
  return { verdict, code: verdicts[verdict] };
}

/** Good bundles of logs of any size, and altered ones, all different. */
function bundlesOf(seed: number): Alteration[] {
  const thrown = diceOf(seed);
  const streams = ['project-east-road', 'project-school'];
  const goodOnes = Array.from({ length: checkpoints }, (_, nth) => {
    const log = sampleLog(2 + thrown.int(0, 59), streams.slice(0, 1 + thrown.int(0, 1)));
    const size = thrown.int(1, log.bodies.length);
    const earlierSize = thrown.int(1, size);
    return Array.from({ length: good / checkpoints }, (_, ofIt) => {
      const at = (nth * good) / checkpoints + ofIt;
      const made = {
        size,
        witnesses: at % 2 === 0 ? [] : [witnessKey(1), witnessKey(2)],
        quorum: at % 4 === 1 ? 'group both all w1 w2\nquorum both' : 'quorum none',
        ...(at % 3 === 0 ? { earlierSize } : {}),
      };
      return { title: `good ${at}`, bundle: sampleBundle(log, made), verdict: 'ok' as const };
    });
  }).flat();
  const bad = alterations(sampleLog(30, streams));
  const first = thrown.int(0, bad.length - 1);
  const rotated = [...bad.slice(first), ...bad.slice(0, first)];
  // One of each verdict comes first, so that no control depends on the seed.
  const ofEach = new Map(rotated.map((one) => [one.verdict, one]));
  const others = rotated.filter((one) => ofEach.get(one.verdict) !== one);
  return [...goodOnes, ...[...ofEach.values(), ...others].slice(0, altered)];
}
