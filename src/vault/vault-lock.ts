import { type BigIntStats, closeSync, fstatSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How long a file that is being written may stand still before its writer counts as gone, in milliseconds. */
const goneMs = 2_000;
/** How long others are waited for in all, in milliseconds. */
const patienceMs = 30_000;
/** How often it is looked whether it is one's turn, in milliseconds. */
const stepMs = 5;

/** Other processes write the file all the time; nothing was changed. */
export class VaultBusy extends Error {}

/** A file that this process alone is writing. */
export interface Turn {
  file: number;
  /** False when another process took this one for gone; what it writes then must not count. */
  isStillMine(): boolean;
}

/**
 * Makes a file that does not exist, and answers what is done with it: while it is there, no other process gets that far. Who
 * has done it moves the file away or leaves it to be removed; one whose writer was killed is removed after 2 s.
 *
 * Nobody compares clocks: a writer is gone when its file stays the same for so long. Waiting holds up the whole process.
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

/** Tells one file from another of the same name, and from itself after it was written to. */
export function shownBy({ ino, ctimeNs, size }: BigIntStats): string {
  return `${ino} ${ctimeNs} ${size}`;
}

/** The keys are read and written in one go, so the process waits as it does for its disk. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
