import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ViewsEnd } from '../../views/views-file.js';
import type { RowTable } from './row-table.js';
import { RowTerms } from './terms.js';

/** Changes with the content of a record, and with the projections behind it. */
export const version = 7;

/** Records per row of the file: the unit that is rewritten when a project's last record changes. */
const blockRecords = 64;
/**
 * The key of a block, in the order (project, block): in a table clustered by it SQLite fills pages, without an overflow
 * page per row.
 */
const placeOf = (project: number, block: number): number => project * blocksEach + block;
const blocksEach = 1024;
/** Projects read together. */
const projectsAtOnce = 500;

const schema = `CREATE TABLE made_from (
  store TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, stream TEXT, revision INTEGER, id TEXT) STRICT;
  CREATE TABLE project (number INTEGER PRIMARY KEY, project TEXT NOT NULL, revision INTEGER NOT NULL,
  position INTEGER NOT NULL, rules INTEGER NOT NULL, whole_from INTEGER NOT NULL) STRICT;
  CREATE TABLE block (place INTEGER PRIMARY KEY, records BLOB NOT NULL) STRICT;
  CREATE TABLE term (kind TEXT NOT NULL, number INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, number))
  STRICT, WITHOUT ROWID;
  CREATE TABLE annual (number INTEGER PRIMARY KEY, figure BLOB NOT NULL) STRICT;`;

/** The progress of a project's rows. */
export interface Followed {
  project: string;
  revision: number;
  position: number;
  /** The position of the rules behind them. */
  rules: number;
  /** The table has its knowledge from this position on; earlier knowledge is folded on demand. */
  wholeFrom: number;
}

const kinds = ['places', 'stages', 'money', 'annualKinds'] as const;

/** The row table in a file: a cache that may be deleted at any time. */
export class RowsFile {
  private readonly upsertProject: StatementSync;
  private readonly upsertBlock: StatementSync;
  private readonly deleteBlocks: StatementSync;
  private readonly insertTerm: StatementSync;
  private readonly insertAnnual: StatementSync;
  private readonly saved = { places: 1, stages: 1, money: 1, annualKinds: 1, annual: 1 };

  private constructor(
    private readonly db: DatabaseSync,
    private readonly terms: RowTerms,
  ) {
    this.upsertProject = db.prepare('INSERT OR REPLACE INTO project VALUES (?, ?, ?, ?, ?, ?)');
    this.upsertBlock = db.prepare('INSERT OR REPLACE INTO block VALUES (?, ?)');
    this.deleteBlocks = db.prepare('DELETE FROM block WHERE place >= ? AND place < ?');
    this.insertTerm = db.prepare('INSERT INTO term VALUES (?, ?, ?)');
    this.insertAnnual = db.prepare('INSERT INTO annual VALUES (?, ?)');
  }

  /** Opens the file at a path; creates it if it is missing, damaged, of another version or of another log. */
  static open(path: string, store: string, terms: RowTerms): RowsFile {
    try {
      return RowsFile.existing(path, store, terms);
    } catch {
      // An unreadable cache is rebuilt from the log.
    }
    return RowsFile.empty(path, store, terms);
  }

  /** An empty file at a path, replacing any existing one. */
  static empty(path: string, store: string, terms: RowTerms): RowsFile {
    if (path !== ':memory:')
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
    const db = new DatabaseSync(path);
    setUp(db);
    db.exec(`BEGIN; ${schema}`);
    db.prepare('INSERT INTO made_from (store, version, position) VALUES (?, ?, 0)').run(store, version);
    db.exec('COMMIT');
    return new RowsFile(db, terms);
  }

  private static existing(path: string, store: string, terms: RowTerms): RowsFile {
    const db = new DatabaseSync(path);
    try {
      setUp(db);
      const row = db.prepare('SELECT store, version FROM made_from').get();
      if (row?.store !== store || row.version !== version) throw new Error('of another store');
      const file = new RowsFile(db, terms);
      file.readTerms();
      return file;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** The event up to which all rows were complete; undefined if they never were. */
  get endsWith(): ViewsEnd | undefined {
    const row = this.db.prepare('SELECT position, stream, revision, id FROM made_from').get();
    return Number(row?.position) > 0 ? (row as unknown as ViewsEnd) : undefined;
  }

  /**
   * Loads everything into an empty table, and yields the progress of each project, in the order of their numbers: in
   * pages, each of which takes a moment.
   */
  *load(table: RowTable): Generator<Followed[], undefined> {
    const projects = this.db.prepare(
      'SELECT project, revision, position, rules, whole_from FROM project WHERE number >= ? ORDER BY number LIMIT ?',
    );
    const blocks = this.db.prepare(
      'SELECT place, records FROM block WHERE place >= ? AND place < ? ORDER BY place',
    );
    for (const statement of [projects, blocks]) statement.setReturnArrays(true);
    for (let from = 0; ; from += projectsAtOnce) {
      const rows = projects.all(from, projectsAtOnce) as unknown as [
        string,
        number,
        number,
        number,
        number,
      ][];
      if (rows.length === 0) return;
      for (const _ of rows) table.add();
      for (const row of blocks.iterate(
        placeOf(from, 0),
        placeOf(from + rows.length, 0),
      ) as Iterable<unknown>) {
        const [place, records] = row as [number, Uint8Array];
        table.load(Math.floor(place / blocksEach), records);
      }
      yield rows.map(([project, revision, position, rules, wholeFrom]) => ({
        project,
        revision,
        position,
        rules,
        wholeFrom,
      }));
    }
  }

  /** Starts a transaction that `commit` ends. */
  begin(): void {
    if (!this.db.isTransaction) this.db.exec('BEGIN');
  }

  /** Writes the records of a project from a rank on, and its progress. */
  save(
    table: RowTable,
    number: number,
    from: number,
    { project, revision, position, rules, wholeFrom }: Followed,
  ): void {
    if (from === 0) this.deleteBlocks.run(placeOf(number, 0), placeOf(number + 1, 0));
    const count = table.countOf(number);
    for (let block = Math.floor(from / blockRecords); block * blockRecords < count; block++) {
      const end = Math.min(count, (block + 1) * blockRecords);
      this.upsertBlock.run(placeOf(number, block), table.bytesOf(number, block * blockRecords, end));
    }
    this.upsertProject.run(number, project, revision, position, rules, wholeFrom);
  }

  /** Commits; optionally with the event up to which all projects are complete. */
  commit(end?: ViewsEnd): void {
    this.begin();
    for (const kind of kinds) {
      for (const { number, value } of this.terms[kind].since(this.saved[kind]))
        this.insertTerm.run(kind, number, JSON.stringify(value));
      this.saved[kind] = this.terms[kind].count;
    }
    const { annual } = this.terms;
    for (const { number, bytes } of annual.since(this.saved.annual)) this.insertAnnual.run(number, bytes);
    this.saved.annual = annual.count;
    if (end) {
      const update = this.db.prepare('UPDATE made_from SET position = ?, stream = ?, revision = ?, id = ?');
      update.run(end.position, end.stream, end.revision, end.id);
    }
    this.db.exec('COMMIT');
  }

  /** Deletes everything except the terms. */
  clear(): void {
    this.begin();
    this.db.exec('DELETE FROM block; DELETE FROM project; UPDATE made_from SET position = 0; COMMIT');
  }

  close(): void {
    this.db.close();
  }

  private readTerms(): void {
    const rows = this.db.prepare('SELECT kind, number, value FROM term ORDER BY kind, number').all();
    for (const { kind, number, value } of rows) {
      const known = kinds.find((candidate) => candidate === kind);
      if (!known || this.terms[known].numberOf(JSON.parse(String(value))) !== number)
        throw new Error('terms are missing');
      this.saved[known] = this.terms[known].count;
    }
    const { annual } = this.terms;
    for (const { number, figure } of this.db
      .prepare('SELECT number, figure FROM annual ORDER BY number')
      .all())
      if (!(figure instanceof Uint8Array) || annual.load(figure) !== number)
        throw new Error('annual plans are missing');
    this.saved.annual = annual.count;
  }
}

/** A cache need not survive a power cut, so commits are not flushed; the file stays consistent. */
function setUp(db: DatabaseSync): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
}
