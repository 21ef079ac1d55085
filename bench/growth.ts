import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Effort, Figure, NotRun } from './figures.js';

/** A figure of a bench at one size of the log. */
export type Grown = (Figure | NotRun) & { events: number };

/** The benches with a size, each with its largest size. */
const largest = {
  append: 1_000_000,
  execute: 1_000_000,
  rebuild: 10_000_000,
  'as-of': 1_000_000,
  portfolio: 10_000_000,
  start: 10_000_000,
  memory: 1_000_000,
};
const sizes = [10_000, 100_000, 1_000_000, 10_000_000];
const smallSizes = [1_000, 10_000];

/**
 * How cost grows: every bench with a size at every size, each in its own process, so that none inherits the memory or
 * warm code of another. At ten million events there is a single run.
 */
export async function* growth({ isSmall, runs }: Effort): AsyncIterable<Grown> {
  for (const events of isSmall ? smallSizes : sizes) {
    const names = Object.entries(largest).filter(([, most]) => events <= most);
    for (const [name] of names) {
      const times = events >= 10_000_000 ? 1 : runs;
      yield* grownTo(name, events, { isSmall, runs: times });
    }
  }
}

/** The figures of a bench at one size, from a process of its own, or its failure. */
export async function* grownTo(
  bench: string,
  events: number,
  { isSmall, runs }: Effort,
): AsyncIterable<Grown> {
  const file = fileURLToPath(new URL('./run.js', import.meta.url));
  const size = ['--events', String(events), '--runs', String(runs)];
  const args = [bench, ...size, ...(isSmall ? ['--small'] : [])];
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => resolve(String(signal ?? code)));
  });
  for await (const line of createInterface({ input: child.stdout })) yield { ...JSON.parse(line), events };
  const code = await ended;
  if (code !== '0') yield { bench, figure: 'all', run: `not run: ended with ${code}`, events };
}

/** The figures as a Markdown table: one row each, one column per size, with the ratio to the baseline in brackets. */
export function tableOf(figures: readonly Grown[]): string {
  const columns = [...new Set(figures.map(({ events }) => events))].sort((a, b) => a - b);
  const rows = Map.groupBy(figures, (one) => `\`${one.bench}\`: ${rowName(one)}`);
  const head = ['Figure', ...columns.map((events) => events.toLocaleString('en'))];
  const body = [...rows].map(([name, cells]) => [
    name,
    ...columns.map((events) => cellOf(cells.find((one) => one.events === events))),
  ]);
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The name of a figure without its size, so that all sizes share a row. */
function rowName(one: Grown): string {
  const size = [String(one.events), one.events.toLocaleString('en')];
  const ofEvents = size.reduce(
    (text, number) => text.replace(new RegExp(`\\b${number}\\b`, 'g'), 'N'),
    one.figure,
  );
  // The number of projects grows with that of the events.
  const bare = ofEvents.replace(/ of [\d,]+ projects$|[\d,]+ projects of (?=N events)/, '');
  return 'run' in one ? bare : `${bare}, ${one.unit}${one.versus ? ` (versus ${one.versus})` : ''}`;
}

function cellOf(one: Grown | undefined): string {
  if (!one) return '';
  if ('run' in one) return one.run;
  return one.value.toLocaleString('en') + (one.ratio === undefined ? '' : ` (${one.ratio})`);
}
