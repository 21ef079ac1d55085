import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ViewsEnd } from '../views-file.js';
import type { LineTable } from './line-table.js';
import { LineTerms } from './terms.js';

/** Changes with what a record holds, or with what projections put into it. */
export const version = 1;

/** Records in one row of the file: what is written again when a project's last record changes. */
const blockRecords = 64;

const schema = `CREATE TABLE made_from (
  store TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, stream TEXT, revision INTEGER, id TEXT) STRICT;
  CREATE TABLE project (number INTEGER PRIMARY KEY, project TEXT NOT NULL, revision INTEGER NOT NULL,
  position INTEGER NOT NULL, rules INTEGER NOT NULL) STRICT;
  CREATE TABLE block (project INTEGER NOT NULL, block INTEGER NOT NULL, records BLOB NOT NULL,
  PRIMARY KEY (project, block)) STRICT, WITHOUT ROWID;
  CREATE TABLE term (kind TEXT NOT NULL, number INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, number))
  STRICT, WITHOUT ROWID;`;

/** How far the lines of a project are. */
export interface Followed {
  project: string;
  revision: number;
  position: number;
  /** The position of the last rules that they were made by. */
  rules: number;
}

const kinds = ['places', 'stages', 'money'] as const;

/** The table of lines in a file: a cache that may be deleted at any time. */
export class LinesFile {
  readonly #upsertProject: StatementSync;
  readonly #upsertBlock: StatementSync;
  readonly #deleteBlocks: StatementSync;
  readonly #insertTerm: StatementSync;
  readonly #saved = { places: 1, stages: 1, money: 1 };

  private constructor(
    private readonly db: DatabaseSync,
    private readonly terms: LineTerms,
  ) {
    this.#upsertProject = db.prepare('INSERT OR REPLACE INTO project VALUES (?, ?, ?, ?, ?)');
    this.#upsertBlock = db.prepare('INSERT OR REPLACE INTO block VALUES (?, ?, ?)');
    this.#deleteBlocks = db.prepare('DELETE FROM block WHERE project = ? AND block >= ?');
    this.#insertTerm = db.prepare('INSERT INTO term VALUES (?, ?, ?)');
  }

  /**
   * Opens the file at a path; makes it when it is missing, damaged, of another version or of another log.
   */
  static open(path: string, store: string, terms: LineTerms): LinesFile {
    try {
      return LinesFile.existing(path, store, terms);
    } catch {
      // Anything unreadable is no cache: it is made again from the log.
    }
    if (path !== ':memory:')
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
    const db = new DatabaseSync(path);
    setUp(db);
    db.exec(`BEGIN; ${schema}`);
    db.prepare('INSERT INTO made_from (store, version, position) VALUES (?, ?, 0)').run(store, version);
    db.exec('COMMIT');
    return new LinesFile(db, terms);
  }

  private static existing(path: string, store: string, terms: LineTerms): LinesFile {
    const db = new DatabaseSync(path);
    try {
      setUp(db);
      const row = db.prepare('SELECT store, version FROM made_from').get();
      if (row?.store !== store || row.version !== version) throw new Error('of another store');
      const file = new LinesFile(db, terms);
      file.#readTerms();
      return file;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** The event up to which the lines of all projects were whole; undefined when they never were. */
  get endsWith(): ViewsEnd | undefined {
    const row = this.db.prepare('SELECT position, stream, revision, id FROM made_from').get();
    return Number(row?.position) > 0 ? (row as unknown as ViewsEnd) : undefined;
  }

  /** Puts all that it holds into an empty table, and answers how far each project is, in the order of their numbers. */
  load(table: LineTable): Followed[] {
    const followed: Followed[] = [];
    const projects = this.db.prepare(
      'SELECT project, revision, position, rules FROM project ORDER BY number',
    );
    projects.setReturnArrays(true);
    for (const row of projects.iterate() as Iterable<unknown>) {
      const [project, revision, position, rules] = row as [string, number, number, number];
      table.add();
      followed.push({ project, revision, position, rules });
    }
    const blocks = this.db.prepare('SELECT project, records FROM block ORDER BY project, block');
    blocks.setReturnArrays(true);
    for (const row of blocks.iterate() as Iterable<unknown>) {
      const [project, records] = row as [number, Uint8Array];
      table.load(project, records);
    }
    return followed;
  }

  /** Begins to write; what is written until `commit` is kept together. */
  begin(): void {
    if (!this.db.isTransaction) this.db.exec('BEGIN');
  }

  /** Writes the records of a project from a rank on, and how far it is. */
  save(
    table: LineTable,
    number: number,
    from: number,
    { project, revision, position, rules }: Followed,
  ): void {
    if (from === 0) this.#deleteBlocks.run(number, 0);
    const count = table.countOf(number);
    for (let block = Math.floor(from / blockRecords); block * blockRecords < count; block++) {
      const end = Math.min(count, (block + 1) * blockRecords);
      this.#upsertBlock.run(number, block, table.bytesOf(number, block * blockRecords, end));
    }
    this.#upsertProject.run(number, project, revision, position, rules);
  }

  /** Keeps what was written; with it, that all projects are whole up to an event. */
  commit(end?: ViewsEnd): void {
    this.begin();
    for (const kind of kinds) {
      for (const { number, value } of this.terms[kind].since(this.#saved[kind]))
        this.#insertTerm.run(kind, number, JSON.stringify(value));
      this.#saved[kind] = this.terms[kind].count;
    }
    if (end) {
      const update = this.db.prepare('UPDATE made_from SET position = ?, stream = ?, revision = ?, id = ?');
      update.run(end.position, end.stream, end.revision, end.id);
    }
    this.db.exec('COMMIT');
  }

  /** Lets go of everything but the terms. */
  clear(): void {
    this.begin();
    this.db.exec('DELETE FROM block; DELETE FROM project; UPDATE made_from SET position = 0; COMMIT');
  }

  close(): void {
    this.db.close();
  }

  #readTerms(): void {
    const rows = this.db.prepare('SELECT kind, number, value FROM term ORDER BY kind, number').all();
    for (const { kind, number, value } of rows) {
      const known = kinds.find((candidate) => candidate === kind);
      if (!known || this.terms[known].numberOf(JSON.parse(String(value))) !== number)
        throw new Error('terms are missing');
      this.#saved[known] = this.terms[known].count;
    }
  }
}

/** A cache need not survive a power cut, so it is not flushed at each commit; it is never torn either. */
function setUp(db: DatabaseSync): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
}
