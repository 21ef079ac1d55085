import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { type AnyRecordedEvent, isOfProject } from '../../../domain/log/any-event.js';
import { type RecordedEvent, streamOf } from '../../../domain/project/events.js';
import type { Instant } from '../../../domain/values/calendar.js';
import { alertsView } from '../alerts/alerts-view.js';
import { outboxView } from '../deliveries/outbox-view.js';
import { directory, journal, type View } from './view.js';
import { digestOf } from './view-digest.js';

/** `whole` holds a copy of the log; `lean` leaves out what the store answers itself, which is all entries of projects. */
export type ViewsKind = 'whole' | 'lean';

const viewsOf: Readonly<Record<ViewsKind, readonly View[]>> = {
  whole: [journal, directory, alertsView, outboxView],
  lean: [journal, alertsView, outboxView],
};

/** Events of projects after which a lean file notes how far it is, though nothing of them stands in it. */
const notedAfter = 4_096;
/** Events of a stream that are read at once. */
const pageEvents = 500;

/** The file holds what was never written to it, which shows only in use. */
export class ViewsBroken extends Error {}

/** The event that views end with. */
export type ViewsEnd = Pick<AnyRecordedEvent, 'position' | 'stream' | 'revision' | 'id'>;

/** Rows of all views and how far they are in one file: a cache of the log that may be deleted at any time. */
export class ViewsFile {
  private readonly applies: readonly ((events: readonly AnyRecordedEvent[]) => void)[];
  private readonly saveEnd: StatementSync;
  private readonly statements = new Map<string, StatementSync>();
  private unnoted = 0;
  /** The last event that is in it; undefined while it is empty. */
  private end: ViewsEnd | undefined;

  private constructor(
    private readonly db: DatabaseSync,
    readonly path: string,
    readonly kind: ViewsKind,
  ) {
    this.applies = viewsOf[kind].map((view) => view.prepare(db));
    this.saveEnd = db.prepare('UPDATE made_from SET position = ?, stream = ?, revision = ?, id = ?');
    const row = db.prepare('SELECT position, stream, revision, id FROM made_from').get();
    if (row && Number(row.position) > 0) this.end = row as unknown as ViewsEnd;
  }

  /**
   * Opens the file, or undefined when it does not hold the views of this version for this store.
   *
   * @param store identifies the log that the views were made from
   */
  static openExisting(path: string, store: string, kind: ViewsKind): ViewsFile | undefined {
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(path);
      setUp(db);
      const made = db.prepare('SELECT name, version FROM view ORDER BY name').all();
      const known = [...viewsOf[kind]].sort((a, b) => (a.name < b.name ? -1 : 1));
      const isCurrent =
        made.length === known.length &&
        made.every((row, i) => row.name === known[i]?.name && row.version === known[i]?.version);
      const of = db.prepare('SELECT store FROM made_from').get();
      if (isCurrent && of?.store === store) return new ViewsFile(db, path, kind);
    } catch {
      // Anything unreadable is no cache: it is made again from the log.
    }
    db?.close();
    return undefined;
  }

  /**
   * Makes an empty file; there must be none.
   *
   * @param isScratch it is filled once and thrown away if that fails, and has to be flushed before it is put to use
   */
  static create(path: string, store: string, kind: ViewsKind, isScratch = false): ViewsFile {
    const db = new DatabaseSync(path);
    if (isScratch) db.exec(scratch);
    else setUp(db);
    db.exec(`BEGIN; CREATE TABLE view (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
      CREATE TABLE made_from (store TEXT NOT NULL, position INTEGER NOT NULL, stream TEXT, revision INTEGER, id TEXT) STRICT`);
    db.prepare('INSERT INTO made_from (store, position) VALUES (?, 0)').run(store);
    for (const view of viewsOf[kind]) {
      db.exec(view.schema);
      db.prepare('INSERT INTO view VALUES (?, ?)').run(view.name, view.version);
    }
    db.exec('COMMIT');
    return new ViewsFile(db, path, kind);
  }

  /** The position of the last event that every view holds. */
  get position(): number {
    return this.end?.position ?? 0;
  }

  /** The event that the views end with; undefined while they are empty. */
  get endsWith(): ViewsEnd | undefined {
    return this.end;
  }

  /** Adds events to every view; rows and the end are committed together, or not at all. */
  apply(events: readonly AnyRecordedEvent[]): void {
    const news = events.filter((event) => event.position > this.position);
    const last = news.at(-1);
    if (!last) return;
    const shown = this.kind === 'lean' ? news.filter((event) => !isOfProject(event)) : news;
    this.unnoted += news.length;
    if (shown.length > 0 || this.unnoted >= notedAfter) this.write(shown, last);
    this.end = last;
  }

  /** Notes that the views hold everything up to an event, because what lies between is of no view. */
  reach(event: ViewsEnd): void {
    if (event.position <= this.position) return;
    this.write([], event);
    this.end = event;
  }

  /** The events of a stream from a revision up to a position (inclusive), oldest first. */
  stream(stream: string, position: number, fromRevision = 0): AnyRecordedEvent[] {
    const sql =
      'SELECT event FROM journal WHERE stream = ? AND revision >= ? AND position <= ? ORDER BY revision';
    return this.rows(sql, stream, fromRevision, position).map((row) => JSON.parse(String(row.event)));
  }

  /** The first events of a stream from a revision up to a position (inclusive), oldest first; of a whole file. */
  page(stream: string, position: number, fromRevision: number): AnyRecordedEvent[] {
    const sql = `SELECT event FROM journal WHERE stream = ? AND revision >= ? AND position <= ? ORDER BY revision
      LIMIT ${pageEvents}`;
    return this.rows(sql, stream, fromRevision, position).map((row) => JSON.parse(String(row.event)));
  }

  /** The events of all streams after a position (exclusive), in log order; of a whole file. */
  after(position: number, limit: number): AnyRecordedEvent[] {
    // Instants never go back with the position, so the narrow index by time is in log order too.
    const sql = 'SELECT event FROM journal WHERE position > ? ORDER BY recorded_at, position LIMIT ?';
    return this.rows(sql, position, limit).map((row) => JSON.parse(String(row.event)));
  }

  /** The entries of a project up to a position (inclusive), oldest first; of a whole file. */
  entries(project: string, position: number): RecordedEvent[] {
    return this.stream(streamOf(project), position) as RecordedEvent[];
  }

  /** What a view holds, asked for in SQL; reads only. */
  rows(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
    const statement = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, statement);
    return statement.all(...values);
  }

  /** Ids of projects registered up to a position, in the order of their ids, after one of them; of a whole file. */
  projects(after: string, position: number, limit: number): string[] {
    const sql =
      'SELECT project FROM directory WHERE project > ? AND first_position <= ? ORDER BY project LIMIT ?';
    return this.rows(sql, after, position, limit).map((row) => String(row.project));
  }

  /** Projects with entries after a position, after one of them, with the position of their last entry; of a whole file. */
  movedAfter(position: number, after: string, limit: number): { project: string; position: number }[] {
    const sql =
      'SELECT project, position FROM directory WHERE position > ? AND project > ? ORDER BY project LIMIT ?';
    return this.rows(sql, position, after, limit).map((row) => ({
      project: String(row.project),
      position: Number(row.position),
    }));
  }

  /** Of a whole file. */
  projectCount(): number {
    return Number(this.rows('SELECT count(*) AS count FROM directory')[0]?.count);
  }

  /** The position of the last entry recorded up to an instant (inclusive); 0 when there was none; of a whole file. */
  positionOf(instant: Instant): number {
    const sql =
      'SELECT position FROM journal WHERE recorded_at <= ? ORDER BY recorded_at DESC, position DESC LIMIT 1';
    return Number(this.rows(sql, instant)[0]?.position ?? 0);
  }

  /** Name, version and position of each view. */
  states(): { name: string; version: number; position: number }[] {
    return viewsOf[this.kind].map(({ name, version }) => ({ name, version, position: this.position }));
  }

  /** By view, SHA-256 in hex over all that it holds. */
  digests(): { view: string; digest: string }[] {
    return viewsOf[this.kind].map((view) => ({ view: view.name, digest: digestOf(view, this.db) }));
  }

  close(): void {
    try {
      if (this.unnoted > 0 && this.end) this.saveEnd.run(...valuesOf(this.end));
    } catch {
      // What was not noted is read again from the log, and changes nothing.
    }
    this.db.close();
  }

  private write(events: readonly AnyRecordedEvent[], end: ViewsEnd): void {
    this.db.exec('BEGIN');
    try {
      if (events.length > 0) for (const apply of this.applies) apply(events);
      this.saveEnd.run(...valuesOf(end));
      this.db.exec('COMMIT');
    } catch (error) {
      // After some failures SQLite has ended the transaction by itself.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw isBroken(error) ? new ViewsBroken(`${this.path} is damaged`, { cause: error }) : error;
    }
    this.unnoted = 0;
  }
}

function valuesOf({ position, stream, revision, id }: ViewsEnd): SQLInputValue[] {
  return [position, stream, revision, id];
}

/** Goes by the result code (sqlite.org/rescode.html): a malformed file, or a row that is there already. */
function isBroken(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && [11, 19, 26].includes(errcode & 0xff);
}

/** Nothing is written twice, and much is in memory: half the time when a long log is taken in. */
const scratch = `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
  PRAGMA cache_size = -65536`;

/**
 * A cache need not survive a power cut, so it is not flushed at each commit; it is never torn either. Alerts touch pages all over
 * the file: those that are touched again soon stay in memory, and are moved from the log of SQLite into the file once for all.
 */
const inUse = `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8000`;

function setUp(db: DatabaseSync): void {
  db.exec(inUse);
}
