import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../domain/project/commands.js';
import { type EntryMetadata, type EventData, streamOf } from '../domain/project/events.js';
import { addDays } from '../domain/values/days/calendar.js';
import { Execute } from '../src/app/commands/execute.js';
import { world } from '../src/composition/world.js';
import type { NewEvent } from '../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../src/event-store/sqlite/sqlite.js';
import { storePorts } from '../test/support/event-store-ports.js';
import { removeStore } from './append-limits.js';
import { type Effort, type Figure, figureOf } from './figures.js';

const inFlight = 64;
const projects = 1000;
const firstDay = '2018-01-01';
const by = 'inspector-7';

/** Commands timed, and entries that the long project starts with. */
const sizes = {
  full: { commands: 40_000, into: 4000, entries: 10_000 },
  small: { commands: 6000, into: 600, entries: 2000 },
};

/**
 * Commands decided and stored, every answer durable: over a thousand projects, versus appends of the same events
 * without a decision; and into one long project, versus the same commands into a short one.
 */
export async function* execute({ isSmall, runs }: Effort): AsyncIterable<Figure> {
  const { commands, into, entries } = isSmall ? sizes.small : sizes.full;
  // Not the temporary folder, which may be in memory and flush nothing.
  const folder = mkdtempSync(fileURLToPath(new URL('../execute-', import.meta.url)));
  const path = join(folder, 'events.db');
  const many = { decided: [] as number[], appended: [] as number[] };
  const one = { long: [] as number[], short: [] as number[] };
  const inStore = async (work: (store: SqliteStore) => Promise<number>): Promise<number> => {
    const store = openSqliteStore(path, storePorts());
    const rate = await work(store);
    await store.close();
    removeStore(path);
    return rate;
  };
  try {
    for (let run = 0; run < runs; run += 1) {
      many.decided.push(await inStore((store) => decided(store, commands)));
      many.appended.push(await inStore((store) => appended(store, commands)));
      one.long.push(await inStore((store) => intoOne(store, entries, into)));
      one.short.push(await inStore((store) => intoOne(store, 10, into)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const what = { bench: 'execute', unit: 'commands/s' };
  yield figureOf({ ...what, figure: `${inFlight} in flight over ${projects} projects` }, many.decided, {
    name: 'append of the same events',
    values: many.appended,
  });
  yield figureOf(
    { ...what, figure: `${inFlight} in flight into one project of ${entries} entries` },
    one.long,
    { name: 'the same into a project of 10 entries', values: one.short },
  );
}

async function decided(store: SqliteStore, count: number): Promise<number> {
  const write = new Execute(store, world, () => '2999-12-31');
  await all(projects, (project) => write.run(`bench-${project}`, register, { by }));
  const commands = commandsTo(count);
  return rateOf(count, (i) => write.run(`bench-${i % projects}`, commands[i] as Command, { by }));
}

/** The same events, prepared beforehand. */
async function appended(store: SqliteStore, count: number): Promise<number> {
  const events = commandsTo(count).map(
    ({ data, entry }): NewEvent => ({ type: 'ProgressMeasured', data, entry, id: world.newId(), by }),
  );
  const registered = (): NewEvent => ({ ...register, type: 'ProjectRegistered', id: world.newId(), by });
  await all(projects, (project) => store.append(streamOf(`bench-${project}`), [registered()], 'no-stream'));
  return rateOf(count, (i) =>
    store.append(streamOf(`bench-${i % projects}`), [events[i] as NewEvent], 'any'),
  );
}

async function intoOne(store: SqliteStore, entries: number, count: number): Promise<number> {
  const write = new Execute(store, world, () => '2999-12-31');
  await write.run('bench', register, { by });
  const commands = commandsTo(entries + count);
  await all(entries - 1, (i) => write.run('bench', commands[i] as Command, { by }));
  return rateOf(count, (i) => write.run('bench', commands[entries + i] as Command, { by }));
}

const seen = (asOf: string): EntryMetadata => ({ asOf, precision: 'day', source: { kind: 'inspection' } });
const register = {
  type: 'RegisterProject',
  data: { name: { en: 'Bench' } },
  entry: seen(firstDay),
} satisfies Command;

/** Prepared beforehand: the measurement starts when a command is handed over. */
function commandsTo(count: number) {
  return Array.from({ length: count }, (_, i) => commandOf(i));
}

/** A measure of one of twelve items; each six hundred commands move to the next day. */
function commandOf(i: number): Command & { type: 'ProgressMeasured' } {
  const data: EventData['ProgressMeasured'] = {
    item: `item-${i % 12}`,
    measure: { kind: 'percent', basisPoints: i % 10_000 },
  };
  return { type: 'ProgressMeasured', data, entry: seen(addDays(firstDay, Math.floor(i / 600))) };
}

async function rateOf(count: number, send: (i: number) => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await all(count, send);
  return count / ((performance.now() - before) / 1000);
}

/** Sends commands with a fixed concurrency; each worker sends the next one after its answer. */
async function all(count: number, send: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const hand = async () => {
    while (next < count) {
      next += 1;
      await send(next - 1);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
}
