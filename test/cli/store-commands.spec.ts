import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntryMetadata } from '../../domain/project/events.js';
import { compose } from '../../src/composition/compose.js';
import { storePath, viewsPath } from '../../src/composition/folder/data-paths.js';
import { onData, readConfig } from '../../src/composition/settings/config.js';
import { typed } from './typed.js';

const entry: EntryMetadata = { asOf: '2018-06-30', precision: 'day', source: { kind: 'inspection' } };
const stored = { events: 3, streams: 2, head: 3 };
let top: string;
let data: string;
let folder = 0;

/** A data folder with two projects and one entry. */
async function fill(dataPath: string): Promise<void> {
  const { topout, store, views, close } = await compose(onData(readConfig({}), dataPath));
  const by = 'inspector';
  await topout.execute(
    'huaao-2',
    { type: 'RegisterProject', entry, data: { name: { zh: '华奥汽车项目二期' } } },
    { by },
  );
  await topout.execute(
    'yuhong',
    { type: 'RegisterProject', entry, data: { name: { en: 'Yuhong' } } },
    { by },
  );
  await topout.execute('huaao-2', { type: 'MilestoneReached', entry, data: { item: 'fit-out' } }, { by });
  await views.waitFor(await store.head());
  await close();
}

const newFolder = () => join(top, `data-${++folder}`);

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
});
beforeEach(async () => {
  data = newFolder();
  await fill(data);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe('a drill', () => {
  test('backs up, restores elsewhere, verifies, rebuilds and compares, and leaves nothing behind', async () => {
    const before = { top: readdirSync(top), bodies: bodies(data) };
    const { code, out } = await typed('drill', '--data', data, '--json');
    const drill = JSON.parse(out);
    expect([code, drill]).toEqual([
      0,
      {
        events: 3,
        head: 3,
        bytes: expect.any(Number),
        steps: expect.any(Array),
        differsFrom: null,
        problems: [],
      },
    ]);
    const steps = drill.steps.map(({ step }: { step: string }) => step);
    expect(steps).toEqual(['backup', 'restore', 'verify', 'rebuild', 'compare']);
    expect({ top: readdirSync(top), bodies: bodies(data) }).toEqual(before);
  });

  test('shows what each step takes, and that the restored log is the same', async () => {
    const { code, out } = await typed('drill', '--data', data);
    expect([code, out.split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(/^The restored log is the same to its end, position 3: 3 events, \d MB\.$/),
    ]);
    expect(out).toMatch(/restored elsewhere +\d+\.\d\d s/);
  });

  test('of a damaged store fails, and names the event', async () => {
    const database = new DatabaseSync(storePath(data));
    database.exec("DROP TRIGGER events_no_update; UPDATE events SET body = CAST('{}' AS BLOB) WHERE seq = 2");
    database.close();
    const { code, err } = await typed('drill', '--data', data);
    expect([code, err]).toEqual([65, expect.stringContaining('event 2')]);
    expect(readdirSync(top).filter((name) => name.startsWith('.topout'))).toEqual([]);
  });
});

describe('a backup', () => {
  test('is one verified file, and is restored event for event', async () => {
    const file = join(top, 'monday.topout');
    const made = await typed('backup', file, '--data', data);
    const [, key = ''] = /--key (topout\/\S+)$/.exec(made.out) ?? [];
    expect(made).toEqual({
      code: 0,
      out: [
        `${file} holds 3 events of 2 streams up to position 3; every one was verified.`,
        `${file}.checkpoint is a signed checkpoint of all of them: keep it elsewhere too. After a restore: topout verify --data FOLDER --checkpoint ${file}.checkpoint --key ${key}`,
      ].join('\n'),
      err: '',
    });
    expect(readdirSync(top).filter((name) => name.startsWith('monday'))).toEqual([
      'monday.topout',
      'monday.topout.checkpoint',
    ]);
    const restored = newFolder();
    const { code, out } = await typed('restore', file, '--data', restored, '--json');
    expect([code, JSON.parse(out)]).toEqual([0, { dataPath: restored, ...stored }]);
    expect(bodies(restored)).toEqual(bodies(data));
    const verified = await typed(
      'verify',
      '--data',
      restored,
      '--checkpoint',
      `${file}.checkpoint`,
      '--key',
      key,
    );
    expect([verified.code, verified.err]).toEqual([0, '']);
  });

  test('never overwrites a file', async () => {
    const file = join(top, 'kept.txt');
    writeFileSync(file, 'kept');
    expect(await typed('backup', file, '--data', data)).toEqual({
      code: 73,
      out: '',
      err: `topout: ${file} exists already, and nothing is overwritten; name a new file.`,
    });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('is not restored over a store', async () => {
    const file = join(top, 'tuesday.topout');
    await typed('backup', file, '--data', data);
    expect(await typed('restore', file, '--data', data)).toEqual({
      code: 73,
      out: '',
      err: `topout: ${data} holds a store already, and nothing is overwritten; choose another folder with --data, or move that one away.`,
    });
  });

  test('of something else is not restored', async () => {
    const file = join(top, 'holiday.jpg');
    writeFileSync(file, 'no store');
    const restored = newFolder();
    const { code, err } = await typed('restore', file, '--data', restored);
    expect([code, err.startsWith(`topout: ${file} cannot be used: `)]).toEqual([73, true]);
    expect(existsSync(storePath(restored))).toBe(false);
  });

  test('that is missing is not found', async () => {
    expect(await typed('restore', join(top, 'none'), '--data', newFolder())).toEqual({
      code: 4,
      out: '',
      err: `topout: There is no file ${join(top, 'none')}; expected a backup that "topout backup" made.`,
    });
  });
});

describe('rebuilding', () => {
  test('rebuilds lost views from the log', async () => {
    rmSync(viewsPath(data));
    expect(await typed('rebuild', '--data', data)).toEqual({
      code: 0,
      out: `The views in ${data} were made again from 3 events.`,
      err: '',
    });
    expect(JSON.parse((await typed('doctor', '--data', data, '--json')).out).views).toEqual({
      position: 3,
      lag: 0,
    });
  });

  test('rebuilds intact views, too', async () => {
    const { out } = await typed('rebuild', '--data', data, '--json');
    expect(JSON.parse(out)).toEqual({ dataPath: data, events: 3 });
  });
});

describe('the doctor', () => {
  test('finds an intact store intact', async () => {
    const { code, out } = await typed('doctor', '--data', data, '--json');
    const diagnosis = JSON.parse(out);
    expect(code).toBe(0);
    expect(diagnosis).toEqual({
      dataPath: data,
      store: { ...stored, problems: [] },
      sqlite: {
        version: expect.any(String),
        journal: 'wal',
        synchronous: 2,
        installation: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      views: { position: 3, lag: 0 },
      settings: {},
    });
    expect((await typed('doctor', '--data', data)).out).toContain(
      '3 in 2 streams, up to position 3; hash, chain and order of each are right',
    );
  });

  test('names a modified entry', async () => {
    const file = new DatabaseSync(storePath(data));
    file.exec(
      "DROP TRIGGER events_no_update; UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'fit-out', 'topping') AS BLOB) WHERE seq = 3",
    );
    file.close();
    const { code, out, err } = await typed('doctor', '--data', data);
    expect(code).toBe(65);
    expect(out).toContain('its body does not match its hash');
    expect(err).toBe(
      `topout: 1 problems were found in ${data}; restore a backup into another folder and compare.`,
    );
    expect((await typed('backup', join(top, 'altered.topout'), '--data', data)).code).toBe(65);
    expect(existsSync(join(top, 'altered.topout'))).toBe(false);
  });

  test('reports a missing store', async () => {
    const empty = join(top, 'empty');
    const { code, err } = await typed('doctor', '--data', empty, '--json');
    const detail = `There is no store in ${empty}; expected the data folder of a service, see --data.`;
    expect([code, JSON.parse(err)]).toEqual([
      4,
      { problem: { type: 'about:blank', title: 'Not found', detail } },
    ]);
    expect(existsSync(empty)).toBe(false);
  });
});

describe('salvaging', () => {
  test('writes the intact entries, and reports the missing ones', async () => {
    const bytes = readFileSync(storePath(data));
    const at = bytes.indexOf('华奥汽车项目二期');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(storePath(data), bytes);
    const file = join(top, 'salvaged.ndjson');
    expect(await typed('salvage', file, '--data', data)).toEqual({
      code: 0,
      out: [
        `${file} holds 2 intact events of 2 streams.`,
        'Missing: revision 0 of project-huaao-2.',
        'What may be missing after the last event of a stream cannot be known from the store alone.',
      ].join('\n'),
      err: '',
    });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).position)).toEqual([2, 3]);
    expect(lines.map((line) => JSON.parse(line).body)).toEqual(bodies(data).slice(1));
    expect((await typed('salvage', file, '--data', data)).code).toBe(73);
    expect((await typed('salvage', join(top, 'none.ndjson'), '--data', newFolder())).code).toBe(4);
  });

  test('returns the gaps as JSON', async () => {
    const file = join(top, 'whole.ndjson');
    const { out } = await typed('salvage', file, '--data', data, '--json');
    expect(JSON.parse(out)).toEqual({ file, events: 3, withoutPosition: 0, streams: 2, missing: [] });
  });
});

/** A rest of an English sentence. */
const english = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/;

test('the commands on a folder speak Chinese from the first to the last sentence', async () => {
  const file = join(top, 'zh.topout');
  const chinese = ['--lang', 'zh'];
  const seen = [
    await typed('backup', file, '--data', data, ...chinese),
    await typed('restore', file, '--data', newFolder(), ...chinese),
    await typed('rebuild', '--data', data, ...chinese),
    await typed('doctor', '--data', data, ...chinese),
    await typed('drill', '--data', data, ...chinese),
    await typed('salvage', join(top, 'zh.ndjson'), '--data', data, ...chinese),
    await typed('copy', data, newFolder(), ...chinese),
  ];
  for (const { code, out } of seen) {
    expect(code).toBe(0);
    expect(out).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(out).not.toMatch(english);
  }
});

test('work on a store that a process holds is refused in one sentence', async () => {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const file = new DatabaseSync(process.argv[1]);
    file.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE; COMMIT');
    console.log('held');
    setInterval(() => file.isOpen, 1000);
  `;
  const holder = spawn(process.execPath, ['-e', script, storePath(data)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  try {
    for (const command of [['rebuild'], ['backup', join(top, 'held.topout')], ['doctor']]) {
      const { code, err } = await typed(...command, '--data', data);
      expect([code, err]).toEqual([
        73,
        expect.stringContaining(`${storePath(data)} is in use by another Topout process`),
      ]);
    }
  } finally {
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  }
});

function bodies(dataPath: string): string[] {
  const file = new DatabaseSync(storePath(dataPath));
  const rows = file.prepare('SELECT CAST(body AS TEXT) AS body FROM events ORDER BY seq').all();
  file.close();
  return rows.map((row) => String(row.body));
}
