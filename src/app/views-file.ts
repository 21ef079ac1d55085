import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { type AnyRecordedEvent } from '../domain/any-event.js';
import type { Instant } from '../domain/calendar.js';
import { type RecordedEvent, streamOf } from '../domain/events.js';
import { alertsView } from './alerts/alerts-view.js';
import { outboxView } from './deliveries/outbox-view.js';
import { directory, journal, type View } from './view.js';
import { digestOf } from './view-digest.js';

const views: readonly View[] = [journal, directory, alertsView, outboxView];

/** The file holds what was never written to it, which shows only in use. */
export class ViewsBroken extends Error {}

/** Rows and positions of all views in one file: a cache of the log that may be deleted at any time. */
export class ViewsFile {
  private readonly applies: ReadonlyMap<string, (events: readonly AnyRecordedEvent[]) => void>;
  private readonly savePosition: StatementSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly entriesUpTo: StatementSync;
  private readonly projectsAfter: StatementSync;
  private readonly positionAt: StatementSync;
  private current: number;
  /** The entry that the file ended with when it was opened. */
  readonly openedAt: AnyRecordedEvent | undefined;

  private constructor(
    private readonly db: DatabaseSync,
    readonly path: string,
  ) {
    this.applies = new Map(views.map((view) => [view.name, view.prepare(db)]));
    this.savePosition = db.prepare('UPDATE view SET position = ?');
    this.entriesUpTo = db.prepare(
      'SELECT event FROM journal WHERE stream = ? AND position <= ? ORDER BY revision',
    );
    this.projectsAfter = db.prepare(
      'SELECT project FROM directory WHERE project > ? AND first_position <= ? ORDER BY project LIMIT ?',
    );
    this.positionAt = db.prepare(
      'SELECT position FROM journal WHERE recorded_at <= ? ORDER BY recorded_at DESC, position DESC LIMIT 1',
    );
    const row = db.prepare('SELECT min(position) AS position FROM view').get();
    this.current = Number(row?.position ?? 0);
    const last = db
      .prepare('SELECT event FROM journal ORDER BY recorded_at DESC, position DESC LIMIT 1')
      .get();
    this.openedAt = last && (JSON.parse(String(last.event)) as AnyRecordedEvent);
  }

  /**
   * Opens the file, or undefined when it does not hold the views of this version for this store.
   *
   * @param store identifies the log that the views were made from
   */
  static openExisting(path: string, store: string): ViewsFile | undefined {
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(path);
      setUp(db);
      const made = db.prepare('SELECT name, version FROM view ORDER BY name').all();
      const known = [...views].sort((a, b) => (a.name < b.name ? -1 : 1));
      const isCurrent =
        made.length === known.length &&
        made.every((row, i) => row.name === known[i]?.name && row.version === known[i]?.version);
      const of = db.prepare('SELECT store FROM made_from').get();
      if (isCurrent && of?.store === store) return new ViewsFile(db, path);
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
  static create(path: string, store: string, isScratch = false): ViewsFile {
    const db = new DatabaseSync(path);
    if (isScratch) db.exec(scratch);
    else setUp(db);
    db.exec(
      'BEGIN; CREATE TABLE view (name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL) STRICT;',
    );
    db.exec('CREATE TABLE made_from (store TEXT NOT NULL) STRICT');
    db.prepare('INSERT INTO made_from VALUES (?)').run(store);
    for (const view of views) {
      db.exec(view.schema);
      db.prepare('INSERT INTO view VALUES (?, ?, 0)').run(view.name, view.version);
    }
    db.exec('COMMIT');
    return new ViewsFile(db, path);
  }

  /** The position of the last event that every view holds. */
  get position(): number {
    return this.current;
  }

  /** Adds events to every view; rows and positions are committed together, or not at all. */
  apply(events: readonly AnyRecordedEvent[]): void {
    const news = events.filter((event) => event.position > this.current);
    const last = news.at(-1);
    if (!last) return;
    this.db.exec('BEGIN');
    try {
      for (const apply of this.applies.values()) apply(news);
      this.savePosition.run(last.position);
      this.db.exec('COMMIT');
    } catch (error) {
      // After some failures SQLite has ended the transaction by itself.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw isBroken(error) ? new ViewsBroken(`${this.path} is damaged`, { cause: error }) : error;
    }
    this.current = last.position;
  }

  /** The events of a stream up to a position (inclusive), oldest first. */
  stream(stream: string, position: number): AnyRecordedEvent[] {
    return this.entriesUpTo.all(stream, position).map((row) => JSON.parse(String(row.event)));
  }

  /** The entries of a project up to a position (inclusive), oldest first. */
  entries(project: string, position: number): RecordedEvent[] {
    return this.stream(streamOf(project), position) as RecordedEvent[];
  }

  /** What a view holds, asked for in SQL; reads only. */
  rows(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
    const statement = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, statement);
    return statement.all(...values);
  }

  /** Ids of projects registered up to a position, in the order of their ids, after one of them. */
  projects(after: string, position: number, limit: number): string[] {
    return this.projectsAfter.all(after, position, limit).map((row) => String(row.project));
  }

  projectCount(): number {
    return Number(this.db.prepare('SELECT count(*) AS count FROM directory').get()?.count);
  }

  /** The position of the last entry recorded up to an instant (inclusive); 0 when there was none. */
  positionOf(instant: Instant): number {
    return Number(this.positionAt.get(instant)?.position ?? 0);
  }

  /** Name, version and position of each view. */
  states(): { name: string; version: number; position: number }[] {
    return views.map(({ name, version }) => ({ name, version, position: this.current }));
  }

  /** By view, SHA-256 in hex over all that it holds. */
  digests(): { view: string; digest: string }[] {
    return views.map((view) => ({ view: view.name, digest: digestOf(view, this.db) }));
  }

  close(): void {
    this.db.close();
  }
}

/** Goes by the result code (sqlite.org/rescode.html): a malformed file, or a row that is there already. */
function isBroken(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && [11, 19, 26].includes(errcode & 0xff);
}

/** Nothing is written twice, and much is in memory: half the time when a long log is taken in. */
const scratch = `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
  PRAGMA cache_size = -65536`;

/** A cache need not survive a power cut, so it is not flushed at each commit; it is never torn either. */
function setUp(db: DatabaseSync): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
}
