import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A row of the event table as a store wrote it. */
type Row = [seq: number, stream: number, rev: number, id: Uint8Array, leaf: Uint8Array, body: Uint8Array];

/** Rows that a store wrote, for writing them again without the product. */
export interface Written {
  rows: Row[];
  layout: string[];
  streams: { number: number; name: string }[];
}

/** Maximum number of events per transaction of the store. */
const mostInGroup = 256;

export function writtenIn(path: string): Written {
  const source = new DatabaseSync(path);
  const read = source.prepare('SELECT seq, stream, rev, id, leaf, body FROM events ORDER BY seq');
  read.setReturnArrays(true);
  const rows = read.all() as unknown as Row[];
  const layout = source.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  const streams = source.prepare('SELECT number, name FROM streams').all();
  source.close();
  return {
    rows,
    layout: layout.map(({ sql }) => String(sql)),
    streams: streams.map(({ number, name }) => ({ number: Number(number), name: String(name) })),
  };
}

/**
 * The limit of this machine with SQLite alone: producers each wait until their own row is durable, and all waiting rows
 * share one transaction per turn of the event loop. Rows, tables and settings are those of the store; rows are prepared
 * beforehand. Returns events per second.
 */
export async function groupCommitLoop(written: Written, path: string, inFlight: number): Promise<number> {
  const { rows } = written;
  const database = emptyLike(written, path);
  const insert = database.prepare(
    'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let waiting: { row: Row; wake: () => void }[] = [];
  let isBusy = false;
  const turn = () => {
    const group = waiting.splice(0, mostInGroup);
    if (group.length === 0) {
      isBusy = false;
      return;
    }
    begin.run();
    for (const { row } of group) insert.run(...row);
    commit.run();
    for (const { wake } of group) wake();
    setImmediate(turn);
  };
  const durable = (row: Row) =>
    new Promise<void>((wake) => {
      waiting.push({ row, wake });
      if (isBusy) return;
      isBusy = true;
      setImmediate(turn);
    });

  let next = 0;
  const before = performance.now();
  const producer = async () => {
    while (next < rows.length) {
      const row = rows[next] as Row;
      next += 1;
      await durable(row);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, producer));
  const seconds = (performance.now() - before) / 1000;
  waiting = [];
  database.close();
  removeStore(path);
  return rows.length / seconds;
}

/** The limit of the disk: the bytes of each event are appended to a file and flushed, one event after the other. */
export function flushLoop({ rows }: Written, path: string): number {
  const file = openSync(path, 'w');
  const before = performance.now();
  for (const [, , , , , body] of rows) {
    writeSync(file, body);
    fdatasyncSync(file);
  }
  const seconds = (performance.now() - before) / 1000;
  closeSync(file);
  rmSync(path);
  return rows.length / seconds;
}

/** Removes a store's file and the files beside it. */
export function removeStore(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-anchor']) rmSync(path + suffix, { force: true });
}

function emptyLike({ layout, streams }: Written, path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -32768`);
  for (const sql of layout) database.exec(sql);
  const intern = database.prepare('INSERT INTO streams (number, name) VALUES (?, ?)');
  database.exec('BEGIN');
  for (const { number, name } of streams) intern.run(number, name);
  database.exec('COMMIT');
  return database;
}
