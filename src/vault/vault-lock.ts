import { type BigIntStats, closeSync, fstatSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How long a lock file may stay unchanged before its writer counts as dead, in milliseconds. */
const goneMs = 2_000;
/** Total time to wait for others, in milliseconds. */
const patienceMs = 30_000;
/** Polling interval, in milliseconds. */
const stepMs = 5;

/** Other processes hold the lock all the time; nothing was changed. */
class VaultBusy extends Error {}

/** A file that only this process is writing. */
export interface Turn {
  file: number;
  /** False if another process considered this one dead; its writes must not count. */
  isStillMine(): boolean;
}

/**
 * Creates a file exclusively, runs work and returns its result: while the file exists, no other process gets the lock.
 * Afterwards it is renamed or removed; the file of a killed writer is removed after 2 s.
 *
 * No clocks are compared: a writer is dead if its file stays unchanged for that long. Waiting blocks the whole process.
 *
 * @throws VaultBusy after 30 s
 */
export function inTurn<Answer>(path: string, work: (turn: Turn) => Answer): Answer {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let seen: string | undefined;
  let stillMs = 0;
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += stepMs) {
    const file = openedNew(path);
    if (file !== undefined) return withFile(path, file, work);
    const now = lookOf(path);
    stillMs = now === seen ? stillMs + stepMs : 0;
    seen = now;
    if (now !== undefined && stillMs >= goneMs && lookOf(path) === now) rmSync(path, { force: true });
    else sleep(stepMs);
  }
  throw new VaultBusy(`${path} is written by other processes all the time; nothing was changed. Try again.`);
}

function withFile<Answer>(path: string, file: number, work: (turn: Turn) => Answer): Answer {
  const isStillMine = () => {
    const { ino } = fstatSync(file);
    return statSync(path, { throwIfNoEntry: false })?.ino === ino;
  };
  try {
    return work({ file, isStillMine });
  } finally {
    if (isStillMine()) rmSync(path, { force: true });
    closeSync(file);
  }
}

function openedNew(path: string): number | undefined {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

function lookOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && shownBy(found);
}

/** Distinguishes a file from another one of the same name, and from itself after a write. */
export function shownBy({ ino, ctimeNs, size }: BigIntStats): string {
  return `${ino} ${ctimeNs} ${size}`;
}

/** Keys are read and written synchronously, so the process blocks as for its disk. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
