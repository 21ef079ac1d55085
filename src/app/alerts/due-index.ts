import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Day } from '../../../domain/values/days/calendar.js';

/** The last evaluation of a project, and when it is next due by time alone. */
export interface LastEvaluation {
  project: string;
  timeZone: string;
  /** The position up to which its entries were known. */
  upTo: number;
  on: Day;
  /** Identifies the rules and calendar of the evaluation. */
  by: string;
  nextOn: Day | null;
}

/** Changes with the layout of the file, and with the meaning of entries: then every project is evaluated again. */
const version = 2;

const schema = `CREATE TABLE judged (
  project TEXT PRIMARY KEY, time_zone TEXT NOT NULL, up_to INTEGER NOT NULL, judged_on TEXT NOT NULL,
  judged_by TEXT NOT NULL, next_on TEXT) STRICT, WITHOUT ROWID;
  CREATE INDEX judged_by_next ON judged (time_zone, next_on);
  CREATE INDEX judged_by_day ON judged (time_zone, judged_on);
  CREATE TABLE made_from (store TEXT NOT NULL, version INTEGER NOT NULL, followed_to INTEGER NOT NULL) STRICT;`;

/**
 * When each project is next due, in a file of its own: a cache that may be deleted at any time, because every project
 * is then evaluated again, without new events.
 *
 * Writes stay in one open transaction until `flush`; unflushed projects are evaluated again.
 */
export class DueIndex {
  private readonly upsert: StatementSync;
  private readonly due: StatementSync;
  private readonly zones: StatementSync;
  private readonly others: StatementSync;
  private readonly upTo: StatementSync;

  private constructor(private readonly db: DatabaseSync) {
    this.upsert = db.prepare('INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?, ?)');
    // One index for each half.
    this.due = db.prepare(`SELECT project FROM judged WHERE time_zone = ?1 AND next_on <= ?2
      UNION SELECT project FROM judged WHERE time_zone = ?1 AND judged_on > ?2`);
    this.zones = db.prepare('SELECT DISTINCT time_zone FROM judged');
    this.others = db.prepare('SELECT project FROM judged WHERE judged_by <> ?');
    this.upTo = db.prepare('SELECT up_to FROM judged WHERE project = ?');
  }

  /** Opens the index at a path; creates an empty one if it is missing, damaged, of another version or of another store. */
  static open(path: string, store: string): DueIndex {
    return existing(path, store) ?? DueIndex.make(path, store);
  }

  private static make(path: string, store: string): DueIndex {
    if (path !== ':memory:')
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
    const db = new DatabaseSync(path);
    setUp(db);
    db.exec(`BEGIN; ${schema}`);
    db.prepare('INSERT INTO made_from VALUES (?, ?, 0)').run(store, version);
    db.exec('COMMIT');
    return new DueIndex(db);
  }

  /** @throws Error if the file is not an index of this version and store */
  static from(db: DatabaseSync, store: string): DueIndex {
    const row = db.prepare('SELECT store, version FROM made_from').get();
    if (row?.store !== store || row.version !== version) throw new Error('of another store');
    return new DueIndex(db);
  }

  /** The position up to which a project was known at its last evaluation; -1 before the first. */
  evaluatedUpTo(project: string): number {
    return Number(this.upTo.get(project)?.up_to ?? -1);
  }

  note({ project, timeZone, upTo, on, by, nextOn }: LastEvaluation): void {
    this.begin();
    this.upsert.run(project, timeZone, upTo, on, by, nextOn);
  }

  /**
   * Projects that are due, or were evaluated on a later day than today because the clock went back.
   *
   * @param todayIn gives the business day in a time zone
   */
  dueNow(todayIn: (timeZone: string) => Day): string[] {
    return this.zones.all().flatMap((row) => {
      const timeZone = String(row.time_zone);
      return this.due.all(timeZone, todayIn(timeZone)).map(({ project }) => String(project));
    });
  }

  /** Projects that were last evaluated under other rules or another calendar. */
  notBy(by: string): string[] {
    return this.others.all(by).map(({ project }) => String(project));
  }

  /** The position up to which all events were evaluated. */
  get followedTo(): number {
    return Number(this.db.prepare('SELECT followed_to FROM made_from').get()?.followed_to ?? 0);
  }

  followTo(position: number): void {
    this.begin();
    this.db.prepare('UPDATE made_from SET followed_to = ?').run(position);
  }

  flush(): void {
    if (this.db.isTransaction) this.db.exec('COMMIT');
  }

  /** Flushes if possible, and closes. */
  close(): void {
    try {
      this.flush();
    } catch {
      // Unflushed projects are evaluated again.
    }
    this.db.close();
  }

  private begin(): void {
    if (!this.db.isTransaction) this.db.exec('BEGIN');
  }
}

function existing(path: string, store: string): DueIndex | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    setUp(db);
    return DueIndex.from(db, store);
  } catch {
    // An unreadable cache is rebuilt.
    db?.close();
    return undefined;
  }
}

/** Another process that still holds the file would make it inconsistent. */
function setUp(db: DatabaseSync): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
}
