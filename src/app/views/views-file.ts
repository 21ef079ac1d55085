import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { type AnyRecordedEvent, isOfProject } from '../../../domain/log/any-event.js';
import type { EventPage } from '../../event-store/event-store.js';
import { journalIn } from './journal-in-views.js';
import { isOfTheEvent, type Parked } from './parked.js';
import { Parking } from './parking.js';
import type { View } from './view.js';
import { digestOf } from './view-digest.js';

/** Events after which the file notes its position although no view shows them. */
const notedAfter = 4_096;

/** The file has damaged content, which shows only in use. */
export class ViewsBroken extends Error {}

/** The last event of the views. */
export type ViewsEnd = Pick<AnyRecordedEvent, 'position' | 'stream' | 'revision' | 'id'>;

/** Rows of all views and their position in one file: a cache of the log that may be deleted at any time. */
export class ViewsFile {
  /** Queries of the copy of the log in it. */
  readonly journal = journalIn((...query) => this.rows(...query));
  private readonly appliers: readonly Applier[];
  private readonly parking: Parking;
  private readonly saveEnd: StatementSync;
  private readonly statements = new Map<string, StatementSync>();
  private unnoted = 0;
  /** The last event in it; undefined while it is empty. */
  private end: ViewsEnd | undefined;

  private constructor(
    private readonly db: DatabaseSync,
    readonly path: string,
    private readonly list: readonly View[],
  ) {
    this.parking = new Parking(db);
    this.appliers = list.map((view) => ({
      view: view.name,
      apply: view.prepare(db),
      ignoresEntries: view.ignoresEntries === true,
    }));
    this.saveEnd = db.prepare('UPDATE made_from SET position = ?, stream = ?, revision = ?, id = ?');
    const row = db.prepare('SELECT position, stream, revision, id FROM made_from').get();
    if (row && Number(row.position) > 0) this.end = row as unknown as ViewsEnd;
  }

  /**
   * Opens the file, or undefined if it does not hold the views of this version for this store.
   *
   * @param store identifies the log behind the views
   */
  static openExisting(path: string, store: string, list: readonly View[]): ViewsFile | undefined {
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(path);
      setUp(db);
      const made = db.prepare('SELECT name, version FROM view ORDER BY name').all();
      const known = [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
      const isCurrent =
        made.length === known.length &&
        made.every((row, i) => row.name === known[i]?.name && row.version === known[i]?.version);
      const of = db.prepare('SELECT store FROM made_from').get();
      if (isCurrent && of?.store === store) return new ViewsFile(db, path, list);
    } catch {
      // An unreadable cache is rebuilt from the log.
    }
    db?.close();
    return undefined;
  }

  /**
   * Creates an empty file; there must be none.
   *
   * @param isScratch it is filled once and deleted if that fails, and must be flushed before use
   */
  static create(path: string, store: string, list: readonly View[], isScratch = false): ViewsFile {
    const db = new DatabaseSync(path);
    db.exec(pages);
    if (isScratch) db.exec(scratch);
    else setUp(db);
    db.exec(`BEGIN; CREATE TABLE view (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
      CREATE TABLE made_from (store TEXT NOT NULL, position INTEGER NOT NULL, stream TEXT, revision INTEGER, id TEXT) STRICT`);
    db.prepare('INSERT INTO made_from (store, position) VALUES (?, 0)').run(store);
    for (const view of list) {
      db.exec(view.schema);
      db.prepare('INSERT INTO view VALUES (?, ?)').run(view.name, view.version);
    }
    db.exec('COMMIT');
    return new ViewsFile(db, path, list);
  }

  /** The position of the last event in every view. */
  get position(): number {
    return this.end?.position ?? 0;
  }

  /** The last event of the views; undefined while they are empty. */
  get endsWith(): ViewsEnd | undefined {
    return this.end;
  }

  /** Projects of which a view lacks the latest events, because it could not take one. */
  get parked(): readonly Parked[] {
    return this.parking.list;
  }

  /**
   * Adds events to every view; rows and position are committed together, or not at all. An event that a view cannot take
   * parks its project for that view; others go on.
   */
  apply(events: readonly AnyRecordedEvent[]): void {
    const news = events.filter((event) => event.position > this.position);
    const last = news.at(-1);
    if (!last) return;
    const others = news.filter((event) => !isOfProject(event));
    const isShown = others.length > 0 || this.appliers.some(({ ignoresEntries }) => !ignoresEntries);
    this.unnoted += news.length;
    if (isShown || this.unnoted >= notedAfter) this.write(news, others, last);
    this.end = last;
  }

  /** Records that the views hold everything up to an event, because no view uses the ones between. */
  reach(event: ViewsEnd): void {
    if (event.position <= this.position) return;
    this.write([], [], event);
    this.end = event;
  }

  /** Runs a read-only SQL query on the views. */
  rows(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
    const statement = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, statement);
    return statement.all(...values);
  }

  /** Name, version and position of each view. */
  states(): { name: string; version: number; position: number }[] {
    return this.list.map(({ name, version }) => ({ name, version, position: this.position }));
  }

  /** By view, SHA-256 in hex over its content. */
  digests(): { view: string; digest: string }[] {
    return this.list.map((view) => ({ view: view.name, digest: digestOf(view, this.db) }));
  }

  close(): void {
    try {
      if (this.unnoted > 0 && this.end) this.saveEnd.run(...valuesOf(this.end));
    } catch {
      // What was not committed is read again from the log, with the same result.
    }
    this.db.close();
  }

  private write(events: EventPage, others: EventPage, end: ViewsEnd): void {
    const each = (take: (applier: Applier, shown: EventPage) => void) => {
      for (const applier of this.appliers) take(applier, applier.ignoresEntries ? others : events);
    };
    try {
      this.commit(end, () =>
        each(({ view, apply }, shown) => {
          const taken = this.parking.takenBy(view, shown);
          if (taken.length > 0) apply(taken);
        }),
      );
    } catch (error) {
      if (!isOfTheEvent(error)) throw error;
      // Which event it was shows only one by one.
      this.commit(end, () =>
        each(({ view, apply }, shown) => this.parking.each(view, shown, apply, isOfTheEvent)),
      );
    }
    this.unnoted = 0;
  }

  private commit(end: ViewsEnd, work: () => void): void {
    this.db.exec('BEGIN');
    try {
      work();
      this.saveEnd.run(...valuesOf(end));
      this.db.exec('COMMIT');
    } catch (error) {
      // After some failures SQLite has already rolled back the transaction.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      if (isBroken(error)) throw new ViewsBroken(`${this.path} is damaged`, { cause: error });
      this.parking.reload();
      throw error;
    }
  }
}

/** A view, ready to take events. */
interface Applier {
  view: string;
  apply: (events: EventPage) => void;
  ignoresEntries: boolean;
}

function valuesOf({ position, stream, revision, id }: ViewsEnd): SQLInputValue[] {
  return [position, stream, revision, id];
}

/** By the result code (sqlite.org/rescode.html): a malformed file, or a duplicate row. */
function isBroken(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return !isOfTheEvent(error) && errcode !== undefined && [11, 19, 26].includes(errcode & 0xff);
}

/**
 * A row of a table without row ids takes a page of its own once it is longer than a quarter of a page (sqlite.org/fileformat2.html,
 * "Cell Payload Overflow Pages"). With the 4,096 bytes of SQLite's default each alert and its event, of some 1,200 bytes, took three.
 */
const pages = 'PRAGMA page_size = 16384';

/** Without a journal and with a large cache: half the time to process a long log. */
const scratch = `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
  PRAGMA cache_size = -65536`;

/**
 * A cache need not survive a power cut, so commits are not flushed; the file stays consistent. Alerts touch pages all
 * over the file: hot pages stay in memory, and move from SQLite's WAL into the file once.
 */
const inUse = `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 2000`;

function setUp(db: DatabaseSync): void {
  db.exec(inUse);
}
