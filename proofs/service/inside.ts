import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fill } from '../../src/app/views/make-views.js';
import { Views } from '../../src/app/views/views.js';
import { ViewsFile } from '../../src/app/views/views-file.js';
import { viewsBesideJournal } from '../../src/composition/view-list.js';
import { nextTurn } from '../../src/composition/world.js';
import { backupSqliteStore } from '../../src/event-store/sqlite/backup.js';
import type { SqliteStore } from '../../src/event-store/sqlite/sqlite.js';

// Runs beside the service in its own process, and performs requests that the API does not offer.

/** A request. */
export type Asked =
  | { do: 'backup'; file: string }
  | { do: 'rebuild'; isInPlace: boolean }
  | { do: 'compare' };

/** The answer: figures. */
export type InsideReply = Record<string, number | boolean | string>;

let service: { views: Views; store: SqliteStore } | undefined;

const { open } = Views;
Views.open = async (options, onProgress) => {
  const views = await open.call(Views, options, onProgress);
  service = { views, store: options.store as SqliteStore };
  return views;
};

process.on('message', (asked: Asked) => {
  done(asked).then(
    (reply) => process.send?.(reply),
    (error: Error) => process.send?.({ failed: error.message }),
  );
});
// This listener must not keep a stopped process alive.
process.channel?.unref();

async function done(asked: Asked): Promise<InsideReply> {
  if (!service) throw new Error('The service has not opened its views yet.');
  if (asked.do === 'compare') return compared(service);
  const begun = performance.now();
  const figures =
    asked.do === 'backup' ? await backup(service, asked.file) : await rebuild(service, asked.isInPlace);
  return { ...figures, ms: performance.now() - begun };
}

/** Makes a backup, and reports how long the process was blocked meanwhile. */
async function backup({ store }: { store: SqliteStore }, file: string): Promise<InsideReply> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const { events, head, problems } = await backupSqliteStore(store, file, { nextTurn });
  delays.disable();
  const ms = (nanoseconds: number) => nanoseconds / 1e6;
  return {
    events,
    head,
    problems: problems.length,
    stallMsP99: ms(delays.percentile(99)),
    stallMsMax: ms(delays.max),
  };
}

/** Rebuilds the views, and reports how long the swap blocked the event loop. */
async function rebuild(
  { views, store }: { views: Views; store: SqliteStore },
  isInPlace: boolean,
): Promise<InsideReply> {
  if (isInPlace) {
    // The negative control: the views in use are emptied and refilled.
    const file = ViewsFile.create(':memory:', store.installation, viewsBesideJournal);
    Object.assign(views, { file });
    const head = await store.head();
    await fill(file, store, () => head);
    return { swapMs: 0 };
  }
  let beat = performance.now();
  let swapMs = 0;
  let isDone = false;
  const pulse = () => {
    beat = performance.now();
    if (!isDone) setImmediate(pulse);
  };
  views.swaps$.subscribe(() => {
    if (!isDone) swapMs = performance.now() - beat;
  });
  pulse();
  await views.rebuild();
  isDone = true;
  return { swapMs };
}

/** How long both sides of a comparison may take to reach the same position, in milliseconds. */
const patienceMs = 120_000;

/**
 * Compares the views in use with a fold of the log from its beginning, row by row, at the same position: the service
 * itself records alerts while nobody else writes, on a large store for minutes.
 */
async function compared({ views, store }: { views: Views; store: SqliteStore }): Promise<InsideReply> {
  const file = ViewsFile.create(':memory:', store.installation, viewsBesideJournal);
  const begun = performance.now();
  try {
    for (;;) {
      const head = await store.head();
      await fill(file, store, () => head);
      while (views.position < file.position) await pause(1);
      // Nothing else runs between this and the end of the comparison.
      if (views.position === file.position)
        return { head: file.position, isEqual: digestOf(views) === digestOf(file) };
      if (performance.now() - begun > patienceMs)
        throw new Error(`The log went on for ${patienceMs / 1000} s, so nothing could be compared.`);
    }
  } finally {
    file.close();
  }
}

function digestOf(rows: Pick<ViewsFile, 'rows'>): string {
  const digest = createHash('sha256');
  const tables = rows.rows(
    `SELECT name, (SELECT count(*) FROM pragma_table_info(sqlite_schema.name)) AS columns FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'made_from' ORDER BY name`,
  );
  for (const { name, columns } of tables) {
    const order = Array.from({ length: Number(columns) }, (_, index) => index + 1).join(', ');
    for (const row of rows.rows(`SELECT * FROM ${name} ORDER BY ${order}`))
      digest.update(`${JSON.stringify(row)}\n`);
  }
  return digest.digest('hex');
}
