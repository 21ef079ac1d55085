import type { Proof } from '../proof.js';
import { simulate } from './simulated-years.js';

/**
 * A clock that jumps by an hour or a day back, or by a day or 400 days ahead, reorders nothing and neither loses nor
 * repeats an alert.
 *
 * A round is one random project over 200 days; on every fifth day the clock is wrong for a while. Broken, the process
 * uses the latest day it ever saw as today.
 */
export const clock: Proof = {
  rounds: { small: 100, full: 10_000 },
  async run({ seed, rounds, isBroken }) {
    const found = await simulate({
      seed,
      projects: rounds,
      liveliness: 10,
      soonPercent: 70,
      days: 200,
      restarts: 0,
      jumps: 20,
      ...(isBroken ? { broken: 'remembers' } : {}),
    });
    const { projects, days, entries, jumps, alerts, recordedAtRegressions, firstFault } = found;
    const figures = {
      projects,
      days,
      entries,
      jumps,
      alerts,
      recordedAtRegressions,
      alertsMissed: found.missed,
      alertsTwice: found.doubled,
      alertsFalse: found.false,
      ...(firstFault === undefined ? {} : { firstFault }),
    };
    return { figures, pass: recordedAtRegressions + found.missed + found.doubled + found.false === 0 };
  },
};
