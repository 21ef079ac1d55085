import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { noteIn } from '../../domain/log/ledger-events.js';
import { compose } from '../../src/composition/compose.js';
import { storePath } from '../../src/composition/folder/data-paths.js';
import { onData, readConfig } from '../../src/composition/settings/config.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { readCheckpoint, requireSigned } from '../../src/ledger/checkpoint.js';
import { readVerifierKey } from '../../src/ledger/vkey.js';
import { storeNamed } from '../../src/maintenance/copy.js';
import { copyProtecting, type ProtectedCopied } from '../../src/maintenance/protected-copy.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { env, fillAsBefore, type OldPeople } from '../support/old-entries.js';
import { typed, typedIn } from './typed.js';

jest.setTimeout(120_000);

/** Entries beside those of each kind: more than a copy writes at a time. */
const many = 700;

let top: string;
let old: string;
let people: OldPeople;
let server: StandIn;
let number = 0;
const newFolder = () => join(top, `fresh-${++number}`);
const protect = (to: string, ...more: string[]) => typed('copy', old, to, '--protect-people', ...more);
const parsed = (out: string): ProtectedCopied => JSON.parse(out);

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-protected-'));
  old = join(top, 'old');
  people = await fillAsBefore(old, many);
  server = await startStandIn();
});
afterEach(() => {
  for (const name of ['EVENT_STORE_URL', 'TOPOUT_STREAM_PREFIX', 'TOPOUT_VAULT']) delete process.env[name];
});
afterAll(async () => {
  await server.stop();
  rmSync(top, { recursive: true, force: true });
});

/** The files of a folder, and of the keys beside it, that hold a text. */
function filesWith(text: RegExp, folder: string): string[] {
  const beside = readdirSync(top).filter((name) => name.startsWith(`${folder.slice(top.length + 1)}.`));
  return [...readdirSync(folder).map((name) => join(folder, name)), ...beside.map((name) => join(top, name))]
    .filter((path) => text.test(readFileSync(path, 'latin1')))
    .map((path) => path.slice(top.length + 1));
}

/** What a service on a folder answers about several moments of both clocks, without the positions. */
async function answersOf(dataPath: string, instants: readonly string[]): Promise<string[]> {
  const { topout, views, store, close } = await compose(onData(readConfig(env), dataPath));
  try {
    await views.waitFor(await store.head());
    const moments = [
      {},
      { asOf: '2018-06-30' },
      { asOf: '2018-07-01' },
      ...instants.map((instant) => ({ knownAt: { instant } })),
    ];
    const answers: unknown[] = [];
    for (const moment of moments) {
      answers.push(await topout.project('quay', moment));
      answers.push(await topout.journal('quay', moment, { limit: 50, newestFirst: false, withAlerts: true }));
      answers.push(await topout.series('quay', moment));
    }
    return answers.map((answer) =>
      JSON.stringify(answer, (name, value) => (name === 'position' ? undefined : value)),
    );
  } finally {
    await close();
  }
}

function instantsOf(dataPath: string): string[] {
  const file = new DatabaseSync(storePath(dataPath), { readOnly: true });
  const rows = file.prepare("SELECT CAST(body AS TEXT) ->> 'at' AS at FROM events ORDER BY seq").all();
  file.close();
  return [7, 9, 11, 13, 15].map((seq) => String(rows[seq]?.at));
}

test('a copy holds no text in clear, verifies, and answers as the old store does', async () => {
  const fresh = newFolder();
  const { code, out, err } = await protect(fresh);
  expect([code, err]).toEqual([0, '']);
  expect(filesWith(/canary-(?:li|wang|chen)/, fresh)).toEqual([]);
  // Who does not sign in has no key.
  expect(filesWith(/canary-stated/, fresh)).toEqual([`${fresh.slice(top.length + 1)}/events.db`]);
  expect(out).toContain('1 entries keep texts in clear, whose author does not sign in: Old Zhang.');
  expect(out).toMatch(/overwrite or destroy its whole folder, its keys .*old\.vault\.json, and every backup/);
  expect(out).toMatch(/^view journal +[0-9a-f]{64} +same$/m);
  expect((await typed('verify', '--data', fresh)).code).toBe(0);
  const instants = instantsOf(old);
  // Chen was erased: the old store still shows the texts, and the copy says that they are gone.
  const withoutChen = (await answersOf(old, instants)).map((answer) =>
    answer
      .replaceAll('"reason":{"en":"canary-chen reason"}', '"reason":{"en":"[erased]","zh":"[已删除]"}')
      .replaceAll('canary-chen reason.', '[erased].')
      .replaceAll('canary-chen reason。', '[已删除]。')
      .replaceAll(/canary-chen(?: \w+|\.jpg)/g, '[erased] [已删除]'),
  );
  expect(await answersOf(fresh, instants)).toEqual(withoutChen);
});

test('the first event carries the last checkpoint of the old store and its keys', async () => {
  const fresh = newFolder();
  await protect(fresh);
  const file = new DatabaseSync(storePath(fresh));
  const row = file.prepare('SELECT CAST(body AS TEXT) AS body FROM events WHERE seq = 1').get();
  const count = Number(file.prepare('SELECT count(*) AS count FROM events').get()?.count);
  file.close();
  const { stream, type, data } = JSON.parse(String(row?.body));
  expect([stream, type, data.size]).toEqual(['ledger', 'LogContinued', count - 1]);
  const signed = readCheckpoint(noteIn(data.checkpoint));
  requireSigned(
    signed,
    data.keys.map(({ vkey }: { vkey: string }) => readVerifierKey(vkey)),
  );
  expect([signed.checkpoint.origin, signed.checkpoint.size]).toEqual([data.origin, count - 1]);
});

test('erasing somebody in the copy leaves nothing of their old texts', async () => {
  const fresh = newFolder();
  await protect(fresh);
  const { topout, views, store, close } = await compose(onData(readConfig(env), fresh));
  await views.waitFor(await store.head());
  const journal = async () =>
    JSON.stringify(await topout.journal('quay', {}, { limit: 50, newestFirst: false, withAlerts: true }));
  for (const text of [
    'canary-li note',
    'canary-li reason',
    'canary-li.jpg',
    'canary-wang note',
    'sealed already',
  ])
    expect(await journal()).toContain(text);
  expect(await journal()).not.toContain('canary-chen');
  await topout.access.erasePerson(people.li, people.request);
  expect(await journal()).not.toContain('canary-li');
  expect(await journal()).toContain('canary-wang note');
  await close();
  expect(filesWith(/canary-li/, fresh)).toEqual([]);
  expect((await typed('verify', '--data', fresh)).code).toBe(0);
});

test('a copy that was cut off goes on, and is compared whole', async () => {
  const fresh = newFolder();
  const cut = copyProtecting(
    storeNamed(old, 'FROM'),
    storeNamed(fresh, 'TO'),
    { toVault: undefined, isVerifyOnly: false },
    (step) => {
      if (step === 'copying') throw new Error('cut off');
    },
  );
  await expect(cut).rejects.toThrow('cut off');
  expect([existsSync(storePath(fresh)), existsSync(`${storePath(fresh)}.part`)]).toEqual([false, true]);
  const { code, out } = await protect(fresh, '--json');
  const { copied, from, to, isSame } = parsed(out);
  expect([code, isSame, copied?.before]).toEqual([0, true, 501]);
  expect(to.events).toBe(from.events + 1);
  expect(parsed((await protect(fresh, '--json')).out).copied).toEqual({ before: to.events, added: 0 });
});

test('a cluster is written with keys of its own', async () => {
  process.env.EVENT_STORE_URL = server.url;
  process.env.TOPOUT_STREAM_PREFIX = 'protected.';
  const vault = join(top, 'cluster.vault.json');
  const { code, err } = await protect('cluster', '--to-vault', vault, '--json');
  expect([code, err]).toEqual([0, '']);
  expect([existsSync(vault), existsSync(join(top, 'cluster.people.db'))]).toEqual([true, true]);
  const again = await protect('cluster', '--to-vault', vault, '--json', '--verify-only');
  expect([again.code, parsed(again.out).isSame]).toEqual([0, true]);
});

test('what cannot be protected is refused in both languages, and nothing is written', async () => {
  const fresh = newFolder();
  const refused = async (said: RegExp, from: string, to: string, ...more: string[]) => {
    const { code, err } = await typed('copy', from, to, '--protect-people', ...more);
    expect([code, err]).toEqual([73, expect.stringMatching(said)]);
    const zh = await typedIn('zh', 'copy', from, to, '--protect-people', ...more);
    expect([zh.code, zh.err]).toEqual([73, expect.stringMatching(/[\u4e00-\u9fff]{4}/)]);
  };
  await refused(/expected a data folder, with its ledger and its keys/, server.url, fresh);
  process.env.TOPOUT_VAULT = `${old}.vault.json`;
  await refused(/Both stores would have the file of keys .*old\.vault\.json; name another one/, old, fresh);
  delete process.env.TOPOUT_VAULT;
  const copied = newFolder();
  cpSync(old, copied, { recursive: true });
  cpSync(`${old}.vault.json`, `${copied}.vault.json`);
  await refused(/There is no .*people\.db; expected the keys and the names/, copied, fresh);
  await refused(/holds something else; expected an empty store, or the beginning/, old, copied);
  const store = openSqliteStore(storePath(old), { ...world, nextTurn });
  await refused(/in use by another Topout process/, old, fresh).finally(() => store.close());
  expect(existsSync(fresh)).toBe(false);
});

test('a copy that says something else ends with 65', async () => {
  const fresh = newFolder();
  await protect(fresh);
  const file = new DatabaseSync(storePath(fresh));
  file.exec('DROP TRIGGER events_no_delete; DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)');
  file.close();
  rmSync(`${storePath(fresh)}-anchor`, { force: true });
  const { code, err } = await protect(fresh, '--verify-only');
  expect(code).toBe(65);
  expect(err).toMatch(/The two do not hold the same: .*events\.db has position \d+ .*does not say the same/);
});
