import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../domain/values/calendar.js';
import { prepared } from '../appending.js';
import { type StoreError, StoreUnavailable } from '../errors.js';
import type { Appended, EventStore } from '../event-store.js';
import { follow } from '../subscription.js';
import { Anchor } from './anchor.js';
import { type Connect, fileError, firstValue, installationOf, openFile } from './file.js';
import { generationOf } from './generation.js';
import { sqliteJournal } from './journal.js';
import { eventIn, Reader } from './reader.js';
import { Writer } from './writer.js';

/** What the store needs of the world around it. */
export interface SqlitePorts {
  now(): Instant;
  /** Names the installation when the file is made, and the generation when it was put back. */
  newId(): string;
  /** Calls back once the event loop has come round, as `setImmediate` does. */
  nextTurn(call: () => void): void;
  /**
   * A write failed so that nobody knows what the disk holds: every append is refused from now on, and the process has to
   * end and to start again, which finds out.
   */
  onFatal?(error: StoreError): void;
  connect?: Connect;
}

/** A store of events in one SQLite file. */
export interface SqliteStore extends EventStore {
  readonly path: string;
  /** The UUID that the file got when it was made. */
  readonly installation: string;
  /** The one connection; a backup reads through it, and nobody else writes through it. */
  readonly database: DatabaseSync;
}

/**
 * Opens a store of events in a SQLite file for this process alone; makes it, and its folder, when there is none.
 *
 * `:memory:` gives one that ends with the process. An answered append survives a power cut if the disk honours a flush.
 *
 * @throws StoreInUse another process holds the file
 * @throws StoreRefused the file is another application's, or of a newer format, or may not be written
 * @throws StoreCorrupt the file is damaged
 */
export function openSqliteStore(path: string, ports: SqlitePorts): SqliteStore {
  const database = openFile(path, ports.newId, ports.connect);
  const subscriptions = new Set<ReturnType<typeof follow>>();
  const last = lastAt(database, path);
  const reader = new Reader(database);
  const anchor = path === ':memory:' ? undefined : new Anchor(path);
  const writer = new Writer(database, path, last, anchor, {
    now: ports.now,
    nextTurn: ports.nextTurn,
    onFatal: (error) => ports.onFatal?.(error),
    onCommit: () => {
      for (const subscription of subscriptions) subscription.wake();
    },
  });
  const since = ports.now();
  let closing: Promise<void> | undefined;

  return {
    path,
    database,
    isShared: false,
    journal: sqliteJournal(reader, ports.nextTurn),
    installation: installationOf(database),
    generation: generationOf(database),

    // Not async: that would put two promises more between the commit and its answer.
    append(stream, events, expected): Promise<Appended> {
      try {
        return writer.append(stream, prepared(stream, events, expected), expected);
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

    subscribe(after, onPage, onError) {
      const followed = {
        pageAfter: (position: number) => whileOpen(() => reader.pageAfter(position)),
        head: () => writer.head,
        nextTurn: ports.nextTurn,
      };
      const subscription = follow(followed, after, onPage, onError);
      subscriptions.add(subscription);
      subscription.ended.then(() => subscriptions.delete(subscription));
      return subscription;
    },

    async head() {
      return writer.head;
    },

    status() {
      const state = closing || writer.isBroken ? 'closed' : 'up';
      return { state, since, head: writer.head, inStepAt: ports.now(), spoilt: [] };
    },

    close() {
      closing ??= (async () => {
        await writer.close();
        await Promise.all([...subscriptions].map((subscription) => subscription.close()));
        // Closing would move the log into the file; after a failed write that is for the next process to do.
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

/** When the last event was recorded; the next one is never earlier. A store whose end cannot be read is not opened. */
function lastAt(database: DatabaseSync, path: string): Instant {
  try {
    const seq = firstValue(database, 'SELECT max(seq) FROM events');
    if (seq === null) return '';
    const body = firstValue(database, `SELECT CAST(body AS TEXT) FROM events WHERE seq = ${seq}`);
    return eventIn(database, Number(seq), String(body)).recordedAt;
  } catch (error) {
    database.close();
    throw fileError(error, path);
  }
}
