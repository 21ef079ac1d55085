import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bench, type Figure, figureOf, type NotRun } from './figures.js';
import { installPeers, isInstalled } from './peers/installed.js';
import type { Seen, Task } from './peers/tasks.js';

const names = {
  topout: 'Topout',
  'emmett-sqlite-shared': 'Emmett SQLite, one shared connection',
  'emmett-sqlite': 'Emmett SQLite as documented',
  'emmett-memory': 'Emmett in memory, nothing durable',
  evtstore: 'evtstore in memory, nothing durable',
  eventstore: 'eventstore in memory, nothing durable',
  lmdb: 'LMDB, durable puts of the same text',
} as const;

type Name = keyof typeof names;

const all: Name[] = [
  'emmett-sqlite-shared',
  'emmett-sqlite',
  'emmett-memory',
  'evtstore',
  'eventstore',
  'lmdb',
];

interface Comparison {
  figure: string;
  unit: string;
  task: Task;
  peers: Name[];
}

/** A requirement of one peer that may be missing. */
const needs: Partial<Record<Name, string>> = {
  'emmett-sqlite-shared': 'sqlite3',
  'emmett-sqlite': 'sqlite3',
  lmdb: 'lmdb',
};

/** Longer than any task takes; a process still running then has hung. */
const patienceMs = 300_000;

/**
 * Topout's embedded store versus other event stores at the same tasks with the same events, by turns, each measurement
 * in its own process.
 *
 * The peers are installed at the first run, separate from the product's dependencies.
 */
export const peers: Bench = async function* ({ isSmall, runs, events = isSmall ? 5_000 : 100_000 }) {
  const reason = installPeers();
  if (reason) {
    yield { bench: 'peers', figure: 'all', run: `not run: ${reason}` };
    return;
  }
  for (const comparison of comparisons(isSmall, events)) yield* compared(comparison, runs);
};

function comparisons(isSmall: boolean, events: number): Comparison[] {
  const mostSeconds = isSmall ? 3 : 8;
  const append = (inFlight: number, eventsEach: number, appends: number): Task => ({
    kind: 'append',
    inFlight,
    eventsEach,
    appends: isSmall ? appends / 5 : appends,
    mostSeconds,
  });
  const unit = 'events/s';
  return [
    { figure: 'append, 1 in flight', unit, task: append(1, 1, 10_000), peers: all },
    { figure: 'append, 64 in flight', unit, task: append(64, 1, 80_000), peers: all },
    { figure: 'append of 100 events, 1 in flight', unit, task: append(1, 100, 800), peers: all },
    {
      figure: 'load of a stream of 1,000 events',
      unit: 'ms',
      task: { kind: 'load', events: 1_000, reads: isSmall ? 10 : 50 },
      peers: ['emmett-sqlite', 'emmett-memory', 'evtstore', 'eventstore'],
    },
    {
      figure: `replay of ${events} events`,
      unit,
      task: {
        kind: 'replay',
        shape: { projects: Math.ceil(events / 500), eventsEach: 500 },
        mostSeconds: isSmall ? 10 : 60,
      },
      peers: ['emmett-sqlite'],
    },
  ];
}

/** Every subject at one task, by turns; a failed one is reported and has no ratio. */
async function* compared(comparison: Comparison, runs: number): AsyncIterable<Figure | NotRun> {
  const { figure, unit, task, peers } = comparison;
  const bench = 'peers';
  const seen = new Map<Name, Seen[]>();
  const failed = new Map<Name, string>();
  for (const name of peers) {
    const needed = needs[name];
    if (needed !== undefined && !isInstalled(needed))
      failed.set(name, `${needed} could neither be fetched nor compiled here`);
  }
  for (let run = 0; run < runs; run += 1) {
    for (const name of ['topout' as const, ...peers]) {
      if (failed.has(name)) continue;
      try {
        seen.set(name, [...(seen.get(name) ?? []), await measured(name, task)]);
      } catch (error) {
        failed.set(name, (error as Error).message);
      }
    }
  }
  if (failed.has('topout')) throw new Error(`Topout, ${figure}: ${failed.get('topout')}`);
  const ours = seen.get('topout') ?? [];
  const values = ours.map(({ value }) => value);
  for (const name of peers) {
    const because = failed.get(name);
    if (because !== undefined) {
      yield { bench, figure: `${figure}: ${names[name]}`, run: `not run: ${because}` };
      continue;
    }
    const theirs = seen.get(name) ?? [];
    const partly = partOf(task, theirs);
    const peerValues = theirs.map(({ value }) => value);
    if (peerValues.includes(0))
      yield figureOf({ bench, figure: `${figure}: ${names[name]}${partly}`, unit }, peerValues);
    else yield figureOf({ bench, figure, unit }, values, { name: names[name] + partly, values: peerValues });
  }
}

/** The completed part of a task, if some of it failed or was not reached. */
function partOf(task: Task, seen: readonly Seen[]): string {
  if (task.kind === 'load') return '';
  const least = Math.min(...seen.map(({ events }) => events));
  const first = seen.find(({ failed }) => failed);
  // A rate is enough unless the task failed, or is a replay whose last events may be slower.
  const isWorthSaying =
    task.kind === 'append' ? least === 0 : least < task.shape.projects * task.shape.eventsEach;
  const part = isWorthSaying ? `; ${least} events in ${task.mostSeconds} s` : '';
  return part + (first ? `; ${first.failed} appends failed, the first because "${first.because}"` : '');
}

/** One measurement in its own process, which may crash. */
async function measured(name: Name, task: Task): Promise<Seen> {
  // Not the temporary folder, which may be in memory and flush nothing.
  const folder = mkdtempSync(fileURLToPath(new URL('../peers-', import.meta.url)));
  const file = fileURLToPath(new URL('./peers/child.js', import.meta.url));
  const child = fork(file, [name, JSON.stringify(task), folder], { silent: true });
  let said = '';
  child.stdout?.resume();
  child.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-1_000);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  try {
    const answer = await new Promise<Seen & { error?: string; unhandled: number }>((resolve, reject) => {
      child.on('message', (message) => resolve(message as Seen & { unhandled: number }));
      child.on('exit', (code, signal) => {
        reject(new Error(`its process ended with ${signal ?? code}: ${said.trim()}`));
      });
    });
    if (answer.error !== undefined) throw new Error(answer.error);
    if (answer.unhandled > 0)
      process.stderr.write(`bench: ${names[name]} emitted ${answer.unhandled} errors that nobody handles\n`);
    return answer;
  } finally {
    clearTimeout(late);
    if (child.exitCode === null && child.signalCode === null)
      await new Promise<void>((resolve) => child.once('exit', () => resolve()));
    rmSync(folder, { recursive: true, force: true });
  }
}
