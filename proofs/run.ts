import { parseArgs } from 'node:util';
import { page, writeRow } from './page.js';
import type { Proof, Trial } from './proof.js';
import { type Outcome, outcomeOf, Printer } from './tried.js';

/** Each proof is loaded when it is run: some prepare large inputs while they are loaded. */
const proofs: Record<string, () => Promise<Proof>> = {
  kill9: async () => (await import('./kill9.js')).kill9,
  powercut: async () => (await import('./powercut.js')).powercut,
  fsyncfail: async () => (await import('./fsyncfail.js')).fsyncfail,
  idempotent: async () => (await import('./idempotent.js')).idempotent,
  history: async () => (await import('./history.js')).history,
  damage: async () => (await import('./damage.js')).damage,
  twoprocs: async () => (await import('./twoprocs.js')).twoprocs,
  diskfull: async () => (await import('./diskfull.js')).diskfull,
  backup: async () => (await import('./backup.js')).backup,
  drain: async () => (await import('./drain.js')).drain,
  viewcrash: async () => (await import('./viewcrash.js')).viewcrash,
  rebuild: async () => (await import('./rebuild.js')).rebuild,
  replay: async () => (await import('./replay.js')).replay,
  stall: async () => (await import('./stall.js')).stall,
  clock: async () => (await import('./clock.js')).clock,
  delivery: async () => (await import('./delivery.js')).delivery,
  down24h: async () => (await import('./down24h.js')).down24h,
  hostile: async () => (await import('./hostile.js')).hostile,
  mail: async () => (await import('./mail.js')).mail,
  sse10k: async () => (await import('./sse10k.js')).sse10k,
  'slow-readers': async () => (await import('./slow-readers.js')).slowReaders,
  adapters: async () => (await import('./adapters.js')).adapters,
  deadlines: async () => (await import('./deadlines.js')).deadlines,
  'unknown-outcome': async () => (await import('./unknown-outcome.js')).unknownOutcome,
  'catch-up': async () => (await import('./catch-up.js')).catchUp,
  silent: async () => (await import('./silent.js')).silent,
  'bounded-memory': async () => (await import('./bounded-memory.js')).boundedMemory,
  'long-project': async () => (await import('./long-project.js')).longProjectKept,
  'leader-loss': async () => (await import('./leader-loss.js')).leaderLoss,
  'node-loss': async () => (await import('./node-loss.js')).nodeLoss,
  race: async () => (await import('./race.js')).race,
  waltail: async () => (await import('./waltail.js')).waltail,
  tamper: async () => (await import('./ledger/tamper.js')).tamper,
  splitview: async () => (await import('./ledger/splitview.js')).splitview,
  rollback: async () => (await import('./ledger/rollback.js')).rollback,
  poison: async () => (await import('./poison.js')).poison,
  'slow-clients': async () => (await import('./slow-clients.js')).slowClients,
  secrets: async () => (await import('./secrets.js')).secrets,
  rate: async () => (await import('./access/rate.js')).rate,
  authz: async () => (await import('./access/authz.js')).authz,
  'path-tricks': async () => (await import('./access/path-tricks.js')).pathTricks,
  rebinding: async () => (await import('./access/rebinding.js')).rebinding,
  fuzz: async () => (await import('./fuzz/fuzz.js')).fuzz,
  erase: async () => (await import('./access/erase.js')).erase,
  revoke: async () => (await import('./access/revoke.js')).revoke,
  bundle: async () => (await import('./ledger/bundle.js')).bundle,
  soak: async () => (await import('./soak.js')).soak,
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
  const proof = await (proofs[name] as () => Promise<Proof>)();
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
