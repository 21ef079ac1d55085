import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machine } from '../bench/machine.js';
import { commitOf } from './commit.js';
import type { Outcome } from './tried.js';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const page = 'PROOFS.md';
/** Text after this line is kept. */
const keptFrom = '<!-- Written by hand from here on; `npm run prove -- --all` keeps it. -->';

/** When, at what size and on which commit a proof ran. */
export interface Run {
  on: string;
  commit: string;
  size: 'small' | 'full';
  seed: number;
  machine: readonly string[];
}

/**
 * Writes the result of a proof to PROOFS.md, above the manually written part; rows of other proofs are unchanged.
 *
 * @param names of all proofs, in the order of the rows
 */
export function writeRow(
  outcome: Outcome,
  names: readonly string[],
  { seed, isSmall }: { seed: number; isSmall: boolean },
): void {
  const path = `${root}/${page}`;
  const run: Run = {
    on: new Date().toISOString().slice(0, 10),
    commit: commitOf(root, page),
    size: isSmall ? 'small' : 'full',
    seed,
    machine: machine(root),
  };
  const promises = promisesOf(readFileSync(`${root}/bench/README.md`, 'utf8'));
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, pageWith(before, { outcome, names, promise: promises.get(outcome.name) ?? '', run }));
}

/** The page with the row of a proof replaced; rows of removed proofs are dropped. */
export function pageWith(
  before: string,
  found: { outcome: Outcome; names: readonly string[]; promise: string; run: Run },
): string {
  const { outcome, names, promise, run } = found;
  const [table = '', kept = '\n'] = before.split(keptFrom);
  const rows = new Map([...table.matchAll(/^\| `([\w-]+)` \|.*$/gm)].map(([row, name = '']) => [name, row]));
  rows.set(outcome.name, rowOf(outcome, promise, run));
  const head = [
    '# What was proved, and where',
    '',
    'Each row is one command, `npm run prove -- NAME`, which tries a promise and then breaks it on purpose to see whether that is noticed',
    '(the control). [bench/README.md](bench/README.md) says what each figure means. The **stand-in** is a small server of the protocol of the',
    'cluster with faults that can be switched: what only it has shown says how Topout behaves, not how a server does.',
    '',
    'Each row says when it was run, on which commit and at which size; the full sizes are run in pieces. The last run was on',
    '',
    ...run.machine.map((line) => `- ${line}`),
    '',
    '| Proof | Promise | Result | Figures | Control | Run | Seconds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ];
  const known = names.flatMap((name) => rows.get(name) ?? []);
  return `${[...head, ...known].join('\n')}\n\n${keptFrom}${kept}`;
}

/** The promises by the names of their proofs, from the table of bench/README.md. */
function promisesOf(readme: string): Map<string, string> {
  const rows = readme.matchAll(/^\| `([\w-]+)` \| ([^|]+) \| [^|]+ \| [^|]+ \|$/gm);
  return new Map([...rows].map(([, name = '', promise = '']) => [name, promise.trim()]));
}

function rowOf(
  { name, rounds, figures, isKept, isCaught, seconds }: Outcome,
  promise: string,
  { on, commit, size, seed }: Run,
): string {
  const { server, run: whyNot, ...rest } = figures;
  const isRun = isKept !== undefined;
  const where =
    server === undefined
      ? ''
      : `, on the ${server === 'stand-in' ? '**stand-in** only' : `server ${server}`}`;
  const result = isRun ? `${isKept ? 'kept' : '**not kept**'}${where}` : '*not run*';
  const why = String(whyNot ?? '').replace(/^not run: /, '');
  const shown = Object.entries(isRun ? { rounds, ...rest } : {}).map(
    ([figure, value]) => `${figure} ${value}`,
  );
  const control = isCaught === undefined ? '*not run*' : isCaught ? 'caught' : '**missed**';
  const cells = [
    `\`${name}\``,
    promise,
    result,
    [why, ...shown].filter(Boolean).join(', '),
    control,
    `${size}, ${on}, ${commit}, seed ${seed}`,
    seconds,
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}
