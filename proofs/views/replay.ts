import { compareWithNaiveFold } from '../../test/support/two-clocks.js';
import type { Proof } from '../proof.js';

/**
 * Every answer for any point of both clocks is the fold of exactly the entries known by then, and an answer for a
 * `knownAt` stays byte-identical while the log grows. A round is one history of a project.
 *
 * Broken, the views lose the last entry known at a past moment.
 */
export const replay: Proof = {
  rounds: { small: 100, full: 5_000 },
  async run({ seed, rounds, isBroken }) {
    const { firstMismatch, ...figures } = await compareWithNaiveFold({
      seed,
      histories: rounds,
      pointsEach: 20,
      isBroken,
    });
    const pass = figures.mismatch === 0 && figures.moved === 0;
    return { figures: { ...figures, ...(firstMismatch ? { firstMismatch } : {}) }, pass };
  },
};
