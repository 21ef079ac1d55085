import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DamagedBody, leafOf, readBody } from '../codec.js';
import { sqliteCode } from './errors.js';
import type { Turns } from './verify.js';

/** An event whose bytes match its hash. */
export interface IntactEvent {
  /** Null if only its bytes were found, not its row. */
  position: number | null;
  stream: string;
  revision: number;
  /** In base64url; SHA-256 of a zero byte and the UTF-8 of the body. */
  leaf: string;
  body: string;
}

/** Missing revisions of a stream below an intact one; both ends inclusive. */
export interface MissingRevisions {
  stream: string;
  from: number;
  to: number;
}

/** The minimum size of a stored event, in bytes, which bounds the number of events in a file. */
const leastBytes = 200;
/** The longest body, including its envelope, in bytes. */
const mostBytes = 256 * 1024;
const sliceBytes = 8 * 1024 * 1024;
const leafBytes = 32;
const pageEvents = 500;
const bodyStart = Buffer.from('{"at":"');
const bodyEnd = Buffer.from(',"v":1}');

/**
 * Every intact event in the files of a damaged store: row by row as far as SQLite can read, then by scanning the bytes,
 * which works with damaged pages. The files are not changed.
 *
 * An event longer than a page of 4 KiB whose row is unreachable is not found. Events without a position may include
 * some that were never acknowledged.
 *
 * @param scratch a path for temporary copies, which SQLite may change
 */
export async function* intactEvents(
  path: string,
  scratch: string,
  turns: Turns,
): AsyncGenerator<IntactEvent> {
  const found = new Set<string>();
  let untilTurn = pageEvents;
  for (const event of allOf(path, scratch)) {
    untilTurn -= 1;
    if (untilTurn === 0) {
      untilTurn = pageEvents;
      await new Promise<void>((resolve) => turns.nextTurn(resolve));
    }
    if (!event || found.has(event.leaf)) continue;
    found.add(event.leaf);
    yield event;
  }
}

/** The missing revisions below the last intact one of each stream, over a sequence of events. */
export class Gaps {
  private readonly revisions = new Map<string, Set<number>>();

  take({ stream, revision }: IntactEvent): void {
    const revisions = this.revisions.get(stream) ?? new Set();
    this.revisions.set(stream, revisions.add(revision));
  }

  get streams(): number {
    return this.revisions.size;
  }

  missing(): MissingRevisions[] {
    return [...this.revisions].flatMap(([stream, revisions]) => {
      const sorted = [-1, ...[...revisions].sort((a, b) => a - b)];
      return sorted.slice(1).flatMap((revision, index) => {
        const before = sorted[index] ?? -1;
        return revision === before + 1 ? [] : [{ stream, from: before + 1, to: revision - 1 }];
      });
    });
  }
}

function* allOf(path: string, scratch: string): Generator<IntactEvent | undefined> {
  yield* inRows(path, scratch);
  for (const file of [path, `${path}-wal`]) if (existsSync(file)) yield* inBytes(file);
}

function* inRows(path: string, scratch: string): Generator<IntactEvent | undefined> {
  let database: DatabaseSync | undefined;
  try {
    let bytes = 0;
    for (const suffix of ['', '-wal']) {
      if (!existsSync(path + suffix)) continue;
      copyFileSync(path + suffix, scratch + suffix);
      chmodSync(scratch + suffix, 0o600);
      bytes += statSync(path + suffix).size;
    }
    database = new DatabaseSync(scratch);
    const row = database.prepare('SELECT leaf, CAST(body AS TEXT) AS body FROM events WHERE seq = ?');
    const last = Math.min(lastIn(database), Math.ceil(bytes / leastBytes));
    for (let position = 1; position <= last; position += 1) yield eventAt(row, position);
  } catch (error) {
    // A file that SQLite cannot read may still hold every event.
    if (sqliteCode(error) === undefined) throw error;
  } finally {
    database?.close();
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(scratch + suffix, { force: true });
  }
}

/** The last position, or unbounded if it cannot be read. */
function lastIn(database: DatabaseSync): number {
  try {
    return Number(database.prepare('SELECT max(seq) AS last FROM events').get()?.last ?? 0);
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return Number.POSITIVE_INFINITY;
  }
}

function eventAt(
  row: { get(position: number): Record<string, unknown> | undefined },
  position: number,
): IntactEvent | undefined {
  try {
    const { leaf, body } = row.get(position) ?? {};
    return leaf instanceof Uint8Array && typeof body === 'string'
      ? intact(position, Buffer.from(leaf), body)
      : undefined;
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Scans a file for bodies that directly follow their hash in a row. */
function* inBytes(path: string): Generator<IntactEvent | undefined> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const slice = Buffer.alloc(leafBytes + sliceBytes + mostBytes);
    for (let from = 0; from < size; from += sliceBytes) {
      const begin = Math.max(0, from - leafBytes);
      const bytes = slice.subarray(0, readSync(file, slice, 0, slice.length, begin));
      const end = from - begin + sliceBytes;
      let start = bytes.indexOf(bodyStart, from - begin);
      while (start !== -1 && start < end) {
        const next = bytes.indexOf(bodyStart, start + 1);
        if (start >= leafBytes) yield bodyAt(bytes, start, next === -1 ? bytes.length : next);
        start = next;
      }
    }
  } finally {
    closeSync(file);
  }
}

function bodyAt(bytes: Buffer, start: number, limit: number): IntactEvent | undefined {
  const leaf = bytes.subarray(start - leafBytes, start);
  const last = Math.min(limit, start + mostBytes);
  for (let at = bytes.indexOf(bodyEnd, start); at !== -1 && at < last; at = bytes.indexOf(bodyEnd, at + 1)) {
    const event = intact(null, leaf, bytes.toString('utf8', start, at + bodyEnd.length));
    if (event) return event;
  }
  return undefined;
}

function intact(position: number | null, leaf: Buffer, body: string): IntactEvent | undefined {
  if (!leafOf(body).equals(leaf)) return undefined;
  try {
    const { stream, rev } = readBody(body);
    return { position, stream, revision: rev, leaf: leaf.toString('base64url'), body };
  } catch (error) {
    if (error instanceof DamagedBody) return undefined;
    throw error;
  }
}
