import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { uuidBytes } from '../../../domain/values/uuid.js';

/** The place of an event in the log. */
export interface Place {
  stream: string;
  revision: number;
  position: number;
}

/** The index entry of an event. */
export interface Noted extends Place {
  id: string;
}

/** Why a stream on the cluster cannot be trusted. */
export interface Spoilt {
  stream: string;
  why: string;
}

/** Events per commit, so that following needs one commit for many pages. */
const writtenAtOnce = 1_000;

const layout = `
  CREATE TABLE followed (
    position INTEGER NOT NULL, event_position INTEGER NOT NULL, id TEXT NOT NULL,
    installation TEXT NOT NULL, in_step_at TEXT NOT NULL) STRICT;
  INSERT INTO followed VALUES (0, 0, '', '', '');
  CREATE TABLE streams (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL) STRICT;
  CREATE TABLE ids (id BLOB PRIMARY KEY, stream INTEGER NOT NULL, rev INTEGER NOT NULL, position INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE TABLE spoilt (stream TEXT PRIMARY KEY, why TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 1;
`;

/**
 * A replica's index of its cluster's log: event ids, stream ends, and truncated streams. The cluster itself finds ids
 * only within a stream.
 *
 * A cache: it may be deleted at any time, and is then rebuilt from the log.
 */
export class LogIndex {
  private readonly database: DatabaseSync;
  private readonly byId: StatementSync;
  private readonly addId: StatementSync;
  private readonly addStream: StatementSync;
  private readonly setRevision: StatementSync;
  private readonly setFollowed: StatementSync;
  /** Streams by name, as far as they were seen. */
  private readonly streams = new Map<string, { number?: number; revision: number }>();
  /** Entries not yet written to the file, and appends of this process not yet seen in the log. */
  private readonly recent = new Map<string, Place>();
  private unwritten: Noted[] = [];
  /** Cached, because each append needs it. */
  private unreadable: Spoilt[] = [];
  private lastPosition = 0;
  private followed = { position: 0, eventPosition: 0, id: '', installation: '', inStepAt: '' };

  private constructor(database: DatabaseSync) {
    this.database = database;
    this.byId = database.prepare(
      'SELECT name AS stream, ids.rev AS revision, position FROM ids JOIN streams ON number = stream WHERE id = ?',
    );
    this.addId = database.prepare('INSERT OR IGNORE INTO ids VALUES (?, ?, ?, ?)');
    this.addStream = database.prepare('INSERT INTO streams (name, rev) VALUES (?, ?)');
    this.setRevision = database.prepare('UPDATE streams SET rev = ? WHERE number = ?');
    this.setFollowed = database.prepare(
      'UPDATE followed SET position = ?, event_position = ?, id = ?, installation = ?, in_step_at = ?',
    );
    this.reread();
  }

  /** Opens the index at a path, rebuilt if it is unusable; `:memory:` for one that ends with the process. */
  static open(path: string): LogIndex {
    try {
      return new LogIndex(opened(path));
    } catch {
      // Whatever is wrong with a cache, the log is read again.
      for (const suffix of ['', '-wal', '-journal']) rmSync(path + suffix, { force: true });
      return new LogIndex(opened(path));
    }
  }

  /** The position of the last known event of the log, 0 before the first. */
  get head(): number {
    return this.lastPosition;
  }

  /** The indexed position, including stream metadata between events. */
  get position(): number {
    return this.followed.position;
  }

  /** The id of the event at that position. */
  get lastId(): string {
    return this.followed.id;
  }

  /** The installation of this index, empty if not yet known. */
  get installation(): string {
    return this.followed.installation;
  }

  set installation(installation: string) {
    this.followed = { ...this.followed, installation };
    this.flush();
  }

  /** When the log was last known to be followed to its end, empty if never. */
  get inStepAt(): Instant {
    return this.followed.inStepAt;
  }

  /** Written with the next flush. */
  set inStepAt(inStepAt: Instant) {
    this.followed = { ...this.followed, inStepAt };
  }

  /** The place of an id; undefined if it is not in the log so far. */
  find(id: string): Place | undefined {
    const recent = this.recent.get(id);
    if (recent) return recent;
    const row = this.byId.get(uuidBytes(id));
    return (
      row && { stream: String(row.stream), revision: Number(row.revision), position: Number(row.position) }
    );
  }

  /** The last indexed revision of a stream, -1 for none. */
  revisionOf(stream: string): number {
    return this.streams.get(stream)?.revision ?? -1;
  }

  /** Indexes an append of this process before it is seen in the log. */
  noteOwn(events: readonly Noted[]): void {
    for (const event of events) {
      if (event.position > this.position) this.recent.set(event.id, event);
      this.lastPosition = Math.max(this.lastPosition, event.position);
    }
  }

  /** Indexes a page of the log; it is written with later pages, and read again after a crash. */
  note(events: readonly Noted[], last: { position: number; id: string }): void {
    for (const event of events) {
      this.recent.set(event.id, event);
      this.streamOf(event.stream).revision = event.revision;
      this.unwritten.push(event);
    }
    const eventPosition = events.at(-1)?.position ?? this.followed.eventPosition;
    this.followed = { ...this.followed, ...last, eventPosition };
    this.lastPosition = Math.max(this.lastPosition, eventPosition);
    if (this.unwritten.length >= writtenAtOnce) this.flush();
  }

  /** Writes all pending entries in one transaction. */
  flush(): void {
    const events = this.unwritten;
    const added: { number?: number }[] = [];
    this.database.exec('BEGIN');
    try {
      const moved = new Map<string, { number?: number; revision: number }>();
      for (const { id, stream, revision, position } of events) {
        const known = this.streamOf(stream);
        if (known.number === undefined) {
          known.number = Number(this.addStream.run(stream, -1).lastInsertRowid);
          added.push(known);
        }
        this.addId.run(uuidBytes(id), known.number, revision, position);
        moved.set(stream, known);
      }
      for (const { number, revision } of moved.values()) if (number) this.setRevision.run(revision, number);
      this.saveFollowed();
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      for (const stream of added) delete stream.number;
      throw error;
    }
    this.unwritten = [];
    for (const { id } of events) this.recent.delete(id);
  }

  /** Records why a stream cannot be trusted, or that it can be again. */
  noteSpoilt(stream: string, why: string | undefined): void {
    if (why === undefined) this.database.prepare('DELETE FROM spoilt WHERE stream = ?').run(stream);
    else this.database.prepare('INSERT OR REPLACE INTO spoilt VALUES (?, ?)').run(stream, why);
    this.rereadSpoilt();
  }

  /** Streams on the cluster that cannot be trusted. */
  spoilt(): Spoilt[] {
    return this.unreadable;
  }

  /** Clears the index, because it belongs to another log. */
  clear(): void {
    this.database.exec('DELETE FROM ids; DELETE FROM streams; DELETE FROM spoilt; DELETE FROM followed');
    this.database.exec(`INSERT INTO followed VALUES (0, 0, '', '', '')`);
    this.recent.clear();
    this.unwritten = [];
    this.reread();
  }

  close(): void {
    try {
      this.flush();
    } finally {
      this.database.close();
    }
  }

  private streamOf(stream: string): { number?: number; revision: number } {
    const known = this.streams.get(stream) ?? { revision: -1 };
    this.streams.set(stream, known);
    return known;
  }

  private rereadSpoilt(): void {
    const rows = this.database.prepare('SELECT stream, why FROM spoilt ORDER BY stream').all();
    this.unreadable = rows.map(({ stream, why }) => ({ stream: String(stream), why: String(why) }));
  }

  private saveFollowed(): void {
    const { position, eventPosition, id, installation, inStepAt } = this.followed;
    this.setFollowed.run(position, eventPosition, id, installation, inStepAt);
  }

  private reread(): void {
    const followed = this.database
      .prepare('SELECT position, event_position, id, installation, in_step_at FROM followed')
      .get();
    this.followed = {
      position: Number(followed?.position ?? 0),
      eventPosition: Number(followed?.event_position ?? 0),
      id: String(followed?.id ?? ''),
      installation: String(followed?.installation ?? ''),
      inStepAt: String(followed?.in_step_at ?? ''),
    };
    this.lastPosition = this.followed.eventPosition;
    this.rereadSpoilt();
    this.streams.clear();
    for (const { number, name, rev } of this.database
      .prepare('SELECT number, name, rev FROM streams')
      .iterate())
      this.streams.set(String(name), { number: Number(number), revision: Number(rev) });
  }
}

/** A cache need not survive a power cut, so commits are not flushed; the file stays consistent. */
function opened(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version === 0) database.exec(`BEGIN; ${layout} COMMIT`);
    else if (version !== 1) throw new Error(`layout ${version}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
