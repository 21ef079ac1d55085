import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleBundle, sampleLog } from '../test/support/bundle-samples.js';
import {
  missingForPython,
  ownReport,
  pageVerifier,
  pythonVerifier,
  type VerdictOf,
} from '../test/support/bundle-verifiers.js';
import { type Bench, figureOf } from './figures.js';

const streams = ['project-east-road', 'project-school'];

/**
 * Seconds until each verifier has read a bundle of one of the two projects of a log: in the terminal, by the script of the
 * page in this process (the CPU time of both), and by Python with openssl (the time that passes).
 */
export const bundle: Bench = async function* ({ isSmall, runs, events = isSmall ? 10_000 : 100_000 }) {
  const folder = mkdtempSync(fileURLToPath(new URL('../bundle-', import.meta.url)));
  try {
    const made = Buffer.from(sampleBundle(sampleLog(events * streams.length, streams)));
    const own: VerdictOf = async (bytes, policy) => ({ ...ownReport(bytes, policy), code: 0 });
    const verifiers: [string, VerdictOf, () => number][] = [
      ['terminal', own, cpuSeconds],
      ['script of the page', pageVerifier(), cpuSeconds],
    ];
    if (missingForPython() === undefined)
      verifiers.push(['Python', pythonVerifier(join(folder, 'bundle')), () => performance.now() / 1000]);
    for (const [name, verdictOf, clock] of verifiers) {
      const values: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const before = clock();
        const { verdict } = await verdictOf(made, '');
        values.push(clock() - before);
        if (verdict !== 'ok') throw new Error(`${name}: ${verdict}; expected ok`);
      }
      const unit = clock === cpuSeconds ? 'CPU s' : 's';
      yield figureOf({ bench: 'bundle', figure: `${name}, ${events} entries`, unit }, values);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Of all threads of the process. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
