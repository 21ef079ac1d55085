import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { page, writeRow } from './page.js';
import type { Proof, Trial } from './proof.js';
import { alone, proofs } from './table.js';
import { type Outcome, outcomeOf, Printer } from './tried.js';
import { twoAtATime } from './two-at-a-time.js';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    rounds: { type: 'string' },
    all: { type: 'boolean', default: false },
    both: { type: 'boolean', default: false },
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
const kindsAsked = [flags.all || flags.both, flags.break, flags.control].filter(Boolean).length;
if (!isKnown || !areNumbers || kindsAsked > 1) {
  const names = Object.keys(proofs).join(' | ');
  console.error(
    `usage: npm run prove -- [${names}] [--seed S] [--rounds N] [--small] [--both | --break | --control]`,
  );
  console.error(
    '       npm run prove -- [NAME ...] --all [--small]: each with its control, its row written to PROOFS.md',
  );
  console.error('       npm run prove -- --small: each with its control, two proofs at a time');
  console.error('       node-loss alone: [--stop COMMAND] [--start COMMAND]');
  process.exit(2);
}

const names = positionals.length > 0 ? positionals : Object.keys(proofs);
const isEachCaught = flags.control || flags.all || flags.both || (positionals.length === 0 && !flags.break);
const isShared = flags.small && positionals.length === 0 && kindsAsked === 0;

const outcomes = isShared
  ? await twoAtATime(fileURLToPath(import.meta.url), names, alone, [
      `--seed=${seed}`,
      '--small',
      '--both',
      ...sizeAndNode(),
    ])
  : await oneByOne();
const failed = outcomes.filter(
  ({ isKept, isCaught, ended }) => isKept === false || isCaught === false || ended,
);
// Repeated at the end: often only the end of a long log is kept.
for (const outcome of failed) console.error(`failed: ${outcome.name}, ${whatFailed(outcome)}`);
if (flags.all) console.error(`What was found is in ${page}.`);
// Not before the output is flushed.
process.exitCode = failed.length > 0 ? 1 : 0;
setTimeout(() => process.exit(), 1_000).unref();

async function oneByOne(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  // A child of the process that runs two at a time ends with it.
  const leave = () => process.exit(1);
  process.once('disconnect', leave);
  for (const [index, name] of names.entries()) {
    const proof = await (proofs[name] as () => Promise<Proof>)();
    const { small, full } = proof.rounds;
    const rounds = Number(flags.rounds ?? (flags.small ? small : full));
    const trial: Trial = {
      seed,
      rounds,
      isBroken: flags.break,
      stopNode: flags.stop,
      startNode: flags.start,
    };
    const says = new Printer(name, trial, names.length === 1 ? '' : `${index + 1}/${names.length} `);
    const outcome = await outcomeOf(proof, trial, says, { isHeld: !flags.control, isCaught: isEachCaught });
    says.ended(outcome);
    outcomes.push(outcome);
    process.send?.(outcome);
    // Immediately, so that a long run that is ended early has shown something.
    if (flags.all) writeRow(outcome, Object.keys(proofs), { seed, isSmall: flags.small });
  }
  process.off('disconnect', leave);
  return outcomes;
}

/** The other options, for a child. */
function sizeAndNode(): string[] {
  const { rounds, stop, start } = flags;
  return Object.entries({ rounds, stop, start }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
}

function whatFailed({ figures, isKept, ended }: Outcome): string {
  if (ended) return ended;
  return isKept === false ? `the promise: ${JSON.stringify(figures)}` : 'the control, which saw nothing';
}
