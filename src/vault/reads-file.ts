import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { instantAfter } from '../../domain/values/days/calendar.js';
import { msPerDay } from '../../domain/values/days/durations.js';
import { omitUndefined } from '../../domain/values/omit-undefined.js';
import type { ReadKind, ReadRecorded, ReadSaid, Reads } from '../app/access/reads.js';
import { positionIn } from '../app/governance/subscriptions/notices-of-subscription.js';
import type { World } from '../app/ports.js';
import type { Page, PageOf } from '../app/queries/asked.js';

/** Reads are written together, and tried again after a failure, in milliseconds. */
const writeMs = 1_000;
const againMs = 5_000;

/** The ports of the log of reads. */
interface ReadsNeeds {
  world: Pick<World, 'now' | 'after'>;
  /** How long reads are kept, in days. */
  keptDays: number;
  /** Called when they cannot be written; it is tried again. */
  onFailure?: ((error: Error) => void) | undefined;
}

const schema = `CREATE TABLE IF NOT EXISTS read (
  read INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL, credential TEXT NOT NULL, kind TEXT NOT NULL,
  route TEXT NOT NULL, as_of TEXT, known_at INTEGER, from_position INTEGER, to_position INTEGER, about TEXT,
  count INTEGER NOT NULL, requests INTEGER NOT NULL, to_as_of TEXT, to_known_at INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS read_by_time ON read (at);`;

type Pending = ReadSaid & { at: string; requests: number };

/** The log of reads in a file, which is made for the first read. */
export class ReadsFile implements Reads {
  private db: DatabaseSync | undefined;
  private pending = new Map<string, Pending>();
  private stop: (() => void) | undefined;
  private failing = false;
  private tidiedOn = '';

  constructor(
    private readonly path: string,
    private readonly needs: ReadsNeeds,
  ) {}

  record(said: ReadSaid): void {
    const { count, from, to, ...same } = said;
    const key = JSON.stringify(Object.entries(same).sort());
    const known = this.pending.get(key);
    const first = from === undefined ? {} : { from: Math.min(from, known?.from ?? from) };
    const last = to === undefined ? {} : { to: Math.max(to, known?.to ?? to) };
    const at = known?.at ?? this.needs.world.now();
    const sum = { count: count + (known?.count ?? 0), requests: 1 + (known?.requests ?? 0) };
    this.pending.set(key, { ...same, ...first, ...last, ...sum, at });
    this.stop ??= this.needs.world.after(writeMs, () => this.write());
  }

  isFailing(): boolean {
    return this.failing;
  }

  page(page: Page, { person, kind }: { person?: string; kind?: ReadKind }): PageOf<ReadRecorded> {
    const before = positionIn(page.cursor, Number.MAX_SAFE_INTEGER);
    this.write();
    const db = this.opened();
    if (!db) return { items: [] };
    const rows = db
      .prepare(
        `SELECT * FROM read WHERE read < ?1 AND (?2 IS NULL OR person = ?2) AND (?3 IS NULL OR kind = ?3)
        ORDER BY read DESC LIMIT ?4`,
      )
      .all(before, person ?? null, kind ?? null, page.limit + 1);
    const items = rows.slice(0, page.limit).map(recordedIn);
    const last = items.at(-1);
    return { items, ...(rows.length > page.limit && last ? { next: String(last.read) } : {}) };
  }

  async close(): Promise<void> {
    this.write();
    this.stop?.();
    this.db?.close();
  }

  /** Writes what is pending; what cannot be written stays, and is tried again. */
  private write(): void {
    this.stop?.();
    this.stop = undefined;
    if (this.pending.size === 0) return;
    try {
      const db = this.open();
      db.exec('BEGIN IMMEDIATE');
      try {
        this.tidy(db);
        insertAll(db, [...this.pending.values()]);
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      this.pending = new Map();
      this.failing = false;
    } catch (error) {
      this.failing = true;
      this.needs.onFailure?.(new Error(`reads cannot be recorded: ${(error as Error).message}.`));
      this.stop = this.needs.world.after(againMs, () => this.write());
    }
  }

  /** Removes, once a day, what has been kept for long enough. */
  private tidy(db: DatabaseSync): void {
    const now = this.needs.world.now();
    const today = now.slice(0, 10);
    if (today === this.tidiedOn) return;
    db.prepare('DELETE FROM read WHERE at < ?').run(instantAfter(now, -this.needs.keptDays * msPerDay));
    this.tidiedOn = today;
  }

  private opened(): DatabaseSync | undefined {
    return this.db ?? (existsSync(this.path) ? this.open() : undefined);
  }

  private open(): DatabaseSync {
    if (this.db) return this.db;
    const db = new DatabaseSync(this.path);
    try {
      db.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      db.exec(schema);
      addMissing(db);
    } catch (error) {
      db.close();
      throw error;
    }
    this.db = db;
    return db;
  }
}

/** Adds the columns that a file of an earlier version does not have. */
function addMissing(db: DatabaseSync): void {
  const known = new Set(
    db
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all('read')
      .map(({ name }) => name),
  );
  if (!known.has('to_as_of')) db.exec('ALTER TABLE read ADD COLUMN to_as_of TEXT');
  if (!known.has('to_known_at')) db.exec('ALTER TABLE read ADD COLUMN to_known_at INTEGER');
}

function insertAll(db: DatabaseSync, reads: readonly Pending[]): void {
  const insert = db.prepare('INSERT INTO read VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { at, person, credential, kind, route, count, requests, ...range } of reads)
    insert.run(
      ...[at, person, credential, kind, route],
      ...[range.asOf, range.knownAt, range.from, range.to, range.about].map((value) => value ?? null),
      ...[count, requests],
      ...[range.toAsOf, range.toKnownAt].map((value) => value ?? null),
    );
}

function recordedIn(row: Record<string, unknown>): ReadRecorded {
  const number = (value: unknown) => (value === null ? undefined : Number(value));
  const text = (value: unknown) => (value === null ? undefined : String(value));
  return omitUndefined({
    read: Number(row.read),
    at: String(row.at),
    person: String(row.person),
    credential: String(row.credential),
    kind: String(row.kind) as ReadKind,
    route: String(row.route),
    asOf: text(row.as_of),
    knownAt: number(row.known_at),
    toAsOf: text(row.to_as_of),
    toKnownAt: number(row.to_known_at),
    from: number(row.from_position),
    to: number(row.to_position),
    about: text(row.about),
    count: Number(row.count),
    requests: Number(row.requests),
  });
}
