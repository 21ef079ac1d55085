import { parseArgs } from 'node:util';
import { adapters } from './adapters.js';
import { backup } from './backup.js';
import { boundedMemory } from './bounded-memory.js';
import { catchUp } from './catch-up.js';
import { clock } from './clock.js';
import { deadlines } from './deadlines.js';
import { delivery } from './delivery.js';
import { diskfull } from './diskfull.js';
import { down24h } from './down24h.js';
import { drain } from './drain.js';
import { hostile } from './hostile.js';
import { idempotent } from './idempotent.js';
import { leaderLoss } from './leader-loss.js';
import { mail } from './mail.js';
import { nodeLoss } from './node-loss.js';
import type { Finding, Proof, Trial } from './proof.js';
import { rebuild } from './rebuild.js';
import { replay } from './replay.js';
import { silent } from './silent.js';
import { slowReaders } from './slow-readers.js';
import { sse10k } from './sse10k.js';
import { stall } from './stall.js';

import { unknownOutcome } from './unknown-outcome.js';
import { viewcrash } from './viewcrash.js';

const proofs: Record<string, Proof> = {
  idempotent,
  diskfull,
  backup,
  drain,
  viewcrash,
  rebuild,
  replay,
  stall,
  clock,
  delivery,
  down24h,
  hostile,
  mail,
  sse10k,
  'slow-readers': slowReaders,
  adapters,
  deadlines,
  'unknown-outcome': unknownOutcome,
  'catch-up': catchUp,
  silent,
  'bounded-memory': boundedMemory,
  'leader-loss': leaderLoss,
  'node-loss': nodeLoss,
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    rounds: { type: 'string' },
    break: { type: 'boolean', default: false },
    control: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    stop: { type: 'string' },
    start: { type: 'string' },
  },
});
const seed = Number(flags.seed ?? Date.now() % 2 ** 31);
const isKnown = positionals.every((name) => Object.hasOwn(proofs, name));
const areNumbers = Number.isInteger(seed) && /^[1-9]\d*$/.test(flags.rounds ?? '1');
if (!isKnown || !areNumbers) {
  const names = Object.keys(proofs).join(' | ');
  console.error(`usage: npm run prove -- [${names}] [--seed S] [--rounds N] [--small] [--break | --control]`);
  console.error('       node-loss alone: [--stop COMMAND] [--start COMMAND]');
  process.exit(2);
}

const names = positionals.length > 0 ? positionals : Object.keys(proofs);
const answers: boolean[] = [];
for (const name of names) {
  if (!flags.control) answers.push(await holds(name, flags.break));
  // Without a name everything is tried, and each proof has to show that it can fail.
  if (flags.control || (positionals.length === 0 && !flags.break)) answers.push(await isCaught(name));
}
process.exit(answers.every(Boolean) ? 0 : 1);

/** Tries a promise and prints what was found; says how to repeat a failure. */
async function holds(name: string, isBroken: boolean): Promise<boolean> {
  const { proof, trial } = trialOf(name, isBroken);
  const { figures, pass } = await proof.run(trial);
  if (pass === 'not-run') return isNotRun(name, figures);
  console.log(JSON.stringify({ proof: name, seed, ...(isBroken ? { broken: true } : {}), ...figures, pass }));
  if (!pass) console.error(`${name} failed with seed ${seed}; again: npm run prove -- ${again(name, trial)}`);
  return pass;
}

/** What was not tried is said, and is no failure. */
function isNotRun(name: string, figures: Finding['figures']): true {
  console.log(JSON.stringify({ proof: name, ...figures }));
  return true;
}

/** Breaks the rule and prints whether the proof saw it. */
async function isCaught(name: string): Promise<boolean> {
  const { proof, trial } = trialOf(name, true);
  const { figures, pass } = await proof.run(trial);
  if (pass === 'not-run') return true;
  console.log(JSON.stringify({ proof: name, seed, control: true, ...figures, caught: !pass }));
  if (pass)
    console.error(`${name} did not see the broken rule; again: npm run prove -- ${again(name, trial)}`);
  return !pass;
}

function trialOf(name: string, isBroken: boolean): { proof: Proof; trial: Trial } {
  const proof = proofs[name] as Proof;
  const rounds = Number(flags.rounds ?? (flags.small ? proof.rounds.small : proof.rounds.full));
  return { proof, trial: { seed, rounds, isBroken, stopNode: flags.stop, startNode: flags.start } };
}

function again(name: string, { rounds, isBroken }: Trial): string {
  return `${name} --seed ${seed} --rounds ${rounds}${isBroken ? ' --break' : ''}`;
}
