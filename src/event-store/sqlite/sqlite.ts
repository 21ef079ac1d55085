import type { DatabaseSync } from 'node:sqlite';
import { BehaviorSubject, Subject, takeUntil } from 'rxjs';
import type { Reading } from '../../../domain/log/upcasting.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { prepared } from '../appending.js';
import { type StoreError, StoreUnavailable } from '../errors.js';
import type { Appended, EventStore } from '../event-store.js';
import { follow } from '../follow.js';
import { Anchor } from './anchor.js';
import { type Connect, fileError, firstValue, installationOf, openFile } from './file.js';
import { generationOf } from './generation.js';
import { sqliteJournal } from './journal.js';
import { sqliteLeaves } from './leaves.js';
import { eventIn, Reader } from './reader.js';
import { Recent } from './recent.js';
import { Writer } from './writer.js';

/** The ports of the store. */
export interface SqlitePorts {
  now(): Instant;
  /** Names the installation of a new file, and the generation after a reset. */
  newId(): string;
  /** Calls back in the next turn of the event loop, as `setImmediate` does. */
  nextTurn(call: () => void): void;
  /**
   * A write failed, so that the state of the disk is unknown: further appends are refused, and the process must
   * restart, which finds out.
   */
  onFatal?(error: StoreError): void;
  /** Called after each commit with the number of its events. */
  onCommit?(count: number): void;
  connect?: Connect;
  /** How events are upcast when they are read; as this version does when absent. */
  reading?: Reading;
}

/** A store of events in one SQLite file. */
export interface SqliteStore extends EventStore {
  readonly path: string;
  /** The UUID assigned at the creation of the file. */
  readonly installation: string;
  /** The only connection; backups read through it, and nobody else writes through it. */
  readonly database: DatabaseSync;
}

/**
 * Opens a store of events in a SQLite file exclusively; creates the file and its folder if there is none.
 *
 * `:memory:` for a store that ends with the process. An acknowledged append survives a power cut if the disk honours
 * flushes.
 *
 * @throws StoreInUse another process holds the file
 * @throws StoreRefused the file is another application's, or of a newer format, or may not be written
 * @throws StoreCorrupt the file is damaged
 */
export function openSqliteStore(path: string, ports: SqlitePorts): SqliteStore {
  const database = openFile(path, ports.newId, ports.connect);
  const last = lastAt(database, path, ports.reading);
  const reader = new Reader(database, ports.reading);
  const recent = new Recent(ports.reading);
  const anchor = path === ':memory:' ? undefined : new Anchor(path);
  const writer = new Writer(database, path, last, anchor, {
    now: ports.now,
    nextTurn: ports.nextTurn,
    reading: ports.reading,
    onFatal: (error) => ports.onFatal?.(error),
    onCommit(added) {
      recent.add(added);
      moves$.next(writer.head);
      if (added.length > 0) ports.onCommit?.(added.length);
    },
  });
  const moves$ = new BehaviorSubject(writer.head);
  const closed$ = new Subject<void>();
  const followed = {
    pageAfter: (position: number) =>
      whileOpen(() => recent.pageAfter(position) ?? reader.pageAfter(position)),
    head: () => writer.head,
    moves$,
    nextTurn: ports.nextTurn,
  };
  const since = ports.now();
  let closing: Promise<void> | undefined;

  return {
    path,
    database,
    decidesAtRevision: false,
    journal: sqliteJournal(reader, ports.nextTurn),
    installation: installationOf(database),
    leaves: sqliteLeaves(database, path),
    generation: generationOf(database),

    // Not async, which would add two promises between the commit and its answer.
    append(stream, events, expected): Promise<Appended> {
      try {
        return writer.append(stream, prepared(stream, events, expected, ports.reading), expected);
      } catch (error) {
        return Promise.reject(error);
      }
    },

    async *readStream(stream, fromRevision = 0) {
      for (let next = fromRevision; ; ) {
        const page = whileOpen(() => reader.pageOfStream(stream, next));
        if (page.length === 0) return;
        yield page;
        next += page.length;
        await new Promise<void>((resolve) => ports.nextTurn(resolve));
      }
    },

    async *readAll(after = 0) {
      for (let position = after; ; ) {
        const page = whileOpen(() => reader.pageAfter(position));
        if (page.length === 0) return;
        yield page;
        position += page.length;
        await new Promise<void>((resolve) => ports.nextTurn(resolve));
      }
    },

    events$: (after) => follow(followed, after).pipe(takeUntil(closed$)),

    async head() {
      return writer.head;
    },

    status() {
      const state = closing || writer.isBroken ? 'closed' : 'up';
      return { state, since, head: writer.head, spoilt: [] };
    },

    close() {
      closing ??= (async () => {
        await writer.close();
        closed$.next();
        // Closing would move the WAL into the file; after a failed write that is left to the next process.
        if (!writer.isBroken) database.close();
        anchor?.close();
      })();
      return closing;
    },
  };

  function whileOpen<Page>(read: () => Page): Page {
    if (!database.isOpen) throw new StoreUnavailable('it is closed');
    return read();
  }
}

/** The last `recordedAt`; the next one is never earlier. A store whose end cannot be read is not opened. */
function lastAt(database: DatabaseSync, path: string, reading: Reading | undefined): Instant {
  try {
    const seq = firstValue(database, 'SELECT max(seq) FROM events');
    if (seq === null) return '';
    const body = firstValue(database, `SELECT CAST(body AS TEXT) FROM events WHERE seq = ${seq}`);
    return eventIn(database, Number(seq), String(body), reading).recordedAt;
  } catch (error) {
    database.close();
    throw fileError(error, path);
  }
}
