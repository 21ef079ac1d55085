import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from '@jest/globals';
import { Gaps, type IntactEvent, intactEvents } from '../../src/event-store/sqlite/salvage.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { measured } from '../support/event-store-samples.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const pageBytes = 4096;

/** A store of a number of events in two streams; closed, so that one file has all of it, or as left by a killed process. */
async function stored(name: string, count: number, isClosed = true): Promise<string> {
  const store = openSqliteStore(folder.file(name), storePorts());
  for (let i = 0; i < count; i += 1)
    await store.append(i % 2 ? 'project-east' : 'project-west', [measured(i, `${name} ${i}`)], 'any');
  if (isClosed) await store.close();
  return folder.file(name);
}

async function found(path: string): Promise<IntactEvent[]> {
  const events: IntactEvent[] = [];
  for await (const event of intactEvents(path, folder.file('scratch'), storePorts())) events.push(event);
  return events;
}

function changed(path: string, change: (bytes: Buffer) => void): string {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
  return path;
}

test('an intact store is found complete and in order, and is not changed', async () => {
  const path = await stored('whole.db', 40, false);
  const files = () => ['', '-wal'].map((suffix) => readFileSync(path + suffix));
  const before = files();
  const events = await found(path);
  expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(files()).toEqual(before);
});

test('an event with a changed byte is missing, and every other one is found', async () => {
  const path = changed(await stored('changed.db', 40), (bytes) => {
    const at = bytes.indexOf('"rev":7,');
    bytes[at + 6] = '8'.charCodeAt(0);
  });
  const events = await found(path);
  const gaps = new Gaps();
  for (const event of events) gaps.take(event);
  expect(events).toHaveLength(39);
  expect(gaps.streams).toBe(2);
  expect(gaps.missing()).toHaveLength(1);
  expect(gaps.missing()[0]).toMatchObject({ from: 7, to: 7 });
});

test('without a page that SQLite can read the events are found by their bytes', async () => {
  const path = changed(await stored('pages.db', 60), (bytes) => {
    for (let page = 0; page < bytes.length; page += pageBytes) bytes.fill(0xff, page, page + 8);
  });
  expect(() => new DatabaseSync(path).prepare('SELECT * FROM events')).toThrow();
  const events = await found(path);
  expect(events).toHaveLength(60);
  expect(new Set(events.map(({ position }) => position))).toEqual(new Set([null]));
});

test('events after a torn page are found row by row', async () => {
  const path = await stored('torn.db', 400);
  const database = new DatabaseSync(path);
  const leaves = database.prepare("SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf'");
  let pages: number[];
  try {
    pages = leaves.all().map(({ pageno }) => Number(pageno));
  } finally {
    database.close();
  }
  const third = ((pages[2] ?? 0) - 1) * pageBytes;
  changed(path, (bytes) => bytes.fill(0, third, third + pageBytes));
  const positions = (await found(path)).map(({ position }) => position);
  expect(positions.length).toBeGreaterThan(380);
  expect(positions.length).toBeLessThan(400);
  expect(positions.at(-1)).toBe(400);
});

test('a verification names the event up to which a page can be read, although a search for it fails', async () => {
  const path = await stored('middle.db', 100);
  const database = new DatabaseSync(path);
  const leaves = database.prepare("SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf'");
  const [, second] = leaves.all().map(({ pageno }) => (Number(pageno) - 1) * pageBytes);
  database.close();
  const header = 8;
  changed(path, (bytes) => {
    const page = second ?? 0;
    const middle = Math.floor((bytes.readUInt16BE(page + 3) - 1) / 2);
    // The middle cell, where a search begins, is on the last byte, which indicates a longer length.
    bytes.writeUInt16BE(pageBytes - 1, page + header + 2 * middle);
    bytes[page + pageBytes - 1] = 0xff;
  });
  const { problems, events } = await verifySqliteFile(path, storePorts());
  expect(events).toBeGreaterThan(1);
  // Which of the three it is depends on how SQLite reads the bytes at the cell's place.
  expect(problems.at(-1)).toMatch(
    /^(What follows event [1-9]\d*\b.* cannot be read: |event [1-9]\d*\b.*(it is where position \d+ is expected|its body names another event before it))/,
  );
});

test('a row whose position goes back is named by the expected one', async () => {
  const path = await stored('back.db', 100);
  const database = new DatabaseSync(path);
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'events'").get();
  const leaf = database
    .prepare("SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf'")
    .get();
  database.close();
  expect(root).not.toEqual(leaf);
  changed(path, (bytes) => {
    const page = (Number(leaf?.pageno) - 1) * pageBytes;
    const cell = page + bytes.readUInt16BE(page + 8 + 2 * 4);
    // Two bytes of length, then the position of the fifth event in one.
    expect(bytes[cell + 2]).toBe(5);
    bytes[cell + 2] = 2;
  });
  const { problems } = await verifySqliteFile(path, storePorts());
  const ofEvents = problems.filter((problem) => problem.startsWith('event '));
  expect(ofEvents[0]).toMatch(/^event 2\b.*: it is where position 5 is expected$/);
});

test('a store without an installation id is not opened', async () => {
  const path = await stored('nameless.db', 1);
  const database = new DatabaseSync(path);
  database.exec('DELETE FROM meta');
  database.close();
  expect(() => openSqliteStore(path, storePorts())).toThrow(
    `The store is damaged at ${path}, which has no installation id.`,
  );
});

test('a file that is not a store holds nothing', async () => {
  writeFileSync(folder.file('text.db'), 'not a store, {"at":"never","v":1}'.repeat(100));
  expect(await found(folder.file('text.db'))).toEqual([]);
});
