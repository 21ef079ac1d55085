import { parseArgs } from 'node:util';
import { authz } from './access/authz.js';
import { pathTricks } from './access/path-tricks.js';
import { rate } from './access/rate.js';
import { rebinding } from './access/rebinding.js';
import { revoke } from './access/revoke.js';
import { adapters } from './adapters.js';
import { backup } from './backup.js';
import { boundedMemory } from './bounded-memory.js';
import { catchUp } from './catch-up.js';
import { clock } from './clock.js';
import { damage } from './damage.js';
import { deadlines } from './deadlines.js';
import { delivery } from './delivery.js';
import { diskfull } from './diskfull.js';
import { down24h } from './down24h.js';
import { drain } from './drain.js';
import { fsyncfail } from './fsyncfail.js';
import { fuzz } from './fuzz/fuzz.js';
import { history } from './history.js';
import { hostile } from './hostile.js';
import { idempotent } from './idempotent.js';
import { kill9 } from './kill9.js';
import { leaderLoss } from './leader-loss.js';
import { bundle } from './ledger/bundle.js';
import { longProjectKept } from './long-project.js';
import { mail } from './mail.js';
import { nodeLoss } from './node-loss.js';
import { page, writeRow } from './page.js';
import { poison } from './poison.js';
import { powercut } from './powercut.js';
import type { Proof, Trial } from './proof.js';
import { race } from './race.js';
import { rebuild } from './rebuild.js';
import { replay } from './replay.js';
import { secrets } from './secrets.js';
import { silent } from './silent.js';
import { slowClients } from './slow-clients.js';
import { slowReaders } from './slow-readers.js';
import { soak } from './soak.js';
import { sse10k } from './sse10k.js';
import { stall } from './stall.js';
import { type Outcome, outcomeOf, Printer } from './tried.js';
import { twoprocs } from './twoprocs.js';
import { unknownOutcome } from './unknown-outcome.js';
import { viewcrash } from './viewcrash.js';
import { waltail } from './waltail.js';

const proofs: Record<string, Proof> = {
  kill9,
  powercut,
  fsyncfail,
  idempotent,
  history,
  damage,
  twoprocs,
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
  'long-project': longProjectKept,
  'leader-loss': leaderLoss,
  'node-loss': nodeLoss,
  race,
  waltail,
  poison,
  'slow-clients': slowClients,
  secrets,
  rate,
  authz,
  'path-tricks': pathTricks,
  rebinding,
  fuzz,
  revoke,
  bundle,
  soak,
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    rounds: { type: 'string' },
    all: { type: 'boolean', default: false },
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
if (!isKnown || !areNumbers || (flags.all && (flags.break || flags.control))) {
  const names = Object.keys(proofs).join(' | ');
  console.error(`usage: npm run prove -- [${names}] [--seed S] [--rounds N] [--small] [--break | --control]`);
  console.error(
    '       npm run prove -- [NAME ...] --all [--small]: each with its control, its row written to PROOFS.md',
  );
  console.error('       node-loss alone: [--stop COMMAND] [--start COMMAND]');
  process.exit(2);
}

const names = positionals.length > 0 ? positionals : Object.keys(proofs);
const isEachCaught = flags.control || flags.all || (positionals.length === 0 && !flags.break);
const outcomes: Outcome[] = [];
for (const [index, name] of names.entries()) {
  const proof = proofs[name] as Proof;
  const { small, full } = proof.rounds;
  const rounds = Number(flags.rounds ?? (flags.small ? small : full));
  const trial: Trial = { seed, rounds, isBroken: flags.break, stopNode: flags.stop, startNode: flags.start };
  const says = new Printer(name, trial, `${index + 1}/${names.length}`);
  const outcome = await outcomeOf(proof, trial, says, { isHeld: !flags.control, isCaught: isEachCaught });
  outcomes.push(outcome);
  // Immediately, so that a long run that is ended early has shown something.
  if (flags.all) writeRow(outcome, Object.keys(proofs), { seed, isSmall: flags.small });
}
const failed = outcomes.filter(({ isKept, isCaught }) => isKept === false || isCaught === false);
// Repeated at the end: often only the end of a long log is kept.
for (const { name, figures, isKept } of failed)
  console.error(
    `failed: ${name}, ${isKept === false ? `the promise: ${JSON.stringify(figures)}` : 'the control, which saw nothing'}`,
  );
if (flags.all) console.error(`What was found is in ${page}.`);
// Not before the output is flushed.
process.exitCode = failed.length > 0 ? 1 : 0;
setTimeout(() => process.exit(), 1_000).unref();
