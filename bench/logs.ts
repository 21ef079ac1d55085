import { hash } from 'node:crypto';
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteStore, type SqliteStore } from '../src/event-store/sqlite/sqlite.js';
import { uuidOf } from '../test/support/dice.js';
import { fillStore } from './generate.js';
import type { Shape } from './site-life.js';

/** Events per project: many short streams, or few long ones. */
export const eventsEach = { short: 10, long: 1_000 } as const;

export type ShapeName = keyof typeof eventsEach;

/** A private copy of a log for one bench. */
export interface Log extends Shape {
  /** The store's file, in a folder of its own. */
  path: string;
  events: number;
  remove(): void;
}

/** Cached between runs beside the compiled files; the temporary folder may be in memory. */
const folder = fileURLToPath(new URL('../logs/', import.meta.url));
/** Bytes of the file per event, rounded up. */
const bytesEach = 900;

/** The number of projects for a number of events, in one of the two shapes. */
function shapeOf({ events, shape }: { events: number; shape: ShapeName }): Shape {
  const each = Math.min(events, eventsEach[shape]);
  return { projects: Math.ceil(events / each), eventsEach: each };
}

/**
 * A store file with a log of a given size, generated at the first call and copied from then on.
 *
 * The events are those of `fillStore` in the order `as-lived`, with `recordedAt` on their days. A file of another
 * version of the store or the generator is rebuilt.
 *
 * @throws Error there is no room for it
 */
export async function logOf(size: { events: number; shape: ShapeName } | Shape): Promise<Log> {
  const shape = 'shape' in size ? shapeOf(size) : size;
  const events = shape.projects * shape.eventsEach;
  const name = `${shape.projects}x${shape.eventsEach}-`;
  const made = join(folder, name + (await fingerprint(shape)));
  mkdirSync(folder, { recursive: true });
  removeLeftOver();
  const isMade = existsSync(made);
  requireRoom(events * bytesEach * (isMade ? 1 : 2));
  if (!isMade) {
    const old = readdirSync(folder).filter((other) => other.startsWith(name));
    for (const other of old) rmSync(join(folder, other), { recursive: true });
    await make(shape, made);
  }
  const copy = mkdtempSync(join(folder, `copy-${process.pid}-`));
  cpSync(made, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return {
    ...shape,
    events,
    path: join(copy, 'events.db'),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

async function make(shape: Shape, target: string): Promise<void> {
  const started = performance.now();
  const part = mkdtempSync(join(folder, `part-${process.pid}-`));
  try {
    const clock = { at: '' };
    const store = open(join(part, 'events.db'), clock);
    // A partial file may be lost; the whole one is flushed before it gets its name.
    store.database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
    await fill(store, shape, clock);
    await store.close();
    for (const file of readdirSync(part)) flush(join(part, file));
    renameSync(part, target);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stderr.write(
    `bench: made a log of ${shape.projects} projects with ${shape.eventsEach} events each in ${seconds} s\n`,
  );
}

/** Identifies the version of the file's layout and content. */
async function fingerprint({ projects, eventsEach }: Shape): Promise<string> {
  const clock = { at: '' };
  const store = open(':memory:', clock);
  const sample = { projects: Math.min(20, projects), eventsEach: Math.min(100, eventsEach) };
  await fill(store, sample, clock);
  const layout = store.database.prepare('SELECT sql FROM sqlite_schema').all();
  const bodies = store.database.prepare('SELECT CAST(body AS TEXT) AS body FROM events ORDER BY seq').all();
  await store.close();
  return hash('sha256', JSON.stringify([layout, bodies])).slice(0, 12);
}

function open(path: string, clock: { at: string }): SqliteStore {
  return openSqliteStore(path, {
    now: () => clock.at,
    newId: () => uuidOf('bench'),
    nextTurn: (call) => void setImmediate(call),
  });
}

function fill(store: SqliteStore, shape: Shape, clock: { at: string }): Promise<void> {
  const onTime = (at: string) => {
    clock.at = at;
  };
  return fillStore(store, shape, { order: 'as-lived', onTime });
}

/** Removes the remains of an interrupted bench. */
function removeLeftOver(): void {
  for (const name of readdirSync(folder)) {
    const pid = /^(?:copy|part)-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { recursive: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function requireRoom(bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize > bytes) return;
  const gigabytes = (value: number) => `${(value / 1e9).toFixed(1)} GB`;
  throw new Error(
    `${folder} needs ${gigabytes(bytes)} for the log and its copy, and ${gigabytes(bavail * bsize)} are free there`,
  );
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
