import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { NewEvent } from '../src/event-store/event-store.js';
import { openSqliteStore } from '../src/event-store/sqlite.js';
import { storePorts } from '../test/support/event-store-ports.js';
import { sampleEvent } from '../test/support/event-store-samples.js';
import { type Effort, type Figure, figureOf } from './figures.js';

/** Appends that are waiting for their answer at any time, and how many are made in all. */
const loads = [
  { inFlight: 1, appends: 3000, small: 300 },
  { inFlight: 64, appends: 40_000, small: 6000 },
  { inFlight: 1024, appends: 80_000, small: 12_000 },
];
const streams = 1000;
const mostInGroup = 256;

/**
 * Appends of one event each to a store in a real file, every answer durable, against a bare loop that inserts the same
 * rows into the same tables with the same settings, as many in a transaction as the store can put into one.
 */
export async function* append({ isSmall, runs }: Effort): AsyncIterable<Figure> {
  // Not the folder for temporary files, which may lie in memory and flush nothing.
  const folder = mkdtempSync(fileURLToPath(new URL('../append-', import.meta.url)));
  try {
    for (const { inFlight, ...sizes } of loads) {
      const count = isSmall ? sizes.small : sizes.appends;
      const events = Array.from({ length: count }, (_, i) => sampleEvent(i, `bench ${i}`));
      const ours: Run[] = [];
      const bare: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const path = join(folder, `${inFlight}-${run}.db`);
        ours.push(await appendAll(path, events, inFlight));
        bare.push(insertAll(path, join(folder, 'bare.db'), Math.min(inFlight, mostInGroup)));
        for (const file of [path, join(folder, 'bare.db')]) rmSync(file);
      }
      const bench = 'append';
      const rates = ours.map(({ rate }) => rate);
      const versus = { name: 'bare loop of inserts', values: bare };
      yield figureOf({ bench, figure: `${inFlight} in flight`, unit: 'events/s' }, rates, versus);
      const p99 = ours.map(({ p99Ms }) => p99Ms);
      yield figureOf({ bench, figure: `${inFlight} in flight, slowest of 100 answers`, unit: 'ms' }, p99);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  rate: number;
  p99Ms: number;
}

async function appendAll(path: string, events: readonly NewEvent[], inFlight: number): Promise<Run> {
  const store = openSqliteStore(path, storePorts());
  const waits: number[] = [];
  let next = 0;
  const before = performance.now();
  const hand = async () => {
    while (next < events.length) {
      const number = next;
      next += 1;
      const sent = performance.now();
      await store.append(`project-${number % streams}`, [events[number] as NewEvent], 'any');
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
  const seconds = (performance.now() - before) / 1000;
  await store.close();
  waits.sort((a, b) => a - b);
  return { rate: events.length / seconds, p99Ms: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN };
}

type Row = [seq: number, stream: number, rev: number, id: Uint8Array, leaf: Uint8Array, body: Uint8Array];

/** Inserts what a store wrote into another file of the same layout; answers events a second. */
function insertAll(from: string, path: string, inTransaction: number): number {
  const source = new DatabaseSync(from);
  const read = source.prepare('SELECT seq, stream, rev, id, leaf, body FROM events ORDER BY seq');
  read.setReturnArrays(true);
  const rows = read.all() as unknown as Row[];
  const layout = source.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  const names = source.prepare('SELECT number, name FROM streams').all();
  source.close();

  const database = new DatabaseSync(path);
  database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -32768`);
  for (const { sql } of layout) database.exec(String(sql));
  const intern = database.prepare('INSERT INTO streams (number, name) VALUES (?, ?)');
  database.exec('BEGIN');
  for (const { number, name } of names) intern.run(Number(number), String(name));
  database.exec('COMMIT');

  const insert = database.prepare(
    'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const before = performance.now();
  for (let first = 0; first < rows.length; first += inTransaction) {
    begin.run();
    for (const row of rows.slice(first, first + inTransaction)) insert.run(...row);
    commit.run();
  }
  const seconds = (performance.now() - before) / 1000;
  database.close();
  return rows.length / seconds;
}
