import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AccessLog } from '../../../src/app/access/access-log.js';
import { carryOver, type People } from '../../../src/app/access/people.js';
import { Roster } from '../../../src/app/access/roster.js';
import { SealedPeople } from '../../../src/app/access/sealed-people.js';
import type { Vault } from '../../../src/app/ports.js';
import type { Views } from '../../../src/app/views/views.js';
import { openViews } from '../../../src/composition/view-list.js';
import { world } from '../../../src/composition/world.js';
import { openSqliteStore, type SqliteStore } from '../../../src/event-store/sqlite/sqlite.js';
import { PeopleFile } from '../../../src/vault/people-file.js';
import { openVault } from '../../../src/vault/vault.js';
import { storePorts, temporaryFolder } from '../../support/event-store-ports.js';

const li = '019a4c1e-0000-7000-8000-0000000000d1';
const wang = '019a4c1e-0000-7000-8000-0000000000d2';
const device = 'k3xq7v2n';
const stored = '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA';
const office = { by: 'machine' };

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
let views: Views;
let roster: Roster;
let log: AccessLog;

beforeEach(async () => {
  folder = temporaryFolder();
  store = openSqliteStore(folder.file('events.db'), storePorts({ at: '2018-07-10T08:00:00.000Z' }));
  views = await openViews({ store, world, storeName: 'district', path: folder.file('views.db') });
  roster = new Roster(views);
  log = new AccessLog(store, world, () => '2018-07-10');
  for (const person of [li, wang]) await log.write({ type: 'AddPerson', person }, { by: 'machine' });
  const issued = { credential: device, kind: 'device', person: li, hash: 'x'.repeat(43) } as const;
  const at = world.now();
  const expiresAt = new Date(Date.parse(at) + 1e9).toISOString();
  const credential = { ...issued, expiresAt };
  const { position } = await log.write({ type: 'IssueCredential', credential, at }, { by: li });
  await views.waitFor(position);
});
afterEach(async () => {
  await views.close();
  await store.close();
  folder.remove();
});

const vaultPath = () => folder.file('vault.json');
const sealedBy = (vault: Vault) =>
  new SealedPeople({
    log,
    vault,
    present: () => roster.present(),
    untilSeen: (position) => views.waitFor(position),
  });
const places: [string, () => People][] = [
  ['a file', () => new PeopleFile(folder.file('people.db'))],
  ['the log of a cluster', () => sealedBy(openVault(vaultPath()))],
];

/** Every byte of every file of the test. */
function everything(): string {
  const bytes = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  return bytes.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
}

describe.each(places)('people in %s', (_, open) => {
  let people: People;
  beforeEach(() => {
    people = open();
  });
  afterEach(() => people.close());

  test('a person has the name, the contact, the password and the labels that were recorded last', async () => {
    await people.name(li, { name: 'Li Na' }, office);
    await people.name(li, { name: '李娜', contact: 'li@example.org' }, office);
    await people.setPassword(li, 'an old one');
    await people.setPassword(li, stored);
    await people.label(device, li, 'blue phone');
    const again = open();
    expect(again.named(li)).toEqual({ name: '李娜', contact: 'li@example.org' });
    expect([again.passwordOf(li), again.labelOf(device)]).toEqual([stored, 'blue phone']);
    expect(again.all()).toEqual([
      {
        person: li,
        named: { name: '李娜', contact: 'li@example.org' },
        password: stored,
        labels: { [device]: 'blue phone' },
      },
    ]);
    await again.close();
  });

  test('nothing is known of somebody of whom nothing was recorded', () => {
    expect([people.named(wang), people.passwordOf(wang), people.labelOf('nothing2')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(people.all()).toEqual([]);
    expect(people.whyUnreadable()).toBeUndefined();
    expect(() => people.requireWritable()).not.toThrow();
  });

  test('a person is found by name or contact, however it is typed', async () => {
    await people.name(li, { name: 'Li Na', contact: 'Li@Example.org' }, office);
    await people.name(wang, { name: 'LI NA' }, office);
    expect(people.called(' li na')).toEqual([li, wang]);
    expect(people.called('ｌｉ@example.ORG')).toEqual([li]);
    expect(people.called('somebody')).toEqual([]);
  });

  test('a forgotten person cannot be read again, and the others can', async () => {
    await people.name(li, { name: 'Li Na' }, office);
    await people.setPassword(li, stored);
    await people.label(device, li, 'blue phone');
    await people.name(wang, { name: 'Wang Gong' }, office);
    await people.forget(li);
    await people.forget(li);
    const again = open();
    expect([again.named(li), again.passwordOf(li), again.labelOf(device)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(again.called('li na')).toEqual([]);
    expect(again.named(wang)).toEqual({ name: 'Wang Gong' });
    await again.close();
    expect(everything()).not.toMatch(/Li Na|blue phone/);
  });

  test('is carried over to the other place, which keeps what it knows', async () => {
    await people.name(li, { name: 'Li Na' }, office);
    await people.setPassword(li, stored);
    await people.label(device, li, 'blue phone');
    await people.name(wang, { name: 'Wang Gong' }, office);
    const other =
      people instanceof PeopleFile
        ? sealedBy(openVault(vaultPath()))
        : new PeopleFile(folder.file('other.db'));
    await other.name(li, { name: '李娜' }, office);
    expect(await carryOver(people, other, (person) => person === li)).toEqual([li]);
    expect(other.all()).toEqual([
      { person: li, named: { name: '李娜' }, password: stored, labels: { [device]: 'blue phone' } },
    ]);
    await other.close();
  });
});

describe('names sealed in the log', () => {
  test('are in no file in clear text', async () => {
    const people = sealedBy(openVault(vaultPath()));
    await people.name(li, { name: 'Li Na', contact: 'li@example.org' }, office);
    await people.setPassword(li, stored);
    await people.label(device, li, 'blue phone');
    expect(everything()).not.toMatch(/Li Na|li@example|argon2id|blue phone/);
  });

  test('cannot be taken from one person or event to another', async () => {
    const vault = openVault(vaultPath());
    await sealedBy(vault).name(li, { name: 'Li Na' }, office);
    const of = roster.present().sealed[li]?.named;
    if (!of) throw new Error('the name is recorded');
    const about = JSON.stringify(['PersonNamed', li, of.event]);
    expect(vault.openFor(`${li}/names`, of.value, about)).toBe('{"name":"Li Na"}');
    const others = [
      ['PasswordSet', li, of.event],
      ['PersonNamed', wang, of.event],
      ['PersonNamed', li, wang],
    ];
    for (const other of others)
      expect(vault.openFor(`${li}/names`, of.value, JSON.stringify(other))).toBeUndefined();
    expect(vault.openFor(`${wang}/names`, of.value, about)).toBeUndefined();
  });

  test('are not read with other keys, where nothing may be written either', async () => {
    await sealedBy(openVault(vaultPath())).name(li, { name: 'Li Na' }, office);
    const other = sealedBy(openVault(folder.file('other.json')));
    expect(other.named(li)).toBeUndefined();
    expect(other.whyUnreadable()).toMatch(/^its keys open the names of 0 of 1 person; TOPOUT_VAULT/);
    await expect(other.name(wang, { name: 'Wang Gong' }, office)).rejects.toMatchObject({
      reason: 'people-unreadable',
    });
  });

  test('are unreadable on every copy of the file of keys once the person is removed', async () => {
    const vault = openVault(vaultPath());
    await sealedBy(vault).name(li, { name: 'Li Na' }, office);
    const copy = folder.file('copy.json');
    writeFileSync(copy, readFileSync(vaultPath()), { mode: 0o600 });
    const failures: Error[] = [];
    sealedBy(openVault(copy)).destroyKeys(roster.changes$, (error) => failures.push(error));
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(vaultPath(), 'utf8'));
    const { value, event } = roster.present().sealed[li]?.named ?? { value: { sealed: '' }, event: '' };
    const { position } = await log.write({ type: 'RemovePerson', person: li }, { by: 'machine' });
    await views.waitFor(position);
    const about = JSON.stringify(['PersonNamed', li, event]);
    expect(openVault(copy).openFor(`${li}/names`, value, about)).toBeUndefined();
    expect(readFileSync(copy, 'utf8')).toContain(`"holder":"${li}/names","key":"${'-'.repeat(44)}"`);
    expect(roster.present().sealed).toEqual({});
    expect(failures).toEqual([]);
  });
});
