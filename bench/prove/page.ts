import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commitOf, machine } from './machine.js';
import type { Outcome } from './tried.js';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const page = 'PROOFS.md';
/** What follows this line is kept. */
const keptFrom = '<!-- Written by hand from here on; `npm run prove -- --all` keeps it. -->';

/** Writes what was found to PROOFS.md, above what is kept there by hand, and answers the name of the file. */
export function written(outcomes: readonly Outcome[], run: { seed: number; isSmall: boolean }): string {
  const path = `${root}/${page}`;
  const [, kept = '\n'] = readFileSync(path, 'utf8').split(keptFrom);
  const promises = promisesOf(readFileSync(`${root}/bench/README.md`, 'utf8'));
  const head = [
    '# What was proved, and where',
    '',
    'Each row is one command, `npm run prove -- NAME`, which tries a promise and then breaks it on purpose to see whether that is noticed',
    '(the control). [bench/README.md](bench/README.md) says what each figure means. The **stand-in** is a small server of the protocol of the',
    'cluster with faults that can be switched: what only it has shown says how Topout behaves, not how a server does.',
    '',
    `- ${new Date().toISOString().slice(0, 10)}, commit ${commitOf(root, page)}, ${run.isSmall ? 'small' : 'full'} sizes, seed ${run.seed}`,
    ...machine(root).map((line) => `- ${line}`),
    '',
    '| Proof | Promise | Result | Figures | Control | Seconds |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const rows = outcomes.map((outcome) => rowOf(outcome, promises.get(outcome.name) ?? ''));
  writeFileSync(path, `${[...head, ...rows].join('\n')}\n\n${keptFrom}${kept}`);
  return page;
}

/** The promises by the names of their proofs, from the table of bench/README.md. */
function promisesOf(readme: string): Map<string, string> {
  const rows = readme.matchAll(/^\| `([\w-]+)` \| ([^|]+) \| [^|]+ \| [^|]+ \|$/gm);
  return new Map([...rows].map(([, name = '', promise = '']) => [name, promise.trim()]));
}

function rowOf({ name, rounds, figures, isKept, isCaught, seconds }: Outcome, promise: string): string {
  const { server, run, ...rest } = figures;
  const isRun = isKept !== undefined;
  const where =
    server === undefined
      ? ''
      : `, on the ${server === 'stand-in' ? '**stand-in** only' : `server ${server}`}`;
  const result = isRun ? `${isKept ? 'kept' : '**not kept**'}${where}` : '*not run*';
  const why = String(run ?? '').replace(/^not run: /, '');
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
    seconds,
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}
