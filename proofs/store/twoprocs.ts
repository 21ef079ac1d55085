import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { uuidOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';
import { launch, started } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';

/** From start to end: 500 ms of patience with a process that is about to release the lock; the rest loads the program. */
const refusedWithinMs = 2_000;

/**
 * A second process on one data folder ends with code 73 and a sentence that names the file; a killed one leaves no lock
 * behind. A round is one owner, a second process, and one after `kill -9`.
 *
 * A refusal takes less than 2 s, or on a machine so busy that a start on a free folder takes long itself, less than two
 * of those.
 *
 * Broken, the store does not lock its file.
 */
export const twoprocs: Proof = {
  rounds: { small: 2, full: 10 },
  async run({ seed, rounds: asked, isBroken }): Promise<Finding> {
    const rounds = isBroken ? 1 : asked;
    const folder = mkdtempSync(fileURLToPath(new URL('../../twoprocs-', import.meta.url)));
    const file = join(folder, 'data', 'events.db');
    const setting = { before: isBroken ? ['store/no-lock.js'] : [] };
    const refuseMs: number[] = [];
    const startMs: number[] = [];
    const figures = { secondRefused: 0, namesFile: 0, ownerUndisturbed: 0, staleLock: 0 };
    let answers = 0;
    try {
      for (let round = 0; round < rounds; round += 1) {
        const begun = performance.now();
        const owner = await started(join(folder, 'data'), setting);
        startMs.push(performance.now() - begun);
        const launched = performance.now();
        const second = launch(join(folder, 'data'), setting);
        const url = await second.url;
        refuseMs.push(performance.now() - launched);
        const { code, err } = url === undefined ? await second.ended : await second.kill();
        if (url === undefined && code === 73) figures.secondRefused += 1;
        if (err.includes(file) && err.trim().split('\n').length === 1) figures.namesFile += 1;
        const client = new SiteClient(owner.at);
        const answer = await client.register(`site-${round}`, uuidOf(`twoprocs ${seed} ${round}`));
        if (answer?.status === 201) figures.ownerUndisturbed += 1;
        await client.close();
        await owner.kill();
        const after = launch(join(folder, 'data'), setting);
        if ((await after.url) === undefined) figures.staleLock += 1;
        else answers += 1;
        await after.kill();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const refuseMsMost = Math.round(Math.max(...refuseMs));
    const startMsMost = Math.round(Math.max(...startMs));
    const isQuick = refuseMsMost < refusedWithinMs || refuseMsMost < 2 * startMsMost;
    const { secondRefused, namesFile, ownerUndisturbed, staleLock } = figures;
    const isWhole = [secondRefused, namesFile, ownerUndisturbed, answers].every((count) => count === rounds);
    return {
      figures: { rounds, ...figures, startedAfterKill: answers, refuseMsMost, startMsMost },
      pass: isWhole && staleLock === 0 && isQuick,
    };
  },
};
