import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { EventsMissing, StoreCorrupt } from '../../src/event-store/errors.js';
import { Anchor, anchoredEnd, anchorPath } from '../../src/event-store/sqlite/anchor.js';
import { backupSqliteStore, restoreSqliteStore } from '../../src/event-store/sqlite/backup.js';
import { openSqliteRaw } from '../../src/event-store/sqlite/raw.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { eventsOf, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const folder = temporaryFolder();
const turns = { nextTurn: setImmediate };
afterAll(() => folder.remove());

const open = (name: string) => openSqliteStore(folder.file(name), storePorts());
const east = 'project-east';

async function said(store: SqliteStore, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number += 1)
    await store.append(east, [measured(number, `anchor ${number}`)], 'any');
}

/** The files of a running store, as after a kill; one bit of the WAL is flipped. */
async function cutOff(name: string): Promise<string> {
  const store = open(`${name}-running.db`);
  await said(store, 0, 20);
  for (const suffix of ['', '-wal', '-anchor']) copyFileSync(store.path + suffix, folder.file(name + suffix));
  await store.close();
  const log = readFileSync(folder.file(`${name}-wal`));
  const middle = log.length >> 1;
  log[middle] = (log[middle] as number) ^ 16;
  writeFileSync(folder.file(`${name}-wal`), log);
  return folder.file(name);
}

test('an anchor has the end of its store, also after closing', async () => {
  const store = open('end.db');
  expect(anchoredEnd(store.path)).toBeUndefined();
  await said(store, 0, 3);
  const leaf = store.database.prepare('SELECT leaf FROM events WHERE seq = 3').get()?.leaf as Uint8Array;
  const end = { position: 3, leaf: Buffer.from(leaf).toString('base64url') };
  expect(anchoredEnd(store.path)).toEqual(end);
  await store.close();
  expect(anchoredEnd(store.path)).toEqual(end);
});

test('a store with fewer events than were stored is refused, and not modified', async () => {
  const path = await cutOff('cut.db');
  const before = readFileSync(`${path}-wal`);
  expect(() => openSqliteStore(path, storePorts())).toThrow(EventsMissing);
  expect(() => openSqliteStore(path, storePorts())).toThrow(
    /cut\.db: events are missing after \d+: it ends there, and event 20 had been stored\. Nothing was changed\. .*restore a backup; .* remove .*cut\.db-anchor\.$/,
  );
  expect(() => openSqliteRaw(path, turns)).toThrow(EventsMissing);
  await expect(backupSqliteStore(path, folder.file('cut.backup'), turns)).rejects.toThrow(EventsMissing);
  expect((await verifySqliteFile(path, turns)).problems).toEqual([
    expect.stringMatching(/events are missing after/),
  ]);
  expect(readFileSync(`${path}-wal`).equals(before)).toBe(true);
});

test('after removing the anchor the store opens without the missing events', async () => {
  const path = await cutOff('left.db');
  rmSync(anchorPath(path));
  const store = openSqliteStore(path, storePorts());
  const head = await store.head();
  expect(head).toBeLessThan(20);
  expect(anchoredEnd(path)?.position).toBe(head);
  expect(readdirSync(folder.path)).not.toContain('left.db-shm');
  await store.close();
});

test('an intact store is opened after its process was killed', async () => {
  const store = open('sound-running.db');
  await said(store, 0, 20);
  for (const suffix of ['', '-wal', '-anchor'])
    copyFileSync(store.path + suffix, folder.file(`sound.db${suffix}`));
  await store.close();
  const again = open('sound.db');
  expect(await eventsOf(again.readAll())).toHaveLength(20);
  expect(existsSync(`${again.path}-shm`)).toBe(false);
  await again.close();
});

test('an older copy in place of a store is refused, and one with other events', async () => {
  const store = open('old.db');
  await said(store, 0, 5);
  await backupSqliteStore(store, folder.file('older.db'), turns);
  await said(store, 5, 8);
  await store.close();
  copyFileSync(folder.file('older.db'), store.path);
  expect(() => open('old.db')).toThrow(/events are missing after 5/);

  const other = open('other.db');
  await said(other, 100, 108);
  await other.close();
  copyFileSync(other.path, store.path);
  expect(() => open('old.db')).toThrow(/event 8 is not the one that was stored there/);
  expect(() => open('old.db')).toThrow(StoreCorrupt);
});

test('a restore removes the anchor of an earlier store', async () => {
  const store = open('back.db');
  await said(store, 0, 5);
  await backupSqliteStore(store, folder.file('back.backup'), turns);
  await said(store, 5, 8);
  await store.close();
  renameSync(store.path, folder.file('moved.db'));
  await restoreSqliteStore(folder.file('back.backup'), store.path, turns);
  const restored = open('back.db');
  expect(await restored.head()).toBe(5);
  expect(anchoredEnd(restored.path)?.position).toBe(5);
  await restored.close();
});

test.each<[string, (text: Buffer) => Buffer | undefined]>([
  ['is missing', () => undefined],
  ['is empty', () => Buffer.alloc(0)],
  ['holds no line that is whole', (text) => Buffer.from(text.map((byte) => byte ^ 1))],
])('an anchor that %s is rewritten', async (name, change) => {
  const store = open(`${name}.db`);
  await said(store, 0, 3);
  await store.close();
  const changed = change(readFileSync(anchorPath(store.path)));
  if (changed) writeFileSync(anchorPath(store.path), changed);
  else rmSync(anchorPath(store.path));
  expect(anchoredEnd(store.path)).toBeUndefined();
  const again = open(`${name}.db`);
  expect(anchoredEnd(store.path)?.position).toBe(3);
  await again.close();
});

test('a truncated line leaves the one before it', () => {
  const path = folder.file('lines.db');
  const leaf = 'L'.repeat(43);
  const anchor = new Anchor(path);
  for (const position of [1, 2, 3]) anchor.hold({ position, leaf });
  anchor.close();
  expect(anchoredEnd(path)).toEqual({ position: 3, leaf });
  const bytes = readFileSync(anchorPath(path));
  const half = bytes.indexOf('3 L') + 20;
  writeFileSync(
    anchorPath(path),
    Buffer.concat([bytes.subarray(0, half), Buffer.alloc(30), bytes.subarray(half + 30)]),
  );
  expect(anchoredEnd(path)).toEqual({ position: 2, leaf });
  const again = new Anchor(path);
  again.hold({ position: 4, leaf });
  expect(readFileSync(anchorPath(path), 'latin1')).toContain('2 L');
  again.close();
});

test('a store whose anchor cannot be written still accepts events', async () => {
  const path = folder.file('no-anchor.db');
  // A folder in its place: it cannot be opened as a file.
  mkdirSync(anchorPath(path));
  const store = openSqliteStore(path, storePorts());
  await said(store, 0, 3);
  expect(await store.head()).toBe(3);
  await store.close();
});
