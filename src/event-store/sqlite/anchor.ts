import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { EventsMissing } from '../errors.js';

/** The end of a store: the position of its last event, and that event's leaf in base64url. */
export interface End {
  position: number;
  leaf: string;
}

/** Two lines are written in turn, each in a sector of its own, so that half a line never takes the other one with it. */
const slotBytes = 512;

const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;

/** Where the anchor of a store lies. */
export function anchorPath(path: string): string {
  return `${path}-anchor`;
}

/**
 * The end of a store, written down beside its file after each commit (docs/decisions/0023).
 *
 * It is an aid: what cannot be written of it is left, and then it says less than the store holds, never more.
 */
export class Anchor {
  #file: number | undefined;
  #slot = 0;

  constructor(path: string) {
    try {
      this.#file = openSync(anchorPath(path), flags, 0o600);
    } catch {
      return;
    }
    // The older of two ends is the one to be written over.
    const [first, second] = linesIn(readAnchor(path));
    this.#slot = first && (!second || first.position > second.position) ? 1 : 0;
  }

  /** Writes down where the store ends. It is called after the commit, and leaves it to the system when this reaches the disk. */
  hold({ position, leaf }: End): void {
    const said = `${position} ${leaf}`;
    const line = `${said} ${crc32(said)}\n`;
    this.#attempt((file) => writeSync(file, line, this.#slot * slotBytes, 'latin1'));
    this.#slot = 1 - this.#slot;
  }

  flush(): void {
    this.#attempt(fdatasyncSync);
  }

  close(): void {
    this.flush();
    this.#attempt(closeSync);
    this.#file = undefined;
  }

  #attempt(work: (file: number) => unknown): void {
    if (this.#file === undefined) return;
    try {
      work(this.#file);
    } catch {
      // A full disk, say: the next commit is written down again.
    }
  }
}

/** The end that an anchor says; undefined where there is none that can be read. */
export function anchoredEnd(path: string): End | undefined {
  const [first, second] = linesIn(readAnchor(path));
  return first && second ? (first.position > second.position ? first : second) : (first ?? second);
}

/**
 * Looks, before a store is opened, whether its log still holds what the anchor says, and touches nothing: to open a damaged
 * log and close it again would do away with what lies behind the damage.
 *
 * @throws EventsMissing
 */
export function requireAnchored(path: string): void {
  if (!existsSync(`${path}-wal`) || !anchoredEnd(path)) return;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    requireEnd(database, path);
  } catch (error) {
    // Whatever else is wrong is found, and said, by whoever opens it.
    if (error instanceof EventsMissing) throw error;
  } finally {
    database?.close();
  }
}

/**
 * Compares an open store with its anchor.
 *
 * @throws EventsMissing
 */
export function requireEnd(database: DatabaseSync, path: string): void {
  const anchored = anchoredEnd(path);
  if (!anchored) return;
  const found = database.prepare('SELECT leaf FROM events WHERE seq = ?').get(anchored.position);
  if (found && Buffer.from(found.leaf as Uint8Array).toString('base64url') === anchored.leaf) return;
  const last = Number(database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM events').get()?.seq);
  throw new EventsMissing(path, anchorPath(path), last, anchored.position);
}

/** Takes the anchor of a store away that another one is to replace. */
export function removeAnchor(path: string): void {
  rmSync(anchorPath(path), { force: true });
}

function readAnchor(path: string): string {
  try {
    return readFileSync(anchorPath(path), 'latin1');
  } catch {
    return '';
  }
}

function linesIn(text: string): (End | undefined)[] {
  return [0, slotBytes].map((from) => {
    const [, position, leaf, sum] =
      /^(\d+) ([\w-]{43}) (\d+)\n/.exec(text.slice(from, from + slotBytes)) ?? [];
    if (leaf === undefined || crc32(`${position} ${leaf}`) !== Number(sum)) return undefined;
    return { position: Number(position), leaf };
  });
}
