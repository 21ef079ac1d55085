import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Outcome } from './tried.js';

/**
 * Runs each proof in a process of its own, two at a time, and those that must be alone one after the other at the end. The
 * output of each is printed whole when it ends, below a line with its name and its seconds.
 *
 * @param program takes the name of a proof and the arguments, and sends its outcome
 * @param args of each process, beside the name
 * @returns the outcomes in the order of their ends; a process that ends without one has failed
 */
export async function twoAtATime(
  program: string,
  names: readonly string[],
  alone: ReadonlySet<string>,
  args: readonly string[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const runAll = async (waiting: string[]) => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const { outcome, print } = await inProcess(program, [name, ...args]);
      outcomes.push(outcome);
      print(`${outcomes.length}/${names.length} ${name}: ${outcome.seconds} s`);
    }
  };
  const shared = names.filter((name) => !alone.has(name));
  await Promise.all([runAll(shared), runAll(shared)]);
  await runAll(names.filter((name) => alone.has(name)));
  return outcomes;
}

/** Runs a proof in a process of its own. */
async function inProcess(program: string, args: readonly [string, ...string[]]) {
  const begun = performance.now();
  const child = fork(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const chunks: { to: NodeJS.WriteStream; text: string }[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => chunks.push({ to: process.stdout, text }));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => chunks.push({ to: process.stderr, text }));
  const outcome = await outcomeOf(child, args[0], begun);
  return {
    outcome,
    print(heading: string): void {
      console.error(heading);
      for (const { to, text } of chunks) to.write(text);
    },
  };
}

/** What a process sent, or that it sent nothing, or ended with another code than its outcome has. */
async function outcomeOf(child: ChildProcess, name: string, begun: number): Promise<Outcome> {
  let sent: Outcome | undefined;
  child.on('message', (outcome: Outcome) => {
    sent = outcome;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const outcome = { ...(sent ?? { name, rounds: 0, figures: {} }), seconds };
  const isFailure = sent?.isKept === false || sent?.isCaught === false;
  if (sent && (code === 0 || isFailure)) return outcome;
  return { ...outcome, ended: `its process ended with ${signal ?? `exit code ${code}`}` };
}
