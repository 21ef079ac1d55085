import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Reading } from '../../../domain/log/upcasting.js';
import { uuidText } from '../../../domain/values/uuid.js';
import type { Words } from '../../../domain/values/words.js';
import { DamagedBody, decode } from '../codec.js';
import { StoreCorrupt } from '../errors.js';
import type { StoredRow } from '../event-store.js';
import { eventInRow } from '../stored-rows.js';
import { isDamage } from './errors.js';

/** Maximum events and characters of a page; a page is not filled beyond the second. */
const pageRows = 500;
const pageBytes = 4 * 1024 * 1024;
const stepRows = 100;
/** Maximum events of streams that are read together. */
const wholeRows = 256;

type Row = [seq: number, rev: number, body: string, leaf?: string];

/** Reads pages, each by short queries of its own, so that writing continues between them. */
export class Reader {
  private readonly all: StatementSync;
  private readonly stream: StatementSync;
  private readonly streams: StatementSync;

  /** @param reading how events are upcast; as this version does when absent */
  constructor(
    readonly database: DatabaseSync,
    readonly reading?: Reading,
  ) {
    // In a damaged file even a NOT NULL column may be empty.
    const body = "coalesce(CAST(body AS TEXT), '')";
    this.all = database.prepare(`SELECT seq, rev, ${body} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`);
    this.stream = database.prepare(
      `SELECT seq, rev, ${body}, lower(hex(leaf)) FROM events
       WHERE stream = (SELECT number FROM streams WHERE name = ?) AND rev >= ? AND seq <= ? ORDER BY rev LIMIT ?`,
    );
    // CROSS JOIN keeps the tables in the order written, so that the rows of a stream come together, by the index.
    this.streams = database.prepare(
      `SELECT seq, rev, ${body}, lower(hex(leaf)), key FROM json_each(?) CROSS JOIN streams ON name = value
       CROSS JOIN events ON stream = number WHERE seq <= ? LIMIT ?`,
    );
    // Arrays take half the time of objects.
    for (const statement of [this.all, this.stream, this.streams]) statement.setReturnArrays(true);
  }

  /**
   * The events after a position. Positions must be dense; hashes are not compared, which would double the time of a
   * replay, but by `verifyEvents`.
   */
  pageAfter(position: number): AnyRecordedEvent[] {
    const page = this.page((last, rows) => this.all.all(last?.[0] ?? position, rows));
    return page.map(([seq, , body], index) => {
      const expected = position + 1 + index;
      if (seq !== expected) throw this.corrupt(seq, `position ${expected} is missing before it`);
      return eventIn(this.database, seq, body, this.reading);
    });
  }

  /** The events of a stream from a revision on, up to a position, each compared with its hash. */
  pageOfStream(stream: string, from: number, upTo = Number.MAX_SAFE_INTEGER): AnyRecordedEvent[] {
    return this.rowsOfStream(stream, from, upTo).map((row, index) => this.checked(row, stream, from + index));
  }

  /** The same as they are stored. */
  rowsOfStream(stream: string, from: number, upTo: number): StoredRow[] {
    const page = this.page((last, rows) => this.stream.all(stream, last ? last[1] + 1 : from, upTo, rows));
    return page as unknown as StoredRow[];
  }

  /** The first of some streams, whole up to a position, each event compared with its hash; those beyond 256 events are absent. */
  wholeStreams(names: readonly string[], upTo: number): Map<string, AnyRecordedEvent[]> {
    const whole = new Map<string, AnyRecordedEvent[]>();
    for (const [name, rows] of this.rowsOfStreams(names, upTo))
      whole.set(
        name,
        rows.map((row, revision) => this.checked(row, name, revision)),
      );
    return whole;
  }

  /** The same as they are stored. */
  rowsOfStreams(names: readonly string[], upTo: number): Map<string, StoredRow[]> {
    const rows = this.streams.all(JSON.stringify(names), upTo, wholeRows) as unknown as [
      ...Required<Row>,
      number,
    ][];
    // The last one may go on.
    const cut = rows.length === wholeRows ? rows.at(-1)?.[4] : undefined;
    const found = new Map<string, StoredRow[]>();
    for (const [seq, rev, body, leaf, place] of rows) {
      if (place === cut) break;
      const name = names[place] as string;
      const events = found.get(name);
      if (events) events.push([seq, rev, body, leaf]);
      else found.set(name, [[seq, rev, body, leaf]]);
    }
    return found;
  }

  private checked(row: StoredRow, stream: string, expected: number): AnyRecordedEvent {
    return wherePlaced(this.database, row[0], () => eventInRow(row, stream, expected, this.reading));
  }

  private page(read: (last: Row | undefined, rows: number) => unknown[]): Row[] {
    const page: Row[] = [];
    try {
      for (let bytes = 0, isMore = true; isMore && page.length < pageRows && bytes < pageBytes; ) {
        const rows = read(page.at(-1), stepRows) as Row[];
        isMore = rows.length === stepRows;
        for (const row of rows) bytes += row[2].length;
        page.push(...rows);
      }
      return page;
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      const last = page.at(-1);
      throw new StoreCorrupt(
        last ? `what follows ${placeOf(this.database, last[0])}` : 'a page of its file',
        { cause },
      );
    }
  }

  private corrupt(seq: number, problem: string): StoreCorrupt {
    return new StoreCorrupt(`${placeOf(this.database, seq)}: ${problem}`);
  }
}

/** The event of a row; a fault of its body is reported with its place. */
export function eventIn(
  database: DatabaseSync,
  seq: number,
  body: string,
  reading: Reading | undefined,
): AnyRecordedEvent {
  return wherePlaced(database, seq, () => decode(body, seq, reading));
}

function wherePlaced<Read>(database: DatabaseSync, seq: number, read: () => Read): Read {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof DamagedBody)) throw cause;
    throw new StoreCorrupt(`${placeOf(database, seq)}: ${cause.message}`, { cause });
  }
}

/** Identifies an event by the columns beside its body, as far as they can be read. */
export function placeOf(database: DatabaseSync, seq: number): string {
  const row = rowOf(database, seq);
  return row ? placeWords(seq, row.name, row.rev, row.id).en : `event ${seq}`;
}

/** Identifies an event in both languages; `id` as text or hex. */
export function placeWords(seq: number, stream: unknown, rev: unknown, id: unknown): Words {
  const uuid = uuidText(String(id));
  return {
    en: `event ${seq} (${stream} revision ${rev}, id ${uuid})`,
    zh: `记录 ${seq}（${stream} 第 ${rev} 号，标识 ${uuid}）`,
  };
}

function rowOf(database: DatabaseSync, seq: number): Record<string, unknown> | undefined {
  try {
    return database
      .prepare(
        'SELECT name, rev, lower(hex(id)) AS id FROM events LEFT JOIN streams ON number = stream WHERE seq = ?',
      )
      .get(seq);
  } catch (error) {
    // A scan may reach an event that an index search does not find.
    if (!isDamage(error)) throw error;
    return undefined;
  }
}
