import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { uuidText } from '../../../domain/values/uuid.js';
import { DamagedBody, leafOf, noPrev, readBody } from '../codec.js';
import { EventsMissing, StoreCorrupt } from '../errors.js';
import { sqliteCode } from './errors.js';
import { fileError, openToRead } from './file.js';
import { placeOf } from './reader.js';

/** The result of verifying a store. */
export interface Verification {
  events: number;
  streams: number;
  /** The position of the last event. */
  head: number;
  /** One sentence each, the first hundred; none if every event is intact and in place. */
  problems: string[];
}

/** Yields to other work between two pages. */
export interface Turns {
  nextTurn(call: () => void): void;
}

const pageRows = 500;
const mostProblems = 100;
/** Limited for the structure, to leave room for faults of events, which are more specific. */
const mostOfStructure = 20;

type Row = { seq: number; stream: string | null; rev: number; id: string; leaf: Uint8Array; body: string };

/**
 * Reads the whole file of a stopped store: the structure by SQLite's own check, then every event.
 *
 * @throws StoreInUse another process holds it
 * @throws StoreRefused it is missing, empty, or another application's
 */
export async function verifySqliteFile(path: string, turns: Turns): Promise<Verification> {
  let database: DatabaseSync | undefined;
  try {
    database = openToRead(path);
    const structure = structureProblems(database);
    const found = await verifyEvents(database, turns);
    return { ...found, problems: [...structure, ...found.problems].slice(0, mostProblems) };
  } catch (error) {
    const known = fileError(error, path);
    if (!(known instanceof StoreCorrupt)) throw known;
    if (known instanceof EventsMissing) return { events: 0, streams: 0, head: 0, problems: [known.message] };
    return {
      events: 0,
      streams: 0,
      head: 0,
      problems: [`${known.where} is damaged: ${(known.cause as Error)?.message}`],
    };
  } finally {
    database?.close();
  }
}

/**
 * Compares every event with its hash, its place and its predecessor in the stream, in pages.
 *
 * Data outside the events, such as indexes, are not checked.
 */
export async function verifyEvents(database: DatabaseSync, turns: Turns): Promise<Verification> {
  const read = database.prepare(
    `SELECT seq, name AS stream, rev, lower(hex(id)) AS id, coalesce(CAST(leaf AS BLOB), x'') AS leaf,
       coalesce(CAST(body AS TEXT), '') AS body -- in a damaged file also a column that is never empty may be
     FROM events NOT INDEXED LEFT JOIN streams ON number = stream WHERE seq > ? ORDER BY seq LIMIT ${pageRows}`,
  );
  const check = new Check(database);
  const problems: string[] = [];
  for (let isMore = true; isMore && problems.length < mostProblems; ) {
    const { rows, failure } = pageOf(read, check.head);
    for (const row of rows) problems.push(...check.problemsOf(row));
    if (failure) {
      const last = placeOf(database, rows.at(-1)?.seq ?? check.head);
      problems.push(`What follows ${last} cannot be read: ${failure.message}`);
    }
    isMore = rows.length > 0 && !failure;
    await new Promise<void>((resolve) => turns.nextTurn(resolve));
  }
  const { events, tails, head } = check;
  return { events, streams: tails.size, head, problems: problems.slice(0, mostProblems) };
}

/** The events after a position, up to one that cannot be read. */
function pageOf(read: StatementSync, after: number): { rows: Row[]; failure?: Error } {
  try {
    return { rows: read.all(after) as unknown as Row[] };
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    const rows: Row[] = [];
    try {
      for (const row of read.iterate(after)) rows.push(row as unknown as Row);
    } catch {
      // It fails at the same place.
    }
    return { rows, failure: error as Error };
  }
}

/** Verifies one file, event by event in order of position. */
class Check {
  events = 0;
  head = 0;
  /** By stream, its last revision and that event's leaf. */
  readonly tails = new Map<string, { rev: number; leaf: string }>();
  /** By stream, the last `recordedAt`; several replicas have separate clocks. */
  private readonly recordedAt = new Map<string | null, string>();

  constructor(readonly database: DatabaseSync) {}

  problemsOf(row: Row): string[] {
    const seen = [...this.problemsIn(row)];
    this.events += 1;
    // Never back, so that reading terminates.
    this.head = Math.max(this.head, row.seq);
    this.tails.set(String(row.stream), { rev: row.rev, leaf: Buffer.from(row.leaf).toString('base64url') });
    if (seen.length === 0) return [];
    const place = placeOf(this.database, row.seq);
    return seen.map((problem) => `${place}: ${problem}`);
  }

  private *problemsIn({ seq, stream, rev, id, leaf, body: text }: Row): Iterable<string> {
    const tail = this.tails.get(String(stream)) ?? { rev: -1, leaf: noPrev };
    if (seq <= this.head) yield `it is where position ${this.head + 1} is expected`;
    if (seq > this.head + 1)
      yield `the events from position ${this.head + 1} to ${seq - 1} are missing before it`;
    if (rev !== tail.rev + 1) yield `it follows revision ${tail.rev} of its stream`;
    if (!leafOf(text).equals(leaf)) {
      yield 'its body does not match its hash';
      return;
    }
    try {
      const body = readBody(text);
      const isInPlace = body.stream === stream && body.rev === rev && body.id === uuidText(id);
      if (!isInPlace) yield `its body says ${body.stream} revision ${body.rev}, id ${body.id}`;
      if (body.prev !== tail.leaf) yield 'its body names another event before it';
      if (body.at < (this.recordedAt.get(stream) ?? ''))
        yield `it was recorded at ${body.at}, before the event before it in its stream`;
      this.recordedAt.set(stream, body.at);
    } catch (error) {
      if (!(error instanceof DamagedBody)) throw error;
      yield error.message;
    }
  }
}

function structureProblems(database: DatabaseSync): string[] {
  try {
    const lines = database.prepare(`PRAGMA integrity_check(${mostOfStructure})`).all();
    const found = lines.map((line) => String(Object.values(line)[0]));
    return found.filter((line) => line !== 'ok').map((line) => `The structure of the file: ${line}`);
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return [`The structure of the file: ${(error as Error).message}`];
  }
}
