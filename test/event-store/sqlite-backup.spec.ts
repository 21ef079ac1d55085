import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from '@jest/globals';
import { StoreCorrupt, StoreInUse, StoreRefused } from '../../src/event-store/errors.js';
import { backupSqliteStore, restoreSqliteStore } from '../../src/event-store/sqlite/backup.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { uuidOf } from '../support/dice.js';
import { eventsOf, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const folder = temporaryFolder();
const turns = storePorts();
afterAll(() => folder.remove());

async function filled(name: string, count: number): Promise<SqliteStore> {
  const store = openSqliteStore(folder.file(name), storePorts());
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      store.append(`project-${i % 5}`, [measured(i, `${name} ${i}`)], 'any'),
    ),
  );
  return store;
}

test('a backup made while 64 clients write is a prefix of the log', async () => {
  const store = await filled('busy.db', 3000);
  let isOver = false;
  let sent = 3000;
  const hands = Array.from({ length: 64 }, async () => {
    while (!isOver) {
      const number = sent;
      sent += 1;
      await store.append(`project-${number % 5}`, [measured(number % 10_000, `busy ${number}`)], 'any');
    }
  });
  const made: number[] = [];
  try {
    for (const name of ['busy-1.backup', 'busy-2.backup']) {
      const before = await store.head();
      const { events, head, problems } = await backupSqliteStore(store, folder.file(name), turns);
      expect({ events, problems }).toEqual({ events: head, problems: [] });
      expect(head).toBeGreaterThanOrEqual(before);
      made.push(head);
    }
  } finally {
    isOver = true;
    await Promise.all(hands);
  }
  expect(await store.head()).toBeGreaterThan(made[1] ?? 0);

  const all = await eventsOf(store.readAll());
  for (const [index, head] of made.entries()) {
    const target = folder.file(`restored-${index}/events.db`);
    await restoreSqliteStore(folder.file(`busy-${index + 1}.backup`), target, turns);
    const restored = openSqliteStore(target, storePorts());
    expect(await eventsOf(restored.readAll())).toEqual(all.slice(0, head));
    expect(restored.installation).toBe(store.installation);
    expect(
      (await restored.append('project-0', [measured(1, 'after the restore')], 'any')).events[0]?.position,
    ).toBe(head + 1);
    await restored.close();
  }
  await store.close();
  expect(readdirSync(folder.path).filter((name) => /part|busy.*backup-/.test(name))).toEqual([]);
}, 60_000);

test('a store that is not running is backed up by its path', async () => {
  const store = await filled('still.db', 20);
  await store.close();
  const verification = { events: 20, streams: 5, head: 20, problems: [] };
  expect(await backupSqliteStore(store.path, folder.file('still.backup'), turns)).toEqual(verification);
  expect(await verifySqliteFile(folder.file('still.backup'), turns)).toEqual(verification);
});

test('nothing is overwritten, neither by a backup nor by a restore', async () => {
  const store = await filled('kept.db', 3);
  writeFileSync(folder.file('kept.backup'), 'older');
  await expect(backupSqliteStore(store, folder.file('kept.backup'), turns)).rejects.toThrow(StoreRefused);
  expect(readFileSync(folder.file('kept.backup'), 'utf8')).toBe('older');
  await backupSqliteStore(store, folder.file('kept-2.backup'), turns);
  await expect(restoreSqliteStore(folder.file('kept-2.backup'), store.path, turns)).rejects.toThrow(
    'it is there already, and nothing is overwritten',
  );
  await store.close();
});

test('a running store is not accepted as a backup', async () => {
  const store = await filled('running.db', 3);
  await expect(restoreSqliteStore(store.path, folder.file('copy.db'), turns)).rejects.toThrow(StoreInUse);
  await expect(backupSqliteStore(store.path, folder.file('copy.db'), turns)).rejects.toThrow(StoreInUse);
  // Checking its file must not have released its lock.
  expect(() => openSqliteStore(store.path, storePorts())).toThrow(StoreInUse);
  await store.close();
});

test('a damaged entry makes backup and restore fail, and is named', async () => {
  const store = await filled('hurt.db', 10);
  await backupSqliteStore(store, folder.file('hurt.backup'), turns);
  await store.close();
  for (const file of [store.path, folder.file('hurt.backup')]) {
    const database = new DatabaseSync(file);
    database.exec(`DROP TRIGGER events_no_update;
      UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'inspector', 'Inspector') AS BLOB) WHERE seq = 7`);
    database.close();
  }
  const name = `event 7 (project-1 revision 1, id ${uuidOf('hurt.db 6')}): its body does not match its hash`;
  await expect(backupSqliteStore(store.path, folder.file('hurt-2.backup'), turns)).rejects.toThrow(name);
  await expect(restoreSqliteStore(folder.file('hurt.backup'), folder.file('new.db'), turns)).rejects.toThrow(
    StoreCorrupt,
  );
  expect(
    ['hurt-2.backup', 'hurt-2.backup.part', 'new.db', 'new.db.part'].filter((one) =>
      existsSync(folder.file(one)),
    ),
  ).toEqual([]);
});

test('a missing or empty file, or one of another application, is not a backup', async () => {
  writeFileSync(folder.file('nothing.db'), '');
  writeFileSync(folder.file('words.db'), 'roof capped\n'.repeat(100));
  for (const [file, why] of [
    ['gone.db', 'there is no such file'],
    ['nothing.db', 'it is empty'],
    ['words.db', 'it is not an SQLite file'],
  ]) {
    await expect(restoreSqliteStore(folder.file(`${file}`), folder.file('from.db'), turns)).rejects.toThrow(
      why,
    );
  }
});
