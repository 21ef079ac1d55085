import type { StatementSync } from 'node:sqlite';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { firstWhere } from '../../../domain/values/search.js';
import { StoreCorrupt, StoreUnavailable } from '../errors.js';
import type { StoreJournal } from '../event-store.js';
import { isDamage } from './errors.js';
import { eventIn, type Reader } from './reader.js';

/** Events in one page of a read over many streams. */
const pageEvents = 500;
/** Up to this many events are read one by one faster than stream ends are looked up. */
const lately = 10_000;

const sql = {
  streams: `SELECT name FROM streams JOIN events ON stream = number AND rev = 0
    WHERE name > ? AND name < ? AND seq <= ? ORDER BY name LIMIT ?`,
  count: 'SELECT count(*) FROM streams WHERE name >= ? AND name < ?',
  // CROSS JOIN keeps the tables in the order written (sqlite.org/optoverview.html#crossjoin). Here the end of each
  // stream is looked up in the index;
  moved: `SELECT name, rev, seq FROM streams CROSS JOIN events
    ON stream = number AND rev = (SELECT max(rev) FROM events AS own WHERE own.stream = number)
    WHERE seq > ? AND name > ? AND name < ? ORDER BY name LIMIT ?`,
  // and here only the latest events are read.
  movedLately: `SELECT name, max(rev), max(seq) FROM events CROSS JOIN streams ON number = stream
    WHERE seq > ? AND name > ? AND name < ? GROUP BY stream ORDER BY name LIMIT ?`,
  // By the index only: it sorts numbers, not whole rows.
  others: `SELECT seq FROM streams CROSS JOIN events ON stream = number
    WHERE (name < ? OR name >= ?) AND seq > ? ORDER BY seq`,
  body: 'SELECT CAST(body AS TEXT) FROM events WHERE seq = ?',
  after: 'SELECT seq, CAST(body AS TEXT) FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  end: 'SELECT coalesce(max(seq), 0) FROM events',
} as const;

/** Queries on the store's only connection, between two of its transactions. */
export function sqliteJournal(reader: Reader, nextTurn: (call: () => void) => void): StoreJournal {
  const { database } = reader;
  const statements = new Map<string, StatementSync>();

  return {
    page: (stream, upTo, fromRevision) => whileOpen(() => reader.pageOfStream(stream, fromRevision, upTo)),

    whole: (streams, upTo) => whileOpen(() => reader.wholeStreams(streams, upTo)),

    wholeRows: (streams, upTo) => whileOpen(() => reader.rowsOfStreams(streams, upTo)),

    pageRows: (stream, upTo, fromRevision) =>
      whileOpen(() => reader.rowsOfStream(stream, fromRevision, upTo)),

    after: (position, limit) =>
      rows(sql.after, position, limit).map(([seq, body]) =>
        eventIn(database, Number(seq), String(body), reader.reading),
      ),

    streams: (prefix, after, upTo, limit) =>
      rows(sql.streams, after > prefix ? after : prefix, endOf(prefix), upTo, limit).map(([name]) =>
        String(name),
      ),

    countOf: (prefix) => Number(rows(sql.count, prefix, endOf(prefix))[0]?.[0]),

    movedAfter(prefix, position, after, limit) {
      const isLately = Number(rows(sql.end)[0]?.[0]) - position < lately;
      const moved = rows(
        isLately ? sql.movedLately : sql.moved,
        position,
        after > prefix ? after : prefix,
        endOf(prefix),
        limit,
      );
      return moved.map(([stream, revision, last]) => ({
        stream: String(stream),
        revision: Number(revision),
        position: Number(last),
      }));
    },

    async *readOthers(prefix, after) {
      const all = rows(sql.others, prefix, endOf(prefix), after).map(([seq]) => Number(seq));
      for (let from = 0; from < all.length; from += pageEvents) {
        yield all.slice(from, from + pageEvents).flatMap(eventsAt);
        await new Promise<void>((resolve) => nextTurn(resolve));
      }
    },

    positionAt(instant) {
      // Instants never decrease with the position, so a binary search finds the last one.
      const end = Number(rows(sql.end)[0]?.[0]);
      const isLater = (position: number) => (eventsAt(position)[0]?.recordedAt ?? '\uffff') > instant;
      return firstWhere(1, end + 1, isLater) - 1;
    },
  };

  function rows(text: string, ...values: (string | number)[]): unknown[][] {
    let statement = statements.get(text);
    if (!statement) {
      statement = whileOpen(() => database.prepare(text));
      statement.setReturnArrays(true);
      statements.set(text, statement);
    }
    const prepared = statement;
    return whileOpen(() => prepared.all(...values) as unknown as unknown[][]);
  }

  function whileOpen<Found>(read: () => Found): Found {
    if (!database.isOpen) throw new StoreUnavailable('it is closed');
    try {
      return read();
    } catch (cause) {
      throw isDamage(cause) ? new StoreCorrupt('a page of its file', { cause }) : cause;
    }
  }

  function eventsAt(seq: number): AnyRecordedEvent[] {
    return rows(sql.body, seq).map(([body]) => eventIn(database, seq, String(body), reader.reading));
  }
}

/** The first name after all names with a prefix. */
function endOf(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
