import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  DatabaseSync,
  type SQLInputValue,
  type StatementResultingChanges,
  type StatementSync,
} from 'node:sqlite';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  EventIdReused,
  OutcomeUnknown,
  RevisionConflict,
  StoreCorrupt,
  StoreFull,
  StoreUnavailable,
} from '../../src/event-store/errors.js';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { eventsOf, openMemoryStore, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured, sampleEvent } from '../support/event-store-samples.js';

const folder = temporaryFolder();
const east = 'project-east';
/** Events of one commit. */
const mostAtOnce = 2_048;
const west = 'project-west';
afterAll(() => folder.remove());

/** The results of appends in order: revisions, or the reason of the refusal. */
async function outcomes(answers: Promise<{ events: { revision: number }[] }>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(answers);
  return settled.map((answer) =>
    answer.status === 'fulfilled' ? answer.value.events.map(({ revision }) => revision) : answer.reason,
  );
}

describe('concurrent appends', () => {
  test('are independent when one of them is refused', async () => {
    const store = openMemoryStore();
    const fact = (number: number) => measured(number, `alone ${number}`);
    await store.append(east, [fact(0)], 'no-stream');
    const said = await outcomes([
      store.append(east, [fact(1)], 0),
      store.append(east, [fact(2)], 0),
      store.append(west, [fact(3), fact(4), measured(9, 'alone 0')], 'any'),
      store.append(west, [fact(5), fact(6)], 'no-stream'),
      store.append(east, [measured(8, 'alone 1')], 'any'),
      store.append('project-new', [fact(7), fact(5)], 'no-stream'),
      store.append(east, [fact(1)], 'no-stream'),
      store.append('project-new', [fact(7)], 'no-stream'),
    ]);
    expect(said).toEqual([
      [1],
      new RevisionConflict(east, 0, 1),
      new EventIdReused(fact(0).id),
      [0, 1],
      new EventIdReused(fact(1).id),
      new EventIdReused(fact(5).id),
      [1],
      [0],
    ]);
    const all = await eventsOf(store.readAll());
    expect(all.map(({ stream, revision, position }) => [stream, revision, position])).toEqual([
      [east, 0, 1],
      [east, 1, 2],
      [west, 0, 3],
      [west, 1, 4],
      ['project-new', 0, 5],
    ]);
    await store.close();
  });

  test('are stored in groups, and yield between two of them', async () => {
    const store = openMemoryStore();
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(
      Array.from({ length: 10 * mostAtOnce }, (_, i) =>
        store.append(`project-${i % 7}`, [measured(i, `group ${i}`)], 'any'),
      ),
    );
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(10);
    expect(await store.head()).toBe(10 * mostAtOnce);
    await store.close();
  });

  test('are refused as not stored when too many wait, and accepted again when there is room', async () => {
    const store = openMemoryStore();
    const long = (call: number) =>
      Array.from({ length: 4096 }, (_, i) => measured(i, `wait ${call * 4096 + i}`));
    const calls = Array.from({ length: 9 }, (_, call) => store.append(`project-${call}`, long(call), 'any'));
    await expect(calls.at(-1)).rejects.toThrow(
      new StoreUnavailable('32768 entries are waiting to be stored, which is the maximum'),
    );
    await Promise.all(calls.slice(0, -1));
    expect(await store.head()).toBe(32_768);
    await store.append('project-8', long(8), 'no-stream');
    expect(await store.head()).toBe(36_864);
    await store.close();
  }, 60_000);

  test('are also refused when their content is long', async () => {
    const store = openMemoryStore();
    const entry = measured(1, 'long').entry;
    const long = (number: number): NewEvent => ({
      ...measured(number, `long ${number}`),
      entry: { ...entry, source: { kind: 'inspection', note: 'x'.repeat(250_000) } },
    });
    const calls = Array.from({ length: 140 }, (_, call) => store.append(east, [long(call)], 'any'));
    const reasons = (await outcomes(calls)).filter((outcome) => outcome instanceof StoreUnavailable);
    expect(reasons.length).toBe(5);
    expect(await store.head()).toBe(135);
    await store.close();
  }, 60_000);

  test('may be longer than a group', async () => {
    const store = openMemoryStore();
    const many = (from: number) => Array.from({ length: 700 }, (_, i) => measured(i, `long ${from + i}`));
    const said = await Promise.all([
      store.append(east, many(0), 'no-stream'),
      store.append(east, many(700), 699),
    ]);
    expect(said.map(({ events }) => events.at(-1)?.revision)).toEqual([699, 1399]);
    await store.close();
  });
});

describe('programming errors of a caller', () => {
  const fine = sampleEvent(0, 'door');
  test.each<[string, string, NewEvent[], number | 'any', RegExp]>([
    [
      'an id in capitals',
      east,
      [{ ...fine, id: fine.id.toUpperCase() }],
      'any',
      /expected a UUID in lower case/,
    ],
    [
      'an unknown type',
      east,
      [{ ...fine, type: 'RoofPainted' } as never],
      'any',
      /RoofPainted; expected one of/,
    ],
    ['a nameless hand', east, [{ ...fine, by: '' }], 'any', /^by has 0 characters/],
    ['a nameless stream', '', [fine], 'any', /^stream has 0 characters/],
    ['half a character', 'project-\ud83d', [fine], 'any', /well-formed/],
    ['half a revision', east, [fine], 0.5, /expected revision is 0.5/],
    ['a revision before the first', east, [fine], -1, /expected revision is -1/],
    ['half a number', east, [measured(0.5, 'door')], 'any', /^data.measure.basisPoints is 0.5/],
  ])('%s', async (_, stream, events, expected, message) => {
    const store = openMemoryStore();
    await expect(store.append(stream, events, expected)).rejects.toThrow(TypeError);
    await expect(store.append(stream, events, expected)).rejects.toThrow(message);
    expect(await store.head()).toBe(0);
    await store.close();
  });
});

describe('a full disk', () => {
  test('refuses the whole group, keeps reading, and accepts it when there is room again', async () => {
    const store = openSqliteStore(folder.file('pages.db'), storePorts());
    await store.append(east, [measured(0, 'pages 0')], 'no-stream');
    const pages = Number(Object.values(store.database.prepare('PRAGMA page_count').get() ?? {})[0]);
    store.database.exec(`PRAGMA max_page_count = ${pages + 3}`);
    await fillsUp(store, 200);
    store.database.exec('PRAGMA max_page_count = 1000000');
    await takesAgain(store, 200);
  });

  const mountPoint = folder.file('small-disk');
  const isMounted = mounted(mountPoint);
  afterAll(() => void (isMounted && spawnSync('umount', [mountPoint])));
  const name = 'of a mebibyte refuses, keeps reading, and takes it when there is room again';
  (isMounted ? test : test.skip)(
    isMounted ? name : `${name} (a small disk could not be mounted here)`,
    async () => {
      const store = openSqliteStore(`${mountPoint}/events.db`, storePorts());
      await store.append(east, [measured(0, 'pages 0')], 'no-stream');
      await fillsUp(store, 4000);
      expect(spawnSync('mount', ['-o', 'remount,size=32m', mountPoint]).status).toBe(0);
      await takesAgain(store, 4000);
    },
  );

  /** Appends until the disk is full, and compares answers and content. */
  async function fillsUp(store: SqliteStore, count: number): Promise<void> {
    const said = await outcomes(facts(count).map((fact) => store.append(east, [fact], 'any')));
    const refused = said.filter((one) => !Array.isArray(one));
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) expect(one).toBeInstanceOf(StoreFull);
    const stored = await eventsOf(store.readStream(east));
    expect(stored.map(({ revision }) => revision)).toEqual(
      Array.from({ length: count + 1 - refused.length }, (_, i) => i),
    );
    expect(await store.head()).toBe(stored.length);
  }

  /** Sends all of it again; each is there once in the end. */
  async function takesAgain(store: SqliteStore, count: number): Promise<void> {
    await Promise.all(facts(count).map((fact) => store.append(east, [fact], 'any')));
    expect((await eventsOf(store.readAll())).length).toBe(count + 1);
    await store.close();
    expect((await verifySqliteFile(store.path, storePorts())).problems).toEqual([]);
  }

  const facts = (count: number) => Array.from({ length: count }, (_, i) => measured(i, `pages ${i + 1}`));
});

describe('a failing disk', () => {
  /** A connection whose commits can be made to fail before or after they reach the file. */
  class Failing extends DatabaseSync {
    fault: { sql: string; code: number; isStored: boolean } | undefined;

    override prepare(sql: string): StatementSync {
      const statement = super.prepare(sql);
      const run = statement.run.bind(statement) as (...values: SQLInputValue[]) => StatementResultingChanges;
      statement.run = (...values: unknown[]) => {
        if (!this.fault || !sql.startsWith(this.fault.sql)) return run(...(values as SQLInputValue[]));
        if (this.fault.isStored) run(...(values as SQLInputValue[]));
        throw Object.assign(new Error('disk I/O error'), { errcode: this.fault.code });
      };
      return statement;
    }
  }

  const broken = (name: string) => {
    let database: Failing | undefined;
    const fatal: Error[] = [];
    const store = openSqliteStore(folder.file(name), {
      ...storePorts(),
      connect: (path) => {
        database = new Failing(path);
        return database;
      },
      onFatal: (error) => void fatal.push(error),
    });
    return { store, fatal, database: database as unknown as Failing };
  };

  test.each([
    ['a flush fails after it stored', 'COMMIT', 1034, true],
    ['a flush fails before it stored', 'COMMIT', 1034, false],
    ['a write fails', 'INSERT INTO events', 778, false],
    ['a commit fails for another reason', 'COMMIT', 7, false],
  ])(
    'when %s, the outcome is unknown, and nothing is written after it',
    async (title, sql, code, isStored) => {
      const { store, fatal, database } = broken(`${title}.db`);
      await store.append(east, [measured(0, `${title} 0`)], 'no-stream');
      database.fault = { sql, code, isStored };
      const facts = [1, 2].map((number) => measured(number, `${title} ${number}`));
      const said = await outcomes(facts.map((fact) => store.append(east, [fact], 'any')));
      expect(said).toEqual(
        facts.map(({ id }) => expect.objectContaining({ reason: 'outcome-unknown', ids: [id] })),
      );
      expect(fatal).toEqual([expect.any(OutcomeUnknown)]);

      database.fault = undefined;
      await expect(store.append(east, [measured(3, `${title} 3`)], 'any')).rejects.toThrow(StoreUnavailable);
      expect((await eventsOf(store.readStream(east))).length).toBeGreaterThanOrEqual(1);
      await store.close();
      database.close();

      const again = openSqliteStore(store.path, storePorts());
      expect(await again.head()).toBe(isStored ? 3 : 1);
      await Promise.all(facts.map((fact) => again.append(east, [fact], 'any')));
      expect((await eventsOf(again.readAll())).length).toBe(3);
      await again.close();
      expect((await verifySqliteFile(store.path, storePorts())).problems).toEqual([]);
    },
  );

  test('appends queued behind a failure are known not to be stored', async () => {
    const { store, database } = broken('behind.db');
    database.fault = { sql: 'COMMIT', code: 1034, isStored: false };
    const said = await outcomes(
      Array.from({ length: mostAtOnce + 600 }, (_, i) =>
        store.append(east, [measured(i, `behind ${i}`)], 'any'),
      ),
    );
    expect(said.slice(0, mostAtOnce).every((one) => one instanceof OutcomeUnknown)).toBe(true);
    expect(said.slice(mostAtOnce).every((one) => one instanceof StoreUnavailable)).toBe(true);
    database.close();
  });

  test('a damaged page is reported as damage, and nothing is written after it', async () => {
    const { store, fatal, database } = broken('damage.db');
    database.fault = { sql: 'INSERT INTO events', code: 267, isStored: false };
    await expect(store.append(east, [measured(0, 'damage')], 'any')).rejects.toThrow(StoreCorrupt);
    await expect(store.append(east, [measured(0, 'damage')], 'any')).rejects.toThrow(StoreUnavailable);
    expect(fatal).toEqual([expect.any(StoreCorrupt)]);
    database.close();
  });

  test('out of memory is reported as not stored, and writing continues', async () => {
    const { store, fatal, database } = broken('memory.db');
    database.fault = { sql: 'INSERT INTO events', code: 7, isStored: false };
    await expect(store.append(east, [measured(0, 'memory')], 'any')).rejects.toThrow(StoreUnavailable);
    database.fault = undefined;
    expect((await store.append(east, [measured(0, 'memory')], 'any')).isReplay).toBe(false);
    expect(fatal).toEqual([]);
    await store.close();
  });
});

function mounted(path: string): boolean {
  mkdirSync(path);
  writeFileSync(`${path}/empty`, '');
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]).status === 0;
}
