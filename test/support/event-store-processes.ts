import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./event-store-owner.mjs', import.meta.url));
const owners: ChildProcess[] = [];

/**
 * Starts a process that opens a store, appends a number of events to it and holds it.
 *
 * Resolves, once it is done appending or has failed, with its output: a line for each acknowledged event, then `ready`,
 * or why it could not open the store.
 */
export async function startOwner(path: string, events: number): Promise<string[]> {
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, script, path, String(events)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(child);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === 'ready') break;
  }
  return lines;
}

/** Ends all started processes by `kill -9`: they cannot clean up. */
export async function killOwners(): Promise<void> {
  await Promise.all(owners.splice(0).map(killed));
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
