import type { Proof } from '../proof.js';
import { liveByDefaultRules } from './default-rules.js';
import { simulate } from './simulated-years.js';

const days = 730;
/** One more project per this many is under all rules; the others are under few. */
const fewToAll = 10;

/**
 * Every stall and every deadline has exactly one alert, on its day, and there are no others.
 *
 * A round is one random project over two years: deadlines up to five years ahead, late or withdrawn entries, while the
 * process is restarted, loses its index, and its clock jumps. For every tenth round one more project is under random
 * thresholds of all twelve rules, with silencing, reopening, a ladder by the Chinese working calendar, and force majeure.
 * Broken, some projects are forgotten.
 */
export const stall: Proof = {
  rounds: { small: 80, full: 10_000 },
  async run({ seed, rounds, isBroken }) {
    const { recordedAtRegressions, ...few } = await simulate({
      seed,
      projects: rounds,
      liveliness: 10,
      soonPercent: 70,
      days,
      restarts: 3,
      jumps: 2,
      ...(isBroken ? { broken: 'forgets' } : {}),
    });
    const projects = Math.ceil(rounds / fewToAll);
    const all = await liveByDefaultRules({ seed, projects, days, isBroken });
    const found = {
      missed: few.missed + all.missed,
      doubled: few.doubled + all.doubled,
      false: few.false + all.false,
    };
    const firstFault = few.firstFault ?? all.firstFault;
    const figures = {
      ...few,
      byDefaultRules: projects,
      kindsOfRules: all.rules,
      saidByDefaultRules: all.said,
      ...found,
      ...(firstFault === undefined ? {} : { firstFault }),
    };
    return { figures, pass: found.missed + found.doubled + found.false === 0 };
  },
};
