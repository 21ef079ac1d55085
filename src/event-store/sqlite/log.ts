import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Reading } from '../../../domain/log/upcasting.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { uuidBytes } from '../../../domain/values/uuid.js';
import { isExpected, type Prepared, saysSame } from '../appending.js';
import { bodyText, encoded, noPrev } from '../codec.js';
import { EventIdReused, RevisionConflict, StoreCorrupt } from '../errors.js';
import type { Appended, ExpectedRevision } from '../event-store.js';
import { Tails } from '../tails.js';
import { isUniqueViolation } from './errors.js';
import { eventIn } from './reader.js';
import type { Added } from './recent.js';

/** An append waiting for its transaction. */
export interface Request {
  stream: string;
  events: readonly Prepared[];
  expected: ExpectedRevision;
}

/** The end of a stream: where the next event attaches. */
interface Tail {
  /** Absent for a stream without events. */
  number?: number;
  revision: number;
  leaf: string;
}

/** Ends of streams per generation, some 200 bytes each: an import writes to all projects in turn, and looking an end up takes longer than a row. */
const tailsKept = 65_536;

const idRoom = new Uint8Array(16);
const leafRoom = Buffer.alloc(32);

/** The tables inside a writer's transaction; the caller begins and ends it. */
export class Log {
  /** The position of the last event, including an open transaction; nobody else writes to the file. */
  position = 0;
  /** The leaf of the event at that position; absent if there is none. */
  leaf: string | undefined;
  private added: Added[] = [];
  private bodyBytes = 0;
  private readonly tails = new Tails<Tail>(tailsKept);
  private readonly last: StatementSync;
  private readonly tail: StatementSync;
  private readonly byId: StatementSync;
  private readonly addStream: StatementSync;
  private readonly addEvent: StatementSync;
  private readonly save: StatementSync;
  private readonly release: StatementSync;

  constructor(
    readonly database: DatabaseSync,
    private readonly reading?: Reading,
  ) {
    this.last = database.prepare('SELECT seq, leaf FROM events ORDER BY seq DESC LIMIT 1');
    this.tail = database.prepare(
      `SELECT number, rev, leaf FROM streams JOIN events ON stream = number
       WHERE name = ? ORDER BY rev DESC LIMIT 1`,
    );
    this.byId = database.prepare('SELECT seq, CAST(body AS TEXT) AS body FROM events WHERE id = ?');
    this.addStream = database.prepare('INSERT INTO streams (name) VALUES (?)');
    this.addEvent = database.prepare(
      'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.save = database.prepare('SAVEPOINT request');
    this.release = database.prepare('RELEASE request');
    this.forget();
  }

  /** Clears all caches after a rollback. */
  forget(): void {
    this.tails.forgetAll();
    this.added = [];
    const last = this.last.get() as { seq: number; leaf: Uint8Array } | undefined;
    this.position = last?.seq ?? 0;
    this.leaf = last && Buffer.from(last.leaf).toString('base64url');
  }

  /** Bytes of the bodies stored since the last call. */
  takeBodyBytes(): number {
    const bytes = this.bodyBytes;
    this.bodyBytes = 0;
    return bytes;
  }

  /** What was stored since the last call, in order. */
  takeAdded(): Added[] {
    const { added } = this;
    this.added = [];
    return added;
  }

  /** Stores one request, all or none of it, or finds that it is already stored. */
  append(request: Request, at: Instant): Appended {
    const tail = this.tailOf(request.stream);
    if (!isExpected(request.expected, tail.revision)) {
      const events = this.earlier(request);
      if (events) return { events, isReplay: true };
      throw new RevisionConflict(request.stream, request.expected as number | 'no-stream', tail.revision);
    }
    // A single row of a known stream needs none: one statement is atomic.
    const hasSavepoint = request.events.length > 1 || tail.number === undefined;
    const { position, leaf } = this;
    const { length } = this.added;
    if (hasSavepoint) this.save.run();
    try {
      const events = this.add(request, tail, at);
      if (hasSavepoint) this.release.run();
      return { events, isReplay: false };
    } catch (error) {
      this.position = position;
      this.leaf = leaf;
      this.added.length = length;
      // After some failures SQLite has already rolled back the whole transaction.
      if (hasSavepoint && this.database.isTransaction)
        this.database.exec('ROLLBACK TO request; RELEASE request');
      if (!isUniqueViolation(error)) throw error;
      const events = this.earlier(request);
      if (events) return { events, isReplay: true };
      throw new StoreCorrupt(`the end of ${request.stream}, after revision ${tail.revision}`, {
        cause: error,
      });
    }
  }

  private add(request: Request, tail: Tail, at: Instant): AnyRecordedEvent[] {
    const { stream } = request;
    const number = tail.number ?? Number(this.addStream.run(stream).lastInsertRowid);
    let { revision, leaf: prev } = tail;
    const recorded = request.events.map(({ event, schema, content }) => {
      revision += 1;
      this.position += 1;
      const { type, by } = event;
      const envelope = { id: event.id, stream, rev: revision, type, schema, at, by, prev };
      const body = bodyText(envelope, content);
      const { bytes, leaf } = encoded(body);
      // SQLite copies bound values, so one buffer each serves all rows.
      leafRoom.write(leaf, 'base64url');
      this.addEvent.run(this.position, number, revision, uuidBytes(event.id, idRoom), leafRoom, bytes);
      this.bodyBytes += bytes.length;
      this.added.push({ envelope, content, position: this.position });
      prev = leaf;
      return { ...event, stream, revision, position: this.position, schema, recordedAt: at };
    });
    this.tails.keep(stream, { number, revision, leaf: prev });
    this.leaf = prev;
    return recorded;
  }

  /** The result of an earlier append of the same ids and contents; undefined if none of the ids exists. */
  private earlier({ stream, events }: Request): AnyRecordedEvent[] | undefined {
    const found = events.map(
      ({ event }) => this.byId.get(uuidBytes(event.id)) as { seq: number; body: string } | undefined,
    );
    const there = events.find((_, index) => found[index]);
    if (!there) return undefined;
    return events.map((prepared, index) => {
      const row = found[index];
      if (!row) throw new EventIdReused(there.event.id);
      const stored = eventIn(this.database, row.seq, row.body, this.reading);
      if (stored.stream !== stream || !saysSame(stored, prepared)) throw new EventIdReused(prepared.event.id);
      return stored;
    });
  }

  private tailOf(stream: string): Tail {
    const known = this.tails.get(stream);
    if (known) return known;
    const row = this.tail.get(stream) as { number: number; rev: number; leaf: Uint8Array } | undefined;
    if (!row) return { revision: -1, leaf: noPrev };
    const tail = { number: row.number, revision: row.rev, leaf: Buffer.from(row.leaf).toString('base64url') };
    this.tails.keep(stream, tail);
    return tail;
  }
}
