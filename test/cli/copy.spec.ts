import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { compose } from '../../src/composition/compose.js';
import { storePath, viewsPath } from '../../src/composition/folder/data-paths.js';
import { readConfig } from '../../src/composition/settings/config.js';
import type { Copied } from '../../src/maintenance/copy.js';
import { loadExample } from '../../src/maintenance/example.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { typed } from './typed.js';

jest.setTimeout(60_000);

let top: string;
let district: string;
let server: StandIn;
let number = 0;
const newFolder = () => join(top, `data-${++number}`);
const newPrefix = () => `copy${++number}.`;
const cluster = (prefix: string) => `esdb://${server.host}:${server.port} (prefix "${prefix}")`;

/** The whole example district, evaluated, in a data folder. */
async function fill(dataPath: string): Promise<void> {
  const config = { ...readConfig({}), dataPath, vaultPath: join(top, 'vault.json') };
  const composed = await compose(config);
  await loadExample(composed, config);
  await composed.watch();
  await composed.close();
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
  district = newFolder();
  await fill(district);
  server = await startStandIn();
});
afterEach(() => {
  for (const name of ['EVENT_STORE_URL', 'TOPOUT_STREAM_PREFIX', 'OTHER_CLUSTER']) delete process.env[name];
});
afterAll(async () => {
  await server.stop();
  rmSync(top, { recursive: true, force: true });
});

function rowsOf(path: string): unknown[] {
  const file = new DatabaseSync(path);
  const rows = file.prepare('SELECT seq, rev, hex(id), hex(leaf), hex(body) FROM events ORDER BY seq').all();
  file.close();
  return rows;
}

const parsed = (out: string): Copied => JSON.parse(out);

test('the example district copied to a cluster and back is equal in every byte and every view', async () => {
  process.env.EVENT_STORE_URL = server.url;
  process.env.TOPOUT_STREAM_PREFIX = newPrefix();
  const there = await typed('copy', district, 'cluster', '--json');
  const { from, to, copied, digests, isSame, hasSourceGrown } = parsed(there.out);
  expect([there.code, there.err, isSame, hasSourceGrown]).toEqual([0, '', true, false]);
  expect(copied).toEqual({ before: 0, added: from.events });
  expect([from.name, to.name]).toEqual([storePath(district), cluster(process.env.TOPOUT_STREAM_PREFIX)]);
  expect(from.events).toBeGreaterThan(80);
  expect([to.events, to.streams, to.installation]).toEqual([from.events, from.streams, from.installation]);
  expect(digests.map(({ of }) => of)).toEqual(['log', 'journal', 'directory', 'alerts', 'outbox']);
  expect(new Set(digests.map((digest) => digest.from)).size).toBe(5);
  const folder = newFolder();
  const back = await typed('copy', 'cluster', folder, '--json');
  expect([back.code, parsed(back.out).digests]).toEqual([0, digests]);
  expect(rowsOf(storePath(folder))).toEqual(rowsOf(storePath(district)));
  delete process.env.EVENT_STORE_URL;
  expect((await typed('doctor', '--data', folder)).out).toContain(String(from.installation));
});

test('a copy reports what it did, what both hold and what it excludes', async () => {
  const file = join(top, 'copy.db');
  const { code, out, err } = await typed('copy', district, file);
  expect([code, err]).toEqual([0, '']);
  for (const line of [
    /^From +.*events\.db$/m,
    /^First +position 1, recorded 20.*: \S+ revision 0, id [0-9a-f-]{36}$/m,
    /^Copied +\d+ events now; 0 were there before$/m,
    /^every event +[0-9a-f]{64} +same$/m,
    /^view journal +[0-9a-f]{64} +same$/m,
    /^view outbox +[0-9a-f]{64} +same$/m,
    /^Both hold the same \d+ events in the same order, and the same views; every hash was verified\.$/m,
    /^Start the service on one of the two only: both would tell subscribers\.$/m,
    /TOPOUT_VAULT.*TOPOUT_TODAY/,
  ])
    expect(out).toMatch(line);
  expect((await typed('copy', district, file)).out).toMatch(/^Copied +0 events now; \d+ were there before$/m);
  expect((await typed('copy', file, district, '--verify-only')).code).toBe(0);
});

test('two different stores end with 65, and neither is changed', async () => {
  const [one, two] = [newFolder(), newFolder()];
  await typed('copy', district, one);
  const file = new DatabaseSync(storePath(one));
  file.exec('DROP TRIGGER events_no_delete; DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)');
  file.close();
  await typed('copy', district, two);
  const before = rowsOf(storePath(one));
  const { code, out, err } = await typed('copy', one, two, '--verify-only');
  expect(code).toBe(65);
  expect(out).toMatch(/^view journal +[0-9a-f]{64} and [0-9a-f]{64} +differs$/m);
  expect(err).toMatch(
    /^topout: The two do not hold the same: .*data-\d+.events\.db has position \d+ \(.*\), which .* has not\.$/,
  );
  expect(rowsOf(storePath(one))).toEqual(before);
});

test('a target that holds something else is refused, and unchanged', async () => {
  const other = newFolder();
  await fill(other);
  const before = rowsOf(storePath(other));
  const { code, err } = await typed('copy', district, other);
  expect([code, err]).toEqual([
    73,
    expect.stringMatching(
      /^topout: .*events\.db cannot be used: it belongs to installation .*; expected an empty store\.$/,
    ),
  ]);
  expect(rowsOf(storePath(other))).toEqual(before);
});

test('a password is not shown, and one in the list of processes is reported', async () => {
  const secret = server.url.replace('esdb://', 'esdb://admin:geheim@');
  const prefix = newPrefix();
  const open = await typed('copy', district, secret, '--to-prefix', prefix);
  expect(open.code).toBe(0);
  expect(open.err).toBe(
    'topout: A password in an argument can be read by every account of this machine; "cluster" or "env:NAME" hides it.',
  );
  process.env.OTHER_CLUSTER = secret;
  const named = await typed('copy', 'env:OTHER_CLUSTER', district, '--from-prefix', prefix, '--verify-only');
  expect([named.code, named.err]).toEqual([0, '']);
  for (const text of [open.out, open.err, named.out]) expect(text).not.toContain('geheim');
});

test('a cluster is copied to a cluster', async () => {
  const [one, two] = [newPrefix(), newPrefix()];
  await typed('copy', district, server.url, '--to-prefix', one);
  const { code, out } = await typed('copy', server.url, server.url, '--from-prefix', one, '--to-prefix', two);
  expect([code, out]).toEqual([0, expect.stringMatching(/^view alerts +[0-9a-f]{64} +same$/m)]);
});

test.each([
  [
    ['nowhere', 'cluster'],
    2,
    'EVENT_STORE_URL is ""; expected the address of the cluster, as TO is "cluster".',
  ],
  [['env:NONE', 'x'], 2, 'NONE is ""; expected the address of the cluster, as FROM is "env:NONE".'],
  [
    ['esdb://', 'x'],
    2,
    'FROM is "(not shown)"; expected esdb://account:password@host:2113 (or kurrentdb://) with',
  ],
  [['x', 'postgres://admin:geheim@host'], 2, 'TO is "(not shown)"; expected esdb://account:password@host'],
  [['kdb:admin:geheim@host', 'x'], 2, 'FROM is "(not shown)"; expected esdb://account:password@host'],
  [['x', 'kurrentdb://somewhere.example?tls=false'], 2, 'TO is "tls=false on somewhere.example"; expected'],
  [
    ['x', 'esdb://somewhere.example?tls=false'],
    2,
    'TO is "tls=false on somewhere.example"; expected encryption and a password of its own',
  ],
  [['x', 'esdb://127.0.0.1', '--to-prefix', '$a'], 2, '--to-prefix is "$a"; expected at most 40 of a-z'],
  [
    ['nowhere', 'elsewhere'],
    4,
    `There is no store at ${join('nowhere', 'events.db')}; expected a data folder`,
  ],
])('"copy %s" is invalid', async (args, code, sentence) => {
  const printed = await typed('copy', ...args);
  expect([printed.code, printed.out]).toEqual([code, '']);
  expect(printed.err).toContain(`topout: ${sentence}`);
  expect(existsSync('elsewhere')).toBe(false);
});

test('a store is not copied onto itself', async () => {
  const { code, err } = await typed('copy', district, storePath(district));
  expect([code, err]).toEqual([
    2,
    `topout: FROM and TO are both ${storePath(district)}; expected two stores.`,
  ]);
});

test('with a cluster, the views of a replica are rebuilt, and commands for a file say so', async () => {
  const folder = newFolder();
  process.env.EVENT_STORE_URL = server.url;
  process.env.TOPOUT_STREAM_PREFIX = newPrefix();
  const { out } = await typed('copy', district, 'cluster', '--json');
  mkdirSync(folder);
  expect(await typed('rebuild', '--data', folder)).toEqual({
    code: 0,
    out: `The views in ${folder} were made again from ${parsed(out).from.events} events on ${server.host}:${server.port}.`,
    err: '',
  });
  expect(readdirSync(folder).sort()).toEqual(['index.db', 'views.db']);
  const seen = `topout: EVENT_STORE_URL names a cluster (${server.host}:${server.port}), and ${folder} holds no store of its own.`;
  for (const [command, instead] of [
    [['backup', 'b.db'], '"topout copy cluster b.db" makes a verified copy of the cluster in one file.'],
    [['restore', 'b.db'], '"topout copy b.db cluster" puts a backup on the cluster.'],
    [['doctor'], '"topout copy cluster FILE" verifies every event of the cluster as it copies them.'],
  ] as const) {
    const printed = await typed(...command, '--data', folder);
    expect(printed).toEqual({ code: 2, out: '', err: `${seen} ${instead}` });
  }
});

test('the views of a running replica are not rebuilt', async () => {
  const folder = newFolder();
  process.env.EVENT_STORE_URL = server.url;
  process.env.TOPOUT_STREAM_PREFIX = newPrefix();
  const config = { ...readConfig(), dataPath: folder };
  const composed = await compose(config);
  try {
    const { code, err } = await typed('rebuild', '--data', folder);
    expect([code, err]).toEqual([
      73,
      expect.stringContaining(`${viewsPath(folder)} is in use by another Topout process`),
    ]);
  } finally {
    await composed.close();
  }
});
