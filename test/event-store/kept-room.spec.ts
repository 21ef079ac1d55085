import { existsSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StoreFull } from '../../src/event-store/errors.js';
import { keepingRoom } from '../../src/event-store/sqlite/disk/kept-room.js';
import { isForWantOfRoom } from '../../src/event-store/sqlite/disk/room.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { eventsOf, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const mebibyte = 1024 * 1024;
const kept = { freeBytes: 64 * mebibyte, reserveBytes: 2 * mebibyte };
const east = 'project-east';
const alerts = 'alerts-east';

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let free: number;
let looks: number;
let told: string[];
/** The callbacks that the store requested. */
let rings: (() => void)[];

beforeEach(() => {
  folder = temporaryFolder();
  [free, looks, told, rings] = [100 * mebibyte, 0, [], []];
  store = keepingRoom(openSqliteStore(folder.file('events.db'), storePorts()), kept, {
    now: () => '2018-07-10T01:02:03.004Z',
    freeBytes(of) {
      expect(of).toBe(folder.path);
      looks += 1;
      return free;
    },
    after(_, call) {
      rings.push(call);
      return () => {
        rings = [];
      };
    },
    tell: (sentence) => told.push(sentence),
  });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const say = (stream: string, number: number) =>
  store.append(stream, [measured(number % 10_000, `${stream} ${number}`)], 'any');
const revisions = async (stream: string) =>
  (await eventsOf(store.readStream(stream))).map(({ revision }) => revision);
const secondLater = () => rings.shift()?.();
const reserve = () => statSync(folder.file('reserve'), { throwIfNoEntry: false })?.size;
const reserveIs = async (bytes: number | undefined) => {
  for (let waited = 0; reserve() !== bytes && waited < 5_000; waited += 5)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(reserve()).toBe(bytes);
};

test('below the reserved space entries are refused, alerts are recorded, and all resumes when there is room', async () => {
  await say(east, 0);
  free = 63 * mebibyte;
  secondLater();
  const why = '63 MiB are left on the disk of the store, and entries are accepted from 64 MiB on';
  await expect(say(east, 1)).rejects.toEqual(new StoreFull(undefined, why));
  await say(alerts, 0);
  await say('governance', 0);
  expect([await revisions(east), await revisions(alerts), await revisions('governance')]).toEqual([
    [0],
    [0],
    [0],
  ]);
  expect(store.status()).toMatchObject({ state: 'up', notWriting: { why } });
  secondLater();
  free = 64 * mebibyte;
  secondLater();
  await say(east, 1);
  expect(await revisions(east)).toEqual([0, 1]);
  expect(store.status().notWriting).toBeUndefined();
  expect(told).toEqual([
    `${why}. Only alerts and governance are recorded until there is room; reads continue.`,
    'The disk of the store has room again; entries are accepted.',
  ]);
});

test('the disk is checked once a second and every 2,000 events, and never without appends', async () => {
  await say(east, 0);
  await reserveIs(kept.reserveBytes);
  for (let number = 1; number < 1_999; number += 1) void say(east, number);
  await say(east, 1_999);
  expect(looks).toBe(1);
  await say(east, 2_000);
  expect(looks).toBe(2);
  await say(east, 2_001);
  secondLater();
  expect([looks, rings.length]).toEqual([3, 1]);
  secondLater();
  expect([looks, rings]).toEqual([3, []]);
  await say(east, 2_002);
  expect([looks, rings.length]).toEqual([4, 1]);
});

test('the reserve is released for alerts when nothing else fits, and recreated when there is room', async () => {
  await say(alerts, 0);
  await reserveIs(kept.reserveBytes);
  const pages = Number(store.database.prepare('PRAGMA page_count').get()?.page_count);
  store.database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  let recorded = 0;
  const rush = (): Promise<never> => say(alerts, ++recorded).then(rush);
  await expect(rush()).rejects.toThrow(StoreFull);
  expect([existsSync(folder.file('reserve')), (await revisions(alerts)).length]).toEqual([false, recorded]);
  await expect(say(east, 0)).rejects.toThrow(StoreFull);
  store.database.exec('PRAGMA max_page_count = 100000');
  secondLater();
  await reserveIs(kept.reserveBytes);
  await say(east, 0);
});

test('a disk with little more than the reserved space holds no reserve', async () => {
  free = kept.freeBytes + kept.reserveBytes - 1;
  await say(east, 0);
  await store.close();
  expect(reserve()).toBeUndefined();
});

test('a failed write on a disk with room does not count as a full disk', () => {
  const path = folder.file('events.db');
  const errors = [13, 778, 1034, 10, 11].map((errcode) => Object.assign(new Error(), { errcode }));
  expect(errors.map((error) => isForWantOfRoom(error, path))).toEqual([true, false, false, false, false]);
  expect(existsSync(`${path}.probe`)).toBe(false);
});
