import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RulesAt } from '../../../src/app/governance/rules-at.js';
import { FirstRowsThread, type RowsAsked } from '../../../src/app/portfolio/following/first-rows.js';
import type { FollowedRows } from '../../../src/app/portfolio/following/followed-rows.js';
import type { RowThread, RowThreads } from '../../../src/app/portfolio/following/rows-beside.js';
import { PortfolioRows } from '../../../src/app/portfolio/portfolio-rows.js';
import { Cursor } from '../../../src/app/portfolio/table/row-cursor.js';
import { Segment } from '../../../src/app/portfolio/table/segment.js';
import type { Views } from '../../../src/app/views/views.js';
import type { rowThreads } from '../../../src/composition/row-threads.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import { openSqliteStore, type SqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { eventsIn } from '../../../src/event-store/stored-rows.js';
import { storePorts, temporaryFolder } from '../../support/event-store-ports.js';
import { randomEvents } from '../../support/interleaved-histories.js';

/** A worker runs what is built. */
const built = join(import.meta.dirname, '../../../dist/src/composition/row-threads.js');

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
beforeEach(async () => {
  folder = temporaryFolder();
  store = openSqliteStore(':memory:', storePorts());
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

async function record(events: ReturnType<typeof randomEvents>): Promise<void> {
  for (const { stream, event } of events) await store.append(stream, [event], 'any');
  await views.waitFor(await store.head());
}

function rowsBy(threads: RowThreads | undefined, elapsedMs = () => 0): PortfolioRows {
  const ports = {
    ...{ elapsedMs, nextTurn: (call: () => void) => void setImmediate(call), after: world.after },
    ...(threads ? { rowThreads: threads } : {}),
  };
  return PortfolioRows.open(views, new RulesAt(views), ports);
}

/** Every record, by project, with its terms in place of their numbers. */
async function recordsOf(lines: PortfolioRows): Promise<unknown[]> {
  await lines.settle();
  const { table, terms, followed } = Reflect.get(lines, 'rows') as FollowedRows;
  const cursor = new Cursor();
  const found = followed.map((one, number) => {
    const count = table.countOf(number);
    const segment = new Segment(count);
    segment.fill(0, table.bytesOf(number, 0, count));
    const records = Array.from({ length: count }, (_, rank) => {
      Object.assign(cursor, { segment, index: rank });
      const { annual } = cursor;
      const year = terms.annualKinds.valueOf(terms.annual.kindOf(annual));
      return [
        ...[segment.days[rank], segment.positions[rank], cursor.exists, cursor.hasPlan],
        ...[terms.places.valueOf(cursor.place), terms.stages.valueOf(cursor.stage)],
        ...[terms.money.valueOf(cursor.money), cursor.amount, [...cursor.entry]],
        ...[cursor.floor, cursor.percent, cursor.ceiling, cursor.contradictions],
        ...[0, 1, 2].flatMap((which) => [
          cursor.isStalled(which as 0 | 1 | 2),
          segment.whole[rank * 16 + 3 + which],
        ]),
        annual && [
          year,
          terms.annual.planned(annual),
          terms.annual.invested(annual),
          [...terms.annual.entryOf(annual)],
        ],
      ];
    });
    return { ...one, records };
  });
  await lines.close();
  return found.toSorted((one, other) => (one.project < other.project ? -1 : 1));
}

/** A thread in this one: what it is given and what it answers is copied, as between threads. */
function threadHere(asked: RowsAsked, seen: string[] = []): RowThread {
  const thread = new FirstRowsThread(structuredClone(asked), eventsIn);
  return {
    async rowsOf(projects) {
      seen.push(...projects.map(({ project }) => project));
      return structuredClone(thread.of(structuredClone(projects)));
    },
    end: () => undefined,
  };
}

test.each([1, 2, 3])(
  'rows that several threads compute equal those of one, with rules and lexicons adopted between (%s)',
  async (seed) => {
    await record(randomEvents(seed, 40));
    const seen: string[][] = [[], [], []];
    const several: RowThreads = {
      fewestEvents: 0,
      start: (asked) => seen.map((own) => threadHere(asked, own)),
    };
    expect(await recordsOf(rowsBy(several))).toEqual(await recordsOf(rowsBy(undefined)));
    expect(seen.flat().toSorted()).toEqual(views.projects('', views.position, 100));
    expect(seen.filter((own) => own.length > 0).length).toBeGreaterThan(1);
  },
);

test('entries recorded while threads compute are in the rows', async () => {
  const events = randomEvents(4, 30);
  const half = Math.ceil(events.length / 2);
  await record(events.slice(0, half));
  const isHeld = Promise.withResolvers<void>();
  const held: RowThreads = {
    fewestEvents: 0,
    start: (asked) => {
      const thread = threadHere(asked);
      return [{ ...thread, rowsOf: (projects) => isHeld.promise.then(() => thread.rowsOf(projects)) }];
    },
  };
  const lines = rowsBy(held);
  const settled = lines.settle();
  await record(events.slice(half));
  isHeld.resolve();
  await settled;
  expect(await recordsOf(lines)).toEqual(await recordsOf(rowsBy(undefined)));
});

test('what a thread that fails has not answered, and what it cannot compute, is computed here', async () => {
  await record(randomEvents(5, 30));
  const failing: RowThreads = {
    fewestEvents: 0,
    start(asked) {
      const thread = threadHere(asked);
      let calls = 0;
      const none = { ...thread, rowsOf: () => Promise.reject(new Error('out of memory')) };
      const some: RowThread = {
        ...thread,
        async rowsOf(projects) {
          calls += 1;
          if (calls > 2) throw new Error('ended');
          const { rows, terms } = await thread.rowsOf(projects);
          return { rows: rows.slice(1), terms };
        },
      };
      return [none, some];
    },
  };
  expect(await recordsOf(rowsBy(failing))).toEqual(await recordsOf(rowsBy(undefined)));
});

test('threads of the machine compute the same rows', async () => {
  const { rowThreads: threads } = (await import(built)) as { rowThreads: typeof rowThreads };
  expect(threads(1)).toBeUndefined();
  await record(randomEvents(6, 20));
  const two = { ...(threads(2) as RowThreads), fewestEvents: 0 };
  expect(await recordsOf(rowsBy(two))).toEqual(await recordsOf(rowsBy(undefined)));
}, 60_000);
