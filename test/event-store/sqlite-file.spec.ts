import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { StoreCorrupt, StoreInUse, StoreRefused } from '../../src/event-store/errors.js';
import { firstValue, requireSafeVersion } from '../../src/event-store/sqlite/file.js';
import { openSqliteStore, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { uuidOf } from '../support/dice.js';
import { eventsOf, storePorts, temporaryFolder } from '../support/event-store-ports.js';
import { killOwners, startOwner } from '../support/event-store-processes.js';
import { measured, sampleEvent } from '../support/event-store-samples.js';

const folder = temporaryFolder();
const east = 'project-east';
afterAll(() => folder.remove());

const open = (name: string): SqliteStore => openSqliteStore(folder.file(name), storePorts());

async function written(name: string, count: number): Promise<string> {
  const store = open(name);
  for (let i = 0; i < count; i += 1) await store.append(east, [measured(i, `${name} ${i}`)], 'any');
  await store.close();
  return folder.file(name);
}

/** Changes to a closed store that Topout never makes. */
function tamper(path: string, ...statements: string[]): void {
  const database = new DatabaseSync(path);
  for (const trigger of ['events_no_update', 'events_no_delete']) database.exec(`DROP TRIGGER ${trigger}`);
  for (const statement of statements) database.exec(statement);
  database.close();
}

/** Changes the bytes of a closed store. */
function change(path: string, how: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  how(bytes);
  writeFileSync(path, bytes);
}

/** Changes the type of the hash of an entry in a closed store. */
function keepHashAsText(path: string, entry: string): void {
  const id = Buffer.from(entry.replaceAll('-', ''), 'hex');
  change(path, (bytes) => {
    // Before its values a record has their types: 44 for 16 bytes, 76 for 32 bytes; one more is for texts.
    for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) {
      const types = bytes.subarray(at - 16, at).indexOf(Buffer.from([44, 76]));
      if (types >= 0) bytes.writeUInt8(77, at - 16 + types + 1);
    }
  });
}

describe('a new store', () => {
  const outcomes: [string, RegExp][] = [
    [
      'CREATE TABLE',
      /^The store is not available \(the disk of .*made\.db reports an error: disk I\/O error\)/,
    ],
    ['wal_checkpoint', /^The store is not available \(the disk of /],
  ];
  test.each(outcomes)('is not used when the disk fails at %s', (failing, expected) => {
    const connect = (path: string) => {
      const database = new DatabaseSync(path);
      const exec = database.exec.bind(database);
      database.exec = (sql) => {
        if (sql.includes(failing)) throw Object.assign(new Error('disk I/O error'), { errcode: 1034 });
        exec(sql);
      };
      return database;
    };
    const made = () => openSqliteStore(folder.file('made.db'), { ...storePorts(), connect });
    expect(made).toThrow(expected);
    rmSync(folder.file('made.db'), { force: true });
  });

  test('is in its file from the start, because SQLite drops the WAL of an empty file', async () => {
    const store = open('new.db');
    expect(statSync(folder.file('new.db')).size).toBeGreaterThan(0);
    expect(readFileSync(folder.file('new.db')).includes('events_no_update')).toBe(true);
    await store.close();
  });
});

describe('a reopened store', () => {
  test('holds its events, and continues where it stopped', async () => {
    const first = open('again.db');
    const said = [0, 1, 2].map((number) => sampleEvent(number, `again ${number}`));
    const { events } = await first.append(east, said, 'no-stream');
    const { installation } = first;
    await first.close();

    const second = open('again.db');
    expect(second.installation).toBe(installation);
    expect(await second.head()).toBe(3);
    expect(await eventsOf(second.readAll())).toEqual(events);
    expect((await second.append(east, said, 'no-stream')).isReplay).toBe(true);
    const next = await second.append(east, [measured(1, 'again next')], 2);
    expect(next.events[0]).toMatchObject({ revision: 3, position: 4 });
    await second.close();
    expect(await verifySqliteFile(folder.file('again.db'), storePorts())).toEqual({
      events: 4,
      streams: 1,
      head: 4,
      problems: [],
    });
  });

  test('never records an instant before the last one, however the clock jumps', async () => {
    const clock = { at: '2018-07-10T08:00:00.000Z' };
    const jumps = ['2018-07-10T07:00:00.000Z', '2018-07-11T08:00:00.000Z', '2017-01-01T00:00:00.000Z'];
    let store = openSqliteStore(folder.file('clock.db'), storePorts(clock));
    await store.append(east, [measured(0, 'clock')], 'any');
    for (const [number, at] of jumps.entries()) {
      clock.at = at;
      await store.append(east, [measured(number, `clock ${number}`)], 'any');
      await store.close();
      store = openSqliteStore(folder.file('clock.db'), storePorts(clock));
    }
    expect((await eventsOf(store.readAll())).map(({ recordedAt }) => recordedAt)).toEqual([
      '2018-07-10T08:00:00.000Z',
      '2018-07-10T08:00:00.000Z',
      '2018-07-11T08:00:00.000Z',
      '2018-07-11T08:00:00.000Z',
    ]);
    await store.close();
  });

  test('is durable with every commit, and leaves no shared memory file', async () => {
    const store = open('durable.db');
    await store.append(east, [measured(0, 'durable')], 'any');
    await store.close();
    const again = open('durable.db');
    expect(firstValue(again.database, 'PRAGMA synchronous')).toBe(2);
    expect(firstValue(again.database, 'PRAGMA journal_mode')).toBe('wal');
    expect(firstValue(again.database, 'PRAGMA locking_mode')).toBe('exclusive');
    await again.append(east, [measured(1, 'durable 1')], 'any');
    expect(existsSync(`${again.path}-shm`)).toBe(false);
    await again.close();
    expect(existsSync(`${again.path}-wal`)).toBe(false);
  });

  test('is refused if SQLite would flush less than configured', () => {
    class Hasty extends DatabaseSync {
      override exec(sql: string): void {
        super.exec(sql.replace('synchronous = FULL', 'synchronous = NORMAL'));
      }
    }
    const ports = { ...storePorts(), connect: (path: string) => new Hasty(path) };
    expect(() => openSqliteStore(folder.file('hasty.db'), ports)).toThrow(
      'SQLite runs with journal wal and synchronous 1; expected wal and 2',
    );
  });

  test.each([
    ['3.51.2', false],
    ['3.7.17', false],
    ['3.51.3', true],
    ['3.53.4', true],
    ['4.0.0', true],
  ])('SQLite %s is safe: %p', (version, isSafe) => {
    if (isSafe) expect(() => requireSafeVersion(version)).not.toThrow();
    else expect(() => requireSafeVersion(version)).toThrow(StoreRefused);
  });

  test('never changes recorded events, even when asked to', async () => {
    const store = open('triggers.db');
    await store.append(east, [measured(0, 'triggers')], 'any');
    for (const sql of ['UPDATE events SET rev = 7', 'DELETE FROM events', 'DELETE FROM streams']) {
      expect(() => store.database.exec(sql)).toThrow('what is recorded is never changed');
    }
    await store.close();
  });
});

describe('two processes', () => {
  afterEach(killOwners);

  test('the second one is refused within 2 s, in this process and in another', async () => {
    await startOwner(folder.file('owned.db'), 3);
    const before = performance.now();
    expect(() => open('owned.db')).toThrow(StoreInUse);
    expect(performance.now() - before).toBeLessThan(2000);
    await expect(verifySqliteFile(folder.file('owned.db'), storePorts())).rejects.toThrow(StoreInUse);

    const other = await startOwner(folder.file('owned.db'), 1);
    expect(other).toEqual([expect.stringMatching(/^store-in-use .*owned\.db is in use by another/)]);
  });

  test('a killed process leaves every acknowledged entry and no lock', async () => {
    const lines = await startOwner(folder.file('killed.db'), 40);
    expect(lines.at(-1)).toBe('ready');
    await killOwners();
    const store = open('killed.db');
    expect((await eventsOf(store.readAll())).map(({ revision }) => revision)).toEqual(
      Array.from({ length: 40 }, (_, i) => i),
    );
    await store.close();
  });

  test('the same file twice in one process is refused as well', async () => {
    const store = open('twice.db');
    expect(() => open('twice.db')).toThrow(StoreInUse);
    await store.append(east, [measured(0, 'twice')], 'any');
    await store.close();
  });
});

describe('a file that is not ours', () => {
  test('of another application is refused, and unchanged', () => {
    const path = folder.file('theirs.db');
    const theirs = new DatabaseSync(path);
    theirs.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY); INSERT INTO events VALUES (1)');
    theirs.close();
    const before = readFileSync(path);
    expect(() => open('theirs.db')).toThrow(new StoreRefused(path, 'it belongs to another application'));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('that is not a database is refused, and unchanged', () => {
    const text = 'roof capped on 30 June\n'.repeat(100);
    writeFileSync(folder.file('notes.txt'), text);
    expect(() => open('notes.txt')).toThrow('it is not an SQLite file');
    expect(readFileSync(folder.file('notes.txt'), 'utf8')).toBe(text);
  });

  test('of a newer version is refused, and the message says what to do', async () => {
    const path = await written('newer.db', 1);
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 2');
    database.close();
    expect(() => open('newer.db')).toThrow('it has format 2 and this version knows 1; use a newer version');
  });

  test('below a path that is not a folder is refused', () => {
    writeFileSync(folder.file('plain'), '');
    expect(() => open('plain/events.db')).toThrow('a part of its path is a file, not a folder');
  });

  test('that is empty becomes a new store; one in a new folder as well', async () => {
    writeFileSync(folder.file('empty.db'), '');
    for (const name of ['empty.db', 'deep/er/events.db']) {
      const store = open(name);
      expect(store.installation).toBe(uuidOf('installation'));
      await store.close();
    }
  });
});

describe('a damaged store', () => {
  test('names the entry whose content was changed', async () => {
    const path = await written('changed.db', 5);
    tamper(
      path,
      `UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '"basisPoints":2', '"basisPoints":9') AS BLOB) WHERE seq = 3`,
    );
    const place = `event 3 (${east} revision 2, id ${uuidOf('changed.db 2')})`;
    const store = open('changed.db');
    await expect(eventsOf(store.readStream(east))).rejects.toEqual(
      new StoreCorrupt(`${place}: its body does not match its hash`),
    );
    expect((await eventsOf(store.readStream(east, 3))).length).toBe(2);
    await store.close();
    expect((await verifySqliteFile(path, storePorts())).problems).toEqual([
      `${place}: its body does not match its hash`,
    ]);
  });

  test('names an entry of which a part is kept as another type', async () => {
    const path = await written('types.db', 5);
    keepHashAsText(path, uuidOf('types.db 2'));
    const { problems } = await verifySqliteFile(path, storePorts());
    expect(problems).toContain(
      `event 3 (${east} revision 2, id ${uuidOf('types.db 2')}): a part of it is kept as another type`,
    );
  });

  test.each([
    ['shorter', (path: string) => tamper(path, "UPDATE events SET leaf = x'00' WHERE seq = 3")],
    ['kept as a text', (path: string) => keepHashAsText(path, uuidOf('kept as a text.db 2'))],
  ])('gives the ledger no hash that is %s', async (how, damage) => {
    const path = await written(`${how}.db`, 5);
    damage(path);
    const store = open(`${how}.db`);
    expect(await store.leaves.after(0, 2)).toHaveLength(2);
    expect(() => store.leaves.after(2, 3)).toThrow(new StoreCorrupt('position 3: its hash has not 32 bytes'));
    await store.close();
  });

  test('is refused and named where one letter of its tables was changed', async () => {
    const path = await written('letters.db', 5);
    change(path, (bytes) => void bytes.write('Leaf', bytes.indexOf('leaf BLOB NOT NULL')));
    expect(() => open('letters.db')).toThrow(StoreCorrupt);
    const { problems } = await verifySqliteFile(path, storePorts());
    expect(problems).toEqual([
      expect.stringMatching(/letters\.db is damaged: the table "events" is not as Topout makes it$/),
    ]);
  });

  test('is opened with other tables beside its own, and however its statements are set in lines', async () => {
    const path = await written('beside.db', 5);
    tamper(path, 'ANALYZE');
    change(path, (bytes) => void bytes.write('\t', bytes.indexOf('\n    leaf BLOB NOT NULL')));
    expect((await verifySqliteFile(path, storePorts())).problems).toEqual([]);
    const store = open('beside.db');
    expect(await eventsOf(store.readAll())).toHaveLength(5);
    await store.close();
  });

  test('names the unreadable entry, to readers and to followers', async () => {
    const path = await written('unreadable.db', 5);
    tamper(path, "UPDATE events SET body = x'7b' WHERE seq = 3");
    const store = open('unreadable.db');
    const problem = new StoreCorrupt(
      `event 3 (${east} revision 2, id ${uuidOf('unreadable.db 2')}): its body is not JSON`,
    );
    await expect(eventsOf(store.readAll())).rejects.toEqual(problem);
    const told = new Promise((resolve) => store.events$(0).subscribe({ error: resolve }));
    expect(await told).toEqual(problem);
    await store.close();
  });

  test.each([
    ['the format in its header', 'SQLite format 3', 47, /is damaged: unsupported file format$/],
    ['a name in its schema', 'leaf BLOB', 0, /is damaged: the table "events" is not as Topout makes it$/],
  ])('is refused and named when a byte of %s was changed', async (_, near, offset, problem) => {
    const name = `byte-${offset}.db`;
    const path = await written(name, 3);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(near) + offset;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at);
    writeFileSync(path, bytes);
    expect(() => open(name)).toThrow(StoreCorrupt);
    const { problems } = await verifySqliteFile(path, storePorts());
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test('is read up to the damage where SQLite finds no place to begin at', async () => {
    const path = await written('no-place.db', 40);
    const database = new DatabaseSync(path);
    const page = firstValue(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'events'") as number;
    database.close();
    // The number of pages that this page of the tree names (sqlite.org/fileformat.html, section 1.6).
    const at = (page - 1) * 4096 + 4;
    change(path, (bytes) => void bytes.writeUInt8(bytes.readUInt8(at) ^ 0x08, at));
    const { events, problems } = await verifySqliteFile(path, storePorts());
    const place = `event ${events} (${east} revision ${events - 1}, id ${uuidOf(`no-place.db ${events - 1}`)})`;
    expect(events).toBeGreaterThan(20);
    expect(problems).toContain(`What follows ${place} cannot be read: database disk image is malformed`);
  });

  test('is not opened when its last entry cannot be read, and is released', async () => {
    const path = await written('end.db', 3);
    tamper(path, "UPDATE events SET body = x'7b' WHERE seq = 3");
    const place = `event 3 (${east} revision 2, id ${uuidOf('end.db 2')})`;
    expect(() => open('end.db')).toThrow(`${place}: its body is not JSON`);
    expect((await verifySqliteFile(path, storePorts())).problems).toEqual([
      `${place}: its body does not match its hash`,
    ]);
  });

  test('names the entry after a gap', async () => {
    const path = await written('missing.db', 6);
    tamper(path, 'DELETE FROM events WHERE seq IN (3, 4)');
    const place = `event 5 (${east} revision 4, id ${uuidOf('missing.db 4')})`;
    const store = open('missing.db');
    await expect(eventsOf(store.readAll())).rejects.toEqual(
      new StoreCorrupt(`${place}: position 3 is missing before it`),
    );
    await expect(eventsOf(store.readStream(east))).rejects.toEqual(
      new StoreCorrupt(`${place}: revision 2 is missing before it`),
    );
    await store.close();
    expect((await verifySqliteFile(path, storePorts())).problems).toEqual([
      `${place}: the events from position 3 to 4 are missing before it`,
      `${place}: it follows revision 1 of its stream`,
      `${place}: its body names another event before it`,
    ]);
  });

  test('is detected when two entries are swapped', async () => {
    const path = await written('swapped.db', 4);
    tamper(
      path,
      'CREATE TEMP TABLE two AS SELECT seq, body, leaf FROM events WHERE seq IN (2, 3)',
      'UPDATE events SET (body, leaf) = (SELECT body, leaf FROM two WHERE two.seq = 5 - events.seq) WHERE seq IN (2, 3)',
    );
    const { problems } = await verifySqliteFile(path, storePorts());
    expect(problems.length).toBeGreaterThanOrEqual(2);
    expect(problems[0]).toContain(
      `event 2 (${east} revision 1, id ${uuidOf('swapped.db 1')}): its body says`,
    );
  });

  test('is refused or reported when its file was truncated', async () => {
    const path = await written('cut.db', 300);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    const { problems } = await verifySqliteFile(path, storePorts());
    expect(problems.length).toBeGreaterThan(0);
  });
});
