import { hash } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { type Bench, figureOf } from './figures.js';
import { logOf } from './logs.js';

/** The rows of a store with generated events, for writing them again without the product. */
interface Written {
  layout: string[];
  streams: SQLInputValue[][];
  events: SQLInputValue[][];
  bodies: string[];
}

/** One limit: returns units per second. */
interface Limit {
  figure: string;
  unit: string;
  rate(): number;
}

/**
 * The limits of this machine without the product: disk flushes, one core with JSON and hashes, and SQLite with the
 * product's tables, settings and bytes. Compare other benches with these.
 */
export const limits: Bench = async function* ({ isSmall, runs }) {
  // Not the temporary folder, which may be in memory and flush nothing.
  const folder = mkdtempSync(fileURLToPath(new URL('../limits-', import.meta.url)));
  const log = await logOf({ projects: 20, eventsEach: 1_000 });
  try {
    const all = limitsOf(readBack(log.path), join(folder, 'written'), isSmall ? 0.2 : 1);
    const rates = all.map((): number[] => []);
    for (let run = 0; run < runs; run += 1) {
      for (const [index, { rate }] of all.entries()) rates[index]?.push(rate());
    }
    for (const [index, { figure, unit }] of all.entries())
      yield figureOf({ bench: 'limits', figure, unit }, rates[index] ?? []);
  } finally {
    log.remove();
    rmSync(folder, { recursive: true, force: true });
  }
};

function limitsOf(written: Written, path: string, seconds: number): Limit[] {
  const { bodies } = written;
  const bytes = Math.round(Buffer.byteLength(bodies.join('')) / bodies.length);
  const body = (i: number) => bodies[i % bodies.length] as string;
  const perBody = (work: (text: string) => unknown) => () => rateOf(seconds, 256, (i) => work(body(i)));
  const disk = (kilobytes: number) => () => {
    const file = openSync(path, 'w');
    const block = Buffer.alloc(kilobytes * 1024, 'a');
    const rate = rateOf(seconds, 1, () => {
      writeSync(file, block);
      fdatasyncSync(file);
    });
    closeSync(file);
    rmSync(path);
    return rate;
  };
  const sqlite = (inTransaction: number) => ({
    figure: `SQLite, synchronous=FULL, the product's tables, ${inTransaction} in a transaction`,
    unit: 'events/s',
    rate: () => insertRate(written, path, inTransaction, Math.ceil(seconds * 3_000)),
  });
  return [
    { figure: '1 KB appended to a file and fdatasync', unit: 'flushes/s', rate: disk(1) },
    { figure: '64 KB appended to a file and fdatasync', unit: 'flushes/s', rate: disk(64) },
    { figure: `JSON.parse of an event of ${bytes} bytes`, unit: 'events/s', rate: perBody(JSON.parse) },
    {
      figure: `SHA-256 of an event of ${bytes} bytes`,
      unit: 'events/s',
      rate: perBody((text) => hash('sha256', text, 'buffer')),
    },
    sqlite(1),
    sqlite(64),
    sqlite(256),
  ];
}

/** Repeats work for some seconds, checking the clock after each `between` repetitions; returns the rate per second. */
function rateOf(seconds: number, between: number, work: (i: number) => unknown): number {
  const before = performance.now();
  let count = 0;
  let passed = 0;
  while (passed < seconds) {
    for (const end = count + between; count < end; count += 1) work(count);
    passed = (performance.now() - before) / 1000;
  }
  return count / passed;
}

/** Inserts rows into a new file, in at most `transactions` transactions of a fixed size; returns events per second. */
function insertRate(written: Written, path: string, inTransaction: number, transactions: number): number {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -32768`);
  for (const sql of written.layout) database.exec(sql);
  const insert = (table: string, row: readonly SQLInputValue[]) =>
    database.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`);
  const addStream = insert('streams', written.streams[0] ?? []);
  database.exec('BEGIN');
  for (const row of written.streams) addStream.run(...row);
  database.exec('COMMIT');

  const addEvent = insert('events', written.events[0] ?? []);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rows = written.events.slice(0, inTransaction * transactions);
  const before = performance.now();
  for (let first = 0; first < rows.length; first += inTransaction) {
    begin.run();
    for (const row of rows.slice(first, first + inTransaction)) addEvent.run(...row);
    commit.run();
  }
  const seconds = (performance.now() - before) / 1000;
  database.close();
  rmSync(path);
  return rows.length / seconds;
}

function readBack(path: string): Written {
  const database = new DatabaseSync(path);
  const rowsOf = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement.all() as unknown as SQLInputValue[][];
  };
  const written = {
    layout: rowsOf('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').flat().map(String),
    streams: rowsOf('SELECT * FROM streams ORDER BY number'),
    events: rowsOf('SELECT * FROM events ORDER BY seq'),
    bodies: rowsOf('SELECT CAST(body AS TEXT) FROM events ORDER BY seq').flat().map(String),
  };
  database.close();
  return written;
}
