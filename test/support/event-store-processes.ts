import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./event-store-owner.mjs', import.meta.url));

/** Another process that opened a store and appended so many events to it. */
export interface Owner {
  /** What it printed: a line for each event that was answered, then `ready`, or why it could not open the store. */
  lines: string[];
  /** As `kill -9` does: it has no chance to tidy up. */
  kill(): Promise<void>;
}

/** Starts a process that holds the store, and waits until it is done appending, or has failed. */
export async function startOwner(path: string, events: number): Promise<Owner> {
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, script, path, String(events)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === 'ready') break;
  }
  return { lines, kill: () => killed(child) };
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
