import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ReadSaid } from '../../src/app/access/reads.js';
import { ReadsFile } from '../../src/vault/reads-file.js';
import { uuidOf } from '../support/dice.js';
import { temporaryFolder } from '../support/event-store-ports.js';

const lin = uuidOf('lin');
const ma = uuidOf('ma');
const log = (from: number, to: number, person = lin): ReadSaid => ({
  person,
  credential: 'abcdefgh',
  kind: 'log',
  route: '/entries',
  from,
  to,
  count: to - from + 1,
});
const seen: ReadSaid = {
  person: ma,
  credential: 'ijklmnop',
  kind: 'people',
  route: '/people/:person',
  about: lin,
  count: 1,
};

const folder = temporaryFolder();
let now: string;
let timers: (() => void)[];
let failures: string[];
let reads: ReadsFile;

const opened = (path = folder.file('reads.db')) =>
  new ReadsFile(path, {
    world: {
      now: () => now,
      after: (_, call) => {
        timers.push(call);
        return () => {
          timers = timers.filter((other) => other !== call);
        };
      },
    },
    keptDays: 30,
    onFailure: ({ message }) => failures.push(message),
  });
const due = () => {
  for (const call of timers.splice(0)) call();
};

beforeEach(() => {
  now = '2018-07-10T02:00:00.000Z';
  timers = [];
  failures = [];
  reads = opened();
});
afterEach(async () => {
  await reads.close();
  folder.remove();
  mkdirSync(folder.file(''), { recursive: true });
});

test('reads of a second are written together, those of one range as one', () => {
  expect(existsSync(folder.file('reads.db'))).toBe(false);
  reads.record(log(1, 500));
  reads.record(log(501, 1_000));
  reads.record(log(1, 2, ma));
  reads.record(seen);
  expect(timers).toHaveLength(1);
  due();
  expect(reads.page({ limit: 10 }, {}).items).toEqual([
    { read: 3, at: now, ...seen, requests: 1 },
    { read: 2, at: now, ...log(1, 2, ma), requests: 1 },
    { read: 1, at: now, ...log(1, 1_000), requests: 2 },
  ]);
});

test('they are listed by page, by person and by kind', () => {
  for (const at of [1, 2, 3, 4, 5]) {
    reads.record(log(at, at, at % 2 ? lin : ma));
    due();
  }
  reads.record(seen);
  const first = reads.page({ limit: 2 }, {});
  expect(first.items.map(({ read }) => read)).toEqual([6, 5]);
  const next = reads.page({ limit: 10, cursor: first.next ?? '' }, {});
  expect([next.items.map(({ read }) => read), next.next]).toEqual([[4, 3, 2, 1], undefined]);
  expect(reads.page({ limit: 10 }, { person: ma, kind: 'log' }).items.map(({ read }) => read)).toEqual([
    4, 2,
  ]);
});

test('they survive the process, which writes them when it ends', async () => {
  reads.record(seen);
  await reads.close();
  reads = opened();
  expect(reads.page({ limit: 10 }, {}).items).toHaveLength(1);
});

test('a file of an earlier version keeps its reads, and takes comparisons with both moments', async () => {
  const db = new DatabaseSync(folder.file('reads.db'));
  db.exec(`CREATE TABLE read (read INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL,
    credential TEXT NOT NULL, kind TEXT NOT NULL, route TEXT NOT NULL, as_of TEXT, known_at INTEGER,
    from_position INTEGER, to_position INTEGER, about TEXT, count INTEGER NOT NULL, requests INTEGER NOT NULL) STRICT;
    INSERT INTO read VALUES (NULL, '${now}', '${lin}', 'abcdefgh', 'replay', '/projects', '2018-06-30', 7, NULL, NULL,
      NULL, 8, 1)`);
  db.close();
  const compared: ReadSaid = {
    ...{ person: ma, credential: 'ijklmnop', kind: 'replay', route: '/portfolio/changes', count: 1 },
    ...{ asOf: '2018-05-31', knownAt: 3, toAsOf: '2018-06-30', toKnownAt: 9 },
  };
  reads.record(compared);
  due();
  const before = { person: lin, credential: 'abcdefgh', kind: 'replay', route: '/projects', count: 8 };
  expect(reads.page({ limit: 10 }, {}).items).toEqual([
    { read: 2, at: now, ...compared, requests: 1 },
    { read: 1, at: now, ...before, asOf: '2018-06-30', knownAt: 7, requests: 1 },
  ]);
});

test('they are removed after their days', () => {
  reads.record(log(1, 1));
  due();
  now = '2018-08-09T01:59:59.000Z';
  reads.record(log(2, 2));
  due();
  expect(reads.page({ limit: 10 }, {}).items).toHaveLength(2);
  now = '2018-08-10T02:00:01.000Z';
  reads.record(log(3, 3));
  due();
  expect(reads.page({ limit: 10 }, {}).items.map(({ from }) => from)).toEqual([3, 2]);
});

test('a file that cannot be written says so, and loses nothing', () => {
  const path = folder.file('blocked.db');
  mkdirSync(path);
  const blocked = opened(path);
  blocked.record(seen);
  expect(blocked.isFailing()).toBe(false);
  due();
  expect(blocked.isFailing()).toBe(true);
  expect(failures).toEqual([expect.stringContaining('reads cannot be recorded')]);
  rmdirSync(path);
  due();
  expect(blocked.isFailing()).toBe(false);
  expect(blocked.page({ limit: 10 }, {}).items).toHaveLength(1);
});
