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

/** The end of a store: the position and leaf (base64url) of its last event. */
export interface End {
  position: number;
  leaf: string;
}

/** Two lines are written alternately, each in its own sector, so that a torn line never damages the other. */
const slotBytes = 512;

const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;

/** The path of a store's anchor. */
export function anchorPath(path: string): string {
  return `${path}-anchor`;
}

/**
 * The end of a store, written beside its file after each commit (docs/decisions/0023).
 *
 * Best effort: a failed write leaves an older end, never one beyond the store.
 */
export class Anchor {
  private file: number | undefined;
  private slot = 0;

  constructor(path: string) {
    try {
      this.file = openSync(anchorPath(path), flags, 0o600);
    } catch {
      return;
    }
    // Overwrite the older of the two ends.
    const [first, second] = linesIn(readAnchor(path));
    this.slot = first && (!second || first.position > second.position) ? 1 : 0;
  }

  /** Writes the end of the store. Called after the commit; the system decides when it reaches the disk. */
  hold({ position, leaf }: End): void {
    const said = `${position} ${leaf}`;
    const line = `${said} ${crc32(said)}\n`;
    this.attempt((file) => writeSync(file, line, this.slot * slotBytes, 'latin1'));
    this.slot = 1 - this.slot;
  }

  flush(): void {
    this.attempt(fdatasyncSync);
  }

  close(): void {
    this.flush();
    this.attempt(closeSync);
    this.file = undefined;
  }

  private attempt(work: (file: number) => unknown): void {
    if (this.file === undefined) return;
    try {
      work(this.file);
    } catch {
      // A full disk, for example: the next commit writes it again.
    }
  }
}

/** The end in an anchor; undefined if none can be read. */
export function anchoredEnd(path: string): End | undefined {
  const [first, second] = linesIn(readAnchor(path));
  return first && second ? (first.position > second.position ? first : second) : (first ?? second);
}

/**
 * Checks before opening that the log still holds the anchored event, without modifying files: opening and closing a
 * damaged log would erase the part behind the damage.
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
    // Any other fault is found and reported by the open itself.
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

/** Removes the anchor of a store that is to be replaced. */
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
