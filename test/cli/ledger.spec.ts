import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { compose } from '../../src/composition/compose.js';
import { ledgerPath, storePath } from '../../src/composition/folder/data-paths.js';
import { onData, readConfig } from '../../src/composition/settings/config.js';
import { leafOf } from '../../src/event-store/codec.js';
import { typed, typedIn } from './typed.js';

const entry = { asOf: '2018-06-30', precision: 'day', source: { kind: 'inspection' } } as const;
let top: string;
let original: string;
let data: string;
let kept: string;
let vkey: string;

/** Two projects and one entry, with a checkpoint that was kept elsewhere. */
beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'topout-'));
  original = join(top, 'original');
  kept = join(top, 'kept.checkpoint');
  const { topout, close } = await compose(onData(readConfig({}), original));
  const by = 'inspector';
  for (const project of ['huaao-2', 'yuhong'])
    await topout.execute(
      project,
      { type: 'RegisterProject', entry, data: { name: { en: project } } },
      { by },
    );
  await topout.execute('huaao-2', { type: 'MilestoneReached', entry, data: { item: 'fit-out' } }, { by });
  await close();
  const ledger = new DatabaseSync(ledgerPath(original));
  writeFileSync(kept, String(ledger.prepare('SELECT note FROM checkpoint').get()?.note));
  vkey = String(ledger.prepare('SELECT vkey FROM key').get()?.vkey);
  ledger.close();
});
beforeEach(() => {
  data = join(mkdtempSync(join(top, 'copy-')), 'data');
  cpSync(original, data, { recursive: true });
  cpSync(`${original}.vault.json`, `${data}.vault.json`);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** Changes a stored file by SQL. */
function change(path: string, ...statements: string[]): void {
  const file = new DatabaseSync(path);
  for (const statement of statements) file.exec(statement);
  file.close();
}

const untriggered = ['DROP TRIGGER events_no_update', 'DROP TRIGGER events_no_delete'];
const verify = (...more: string[]) => typed('verify', '--data', data, ...more);

describe('verify', () => {
  test('finds a folder as it was signed, also by a checkpoint and a key from elsewhere', async () => {
    const { code, out } = await verify('--checkpoint', kept, '--key', vkey, '--json');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        dataPath: data,
        events: 3,
        streams: 2,
        head: 3,
        root: readFileSync(kept, 'utf8').split('\n')[2],
        checkpoints: { kept: 1, brought: 1 },
        keys: [vkey.split('+').slice(0, 2).join('+')],
        faults: [],
      },
    ]);
    expect((await verify()).out).toContain('nothing was changed, added, removed or put in another order');
  });

  test('names a changed entry by stream, revision and id', async () => {
    change(
      storePath(data),
      ...untriggered,
      "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'fit-out', 'topping') AS BLOB) WHERE seq = 3",
    );
    const { code, out, err } = await verify();
    expect(code).toBe(10);
    expect(out).toMatch(
      /event 3 \(project-huaao-2 revision 1, id [0-9a-f-]{36}\): its body does not match its hash/,
    );
    expect(err).toBe(`topout: ${data}: the content of an entry was changed; 3 faults were found.`);
  });

  test('sees an entry that was changed with its hash, by the checkpoint of the folder', async () => {
    const file = new DatabaseSync(storePath(data));
    for (const statement of untriggered) file.exec(statement);
    const body = String(
      file.prepare('SELECT CAST(body AS TEXT) AS body FROM events WHERE seq = 3').get()?.body,
    );
    const other = body.replace('fit-out', 'topping');
    file.prepare('UPDATE events SET body = ?, leaf = ? WHERE seq = 3').run(Buffer.from(other), leafOf(other));
    file.close();
    rmSync(`${storePath(data)}-anchor`);
    const { code, out } = await verify();
    expect(code).toBe(13);
    expect(out).toContain('the checkpoint of 3 entries in ledger.db: its root is ');
    // Who has the files removes the ledger as well; then only what was kept elsewhere shows it.
    rmSync(ledgerPath(data));
    expect((await verify()).code).toBe(0);
    expect((await verify('--checkpoint', kept, '--key', vkey)).code).toBe(15);
  });

  test('says that an entry with a number beyond all numbers cannot be read', async () => {
    change(storePath(data), ...untriggered, 'UPDATE events SET rev = 1152921504606846977 WHERE seq = 3');
    const { code, out } = await verify();
    expect(code).toBe(12);
    expect(out).toMatch(
      /What follows event 2 \(project-yuhong revision 0, id [0-9a-f-]{36}\) cannot be read/,
    );
  });

  test('says that a ledger whose tree is damaged cannot be read', async () => {
    change(ledgerPath(data), 'ALTER TABLE tree RENAME COLUMN position TO qosition');
    const { code, out } = await verify();
    expect(code).toBe(17);
    expect(out).toContain(`${ledgerPath(data)} cannot be read: no such column: position`);
  });

  test('counts the entries that are missing from the end', async () => {
    change(storePath(data), ...untriggered, 'DELETE FROM events WHERE seq = 3');
    rmSync(`${storePath(data)}-anchor`);
    const { code, out } = await verify();
    expect(code).toBe(12);
    expect(out).toContain('the store has 2 entries, so 1 are missing');
  });

  test('sees an entry that follows another one than it was written after', async () => {
    const file = new DatabaseSync(storePath(data));
    for (const statement of untriggered) file.exec(statement);
    const body = String(
      file.prepare('SELECT CAST(body AS TEXT) AS body FROM events WHERE seq = 3').get()?.body,
    );
    const other = body.replace(/"prev":"[^"]{43}"/, `"prev":"${'B'.repeat(43)}"`);
    file.prepare('UPDATE events SET body = ?, leaf = ? WHERE seq = 3').run(Buffer.from(other), leafOf(other));
    file.close();
    rmSync(`${storePath(data)}-anchor`);
    expect((await verify()).code).toBe(11);
  });

  test('refuses a checkpoint of another key, and one that is none', async () => {
    const other = vkey.replace(/\+[0-9a-f]{8}\+.*/, '');
    const note = readFileSync(kept, 'utf8').replace(
      /(?<=^— \S+ ).*$/m,
      (line) => `${line.slice(0, -6)}AAAA==`,
    );
    writeFileSync(join(top, 'forged.checkpoint'), note);
    expect((await verify('--checkpoint', join(top, 'forged.checkpoint'))).code).toBe(14);
    const { code, err } = await verify('--key', other);
    expect([code, err]).toEqual([2, expect.stringContaining('expected name+keyid+base64')]);
    writeFileSync(join(top, 'no.checkpoint'), 'nothing');
    expect((await verify('--checkpoint', join(top, 'no.checkpoint'))).code).toBe(2);
  });

  test('tells a damaged ledger from damaged entries', async () => {
    change(ledgerPath(data), 'UPDATE tile SET hashes = CAST(zeroblob(96) AS BLOB) WHERE key = 0');
    const { code, out } = await verify();
    expect([code, out]).toEqual([
      16,
      expect.stringContaining('tile 0 of level 0 is not that of the entries'),
    ]);
    writeFileSync(ledgerPath(data), 'no ledger');
    expect((await verify()).code).toBe(17);
  });
});

test('what was found is said in Chinese, with the same exit code', async () => {
  const whole = await typedIn('zh', 'verify', '--data', data);
  expect([whole.code, whole.out]).toEqual([
    0,
    expect.stringMatching(/^结论 +没有改动、增加、删除或调换次序$/m),
  ]);
  writeFileSync(ledgerPath(data), 'no ledger');
  const found = await typedIn('zh', 'verify', '--data', data);
  expect([found.code, found.out]).toEqual([17, expect.stringMatching(/ledger\.db 无法读取：/)]);
});

describe('the key', () => {
  test('is printed, and replaced by one to which it hands over', async () => {
    expect((await typed('ledger', 'keys', '--data', data)).out).toMatch(
      /^topout\/\S+\+[0-9a-f]{8}\+\S+ {2}since /,
    );
    const { code, out } = await typed('ledger', 'rotate', '--data', data, '--json');
    const { keys } = JSON.parse(out);
    expect([code, keys.length, keys[0].vkey]).toEqual([0, 2, vkey]);
    const { topout, close } = await compose(onData(readConfig({}), data));
    await topout.execute(
      'yuhong',
      { type: 'MilestoneReached', entry, data: { item: 'roof' } },
      { by: 'lin' },
    );
    await close();
    // Who knows the first key follows to the second, and the old checkpoint stays valid.
    const { code: verified, out: found } = await verify('--checkpoint', kept, '--key', vkey, '--json');
    expect([verified, JSON.parse(found)]).toEqual([
      0,
      expect.objectContaining({ events: 4, keys: [expect.any(String), expect.any(String)] }),
    ]);
    expect((await verify('--key', keys[1].vkey)).code).toBe(0);
  });

  test('of a folder without a ledger is not there', async () => {
    rmSync(ledgerPath(data));
    const { code, err } = await typed('ledger', 'keys', '--data', data);
    expect([code, err]).toEqual([73, expect.stringContaining('there is no ledger yet')]);
  });
});

test('a backup is proved by the checkpoint that is signed before it', async () => {
  const config = onData(readConfig({}), data);
  const { topout, close } = await compose({ ...config, keepsLedger: false });
  const said = { type: 'MilestoneReached', entry, data: { item: 'roof' } } as const;
  await topout.execute('huaao-2', said, { by: 'inspector' });
  await close();
  const [file, restored] = [join(top, 'monday.topout'), join(top, 'restored')];
  const made = await typed('backup', file, '--data', data);
  expect([made.code, made.out]).toEqual([
    0,
    expect.stringContaining(`${file}.checkpoint is a signed checkpoint`),
  ]);
  expect(readFileSync(`${file}.checkpoint`, 'utf8')).toMatch(/^topout\/\S+\n4\n/);
  expect((await typed('restore', file, '--data', restored)).code).toBe(0);
  const proved = () =>
    typed('verify', '--data', restored, '--checkpoint', `${file}.checkpoint`, '--key', vkey);
  expect((await proved()).code).toBe(0);
  change(storePath(restored), ...untriggered, 'DELETE FROM events WHERE seq = 4');
  expect((await proved()).code).toBe(12);
  // With other keys nothing is signed, and the backup is made all the same.
  rmSync(`${data}.vault.json`);
  const without = await typed('backup', join(top, 'tuesday.topout'), '--data', data);
  expect([without.code, without.out]).toEqual([
    0,
    expect.stringMatching(
      /No checkpoint was signed before: .*it does not hold the key topout\/.*TOPOUT_VAULT/,
    ),
  ]);
});

test('a store that was set back is not started, until that is accepted', async () => {
  change(storePath(data), ...untriggered, 'DELETE FROM events WHERE seq = 3');
  rmSync(`${storePath(data)}-anchor`);
  const config = onData(readConfig({}), data);
  await expect(compose(config)).rejects.toThrow('the store has 2 entries, and the ledger has seen 3');
  const { code, out } = await typed('ledger', 'accept-rollback', '--data', data, '--json');
  expect([code, JSON.parse(out)]).toEqual([0, { file: join(data, 'ledger-3.db'), signed: 3, events: 2 }]);
  await (await compose(config)).close();
  const own = await verify();
  expect([own.code, own.out]).toEqual([
    0,
    expect.stringMatching(
      /^History +event 3: the store was set back to 2 entries, and 3 had been signed; it was accepted at 2/m,
    ),
  ]);
  const { code: verified, out: found } = await verify('--checkpoint', kept);
  expect([verified, found]).toEqual([15, expect.stringContaining('its root is')]);
});

test('a folder that was put back as a whole is not started, because its keys remember the last checkpoint', async () => {
  const config = onData(readConfig({}), data);
  const before = mkdtempSync(join(top, 'before-'));
  await (await compose(config)).close();
  cpSync(data, before, { recursive: true });
  const { topout, close } = await compose(config);
  const said = { type: 'MilestoneReached', entry, data: { item: 'roof' } } as const;
  await topout.execute('huaao-2', said, { by: 'inspector' });
  await close();
  rmSync(data, { recursive: true });
  cpSync(before, data, { recursive: true });
  await expect(compose(config)).rejects.toThrow('the store has 3 entries, and the ledger has signed 4');
  const { code, out } = await typed('ledger', 'accept-rollback', '--data', data, '--json');
  expect([code, JSON.parse(out)]).toEqual([0, { file: join(data, 'ledger-4.db'), signed: 4, events: 3 }]);
  await (await compose(config)).close();
  const { says } = JSON.parse((await verify('--json')).out);
  expect(says).toEqual([
    expect.stringMatching(/^event 4: the store was set back to 3 entries, and 4 had been/),
  ]);
});

test('the checkpoint that the keys remember of another ledger says nothing', async () => {
  const other = join(mkdtempSync(join(top, 'other-')), 'data');
  const { topout, close } = await compose({
    ...onData(readConfig({}), other),
    vaultPath: `${data}.vault.json`,
  });
  const register = { type: 'RegisterProject', entry, data: { name: { en: 'Other' } } } as const;
  for (const project of ['one', 'two', 'three', 'four', 'five'])
    await topout.execute(project, register, { by: 'inspector' });
  await close();
  await (await compose(onData(readConfig({}), data))).close();
});
