import type { Proof } from './proof.js';
import { simulate } from './simulated-years.js';

/**
 * Every stall and every deadline has its alert on its day, exactly one, and nothing else has.
 *
 * A round is one random project over two years: deadlines up to five years ahead, entries that come late or are withdrawn, while
 * the process is restarted, loses its index, and its clock jumps. Broken, every 50th project is forgotten.
 */
export const stall: Proof = {
  rounds: { small: 200, full: 10_000 },
  async run({ seed, rounds, isBroken }) {
    const { recordedAtRegressions, ...figures } = await simulate({
      seed,
      projects: rounds,
      liveliness: 10,
      soonPercent: 70,
      days: 730,
      restarts: 3,
      jumps: 2,
      ...(isBroken ? { broken: 'forgets' } : {}),
    });
    return { figures, pass: figures.missed + figures.doubled + figures.false === 0 };
  },
};
