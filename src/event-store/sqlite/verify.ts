import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { uuidText } from '../../../domain/values/uuid.js';
import { DamagedBody, leafOfBytes, noPrev, readBody } from '../codec.js';
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

/** What is wrong: an event, its link to the one before it, a part that is not there, or the file around the events. */
export type FaultKind = 'content' | 'link' | 'missing' | 'structure' | 'unreadable';

/** A fault, as a sentence without its end that names the event. */
interface Fault {
  kind: FaultKind;
  text: string;
}

/** The result of checking every event; the first hundred faults. */
export interface EventsChecked extends Omit<Verification, 'problems'> {
  faults: Fault[];
}

/** Called with the leaf of each event, computed from its body, in order of position. */
export type OnLeaf = (leaf: Buffer) => void;

/** Yields to other work between two pages. */
export interface Turns {
  nextTurn(call: () => void): void;
}

const pageRows = 500;
const mostProblems = 100;
/** Limited for the structure, to leave room for faults of events, which are more specific. */
const mostOfStructure = 20;

type Row = {
  seq: number;
  stream: string | null;
  rev: number;
  id: string;
  leaf: Uint8Array;
  body: Uint8Array;
};

/**
 * Reads the whole file of a stopped store: the structure by SQLite's own check, then every event.
 *
 * @throws StoreInUse another process holds it
 * @throws StoreRefused it is missing, empty, or another application's
 */
export async function verifySqliteFile(path: string, turns: Turns): Promise<Verification> {
  return asProblems(await checkSqliteFile(path, turns));
}

/** The same, with the kind of each fault. @throws StoreInUse, StoreRefused */
export async function checkSqliteFile(path: string, turns: Turns, onLeaf?: OnLeaf): Promise<EventsChecked> {
  const nothing = { events: 0, streams: 0, head: 0 };
  let database: DatabaseSync | undefined;
  try {
    database = openToRead(path);
    const structure = structureProblems(database).map((text) => ({ kind: 'structure', text }) as const);
    const found = await checkEvents(database, turns, onLeaf);
    return { ...found, faults: [...structure, ...found.faults].slice(0, mostProblems) };
  } catch (error) {
    const known = fileError(error, path);
    if (!(known instanceof StoreCorrupt)) throw known;
    if (known instanceof EventsMissing)
      return { ...nothing, faults: [{ kind: 'missing', text: known.message }] };
    const text = `${known.where} is damaged: ${(known.cause as Error)?.message}`;
    return { ...nothing, faults: [{ kind: 'unreadable', text }] };
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
  return asProblems(await checkEvents(database, turns));
}

/** The same, with the kind of each fault. */
async function checkEvents(
  database: DatabaseSync,
  turns: Turns,
  onLeaf: OnLeaf = () => undefined,
): Promise<EventsChecked> {
  const read = database.prepare(
    `SELECT seq, name AS stream, rev, lower(hex(id)) AS id, coalesce(CAST(leaf AS BLOB), x'') AS leaf,
       coalesce(CAST(body AS BLOB), x'') AS body -- in a damaged file also a column that is never empty may be
     FROM events NOT INDEXED LEFT JOIN streams ON number = stream WHERE seq > ? ORDER BY seq LIMIT ${pageRows}`,
  );
  const check = new Check(database, onLeaf);
  const faults: Fault[] = [];
  for (let isMore = true; isMore && faults.length < mostProblems; ) {
    const { rows, failure } = pageOf(read, check.head);
    for (const row of rows) faults.push(...check.faultsOf(row));
    if (failure) {
      const last = placeOf(database, rows.at(-1)?.seq ?? check.head);
      faults.push({ kind: 'unreadable', text: `What follows ${last} cannot be read: ${failure.message}` });
    }
    isMore = rows.length > 0 && !failure;
    await new Promise<void>((resolve) => turns.nextTurn(resolve));
  }
  const { events, tails, head } = check;
  return { events, streams: tails.size, head, faults: faults.slice(0, mostProblems) };
}

function asProblems({ faults, ...found }: EventsChecked): Verification {
  return { ...found, problems: faults.map(({ text }) => text) };
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

  constructor(
    readonly database: DatabaseSync,
    private readonly onLeaf: OnLeaf,
  ) {}

  faultsOf(row: Row): Fault[] {
    const leaf = leafOfBytes(row.body);
    const seen = [...this.faultsIn(row, leaf)];
    this.events += 1;
    // Never back, so that reading terminates.
    this.head = Math.max(this.head, row.seq);
    this.tails.set(String(row.stream), { rev: row.rev, leaf: Buffer.from(row.leaf).toString('base64url') });
    this.onLeaf(leaf);
    if (seen.length === 0) return [];
    const place = placeOf(this.database, row.seq);
    return seen.map(({ kind, text }) => ({ kind, text: `${place}: ${text}` }));
  }

  private *faultsIn({ seq, stream, rev, id, leaf, body: bytes }: Row, found: Buffer): Iterable<Fault> {
    const tail = this.tails.get(String(stream)) ?? { rev: -1, leaf: noPrev };
    if (seq <= this.head)
      yield { kind: 'structure', text: `it is where position ${this.head + 1} is expected` };
    if (seq > this.head + 1)
      yield {
        kind: 'missing',
        text: `the events from position ${this.head + 1} to ${seq - 1} are missing before it`,
      };
    if (rev !== tail.rev + 1)
      yield {
        kind: rev > tail.rev + 1 ? 'missing' : 'link',
        text: `it follows revision ${tail.rev} of its stream`,
      };
    if (!found.equals(leaf)) {
      yield { kind: 'content', text: 'its body does not match its hash' };
      return;
    }
    try {
      const body = readBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
      const isInPlace = body.stream === stream && body.rev === rev && body.id === uuidText(id);
      if (!isInPlace)
        yield { kind: 'content', text: `its body says ${body.stream} revision ${body.rev}, id ${body.id}` };
      if (body.prev !== tail.leaf) yield { kind: 'link', text: 'its body names another event before it' };
      if (body.at < (this.recordedAt.get(stream) ?? ''))
        yield {
          kind: 'content',
          text: `it was recorded at ${body.at}, before the event before it in its stream`,
        };
      this.recordedAt.set(stream, body.at);
    } catch (error) {
      if (!(error instanceof DamagedBody)) throw error;
      yield { kind: 'content', text: error.message };
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
