import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { AccessRequest } from '../../src/app/access/access.js';
import { world } from '../../src/composition/world.js';
import { PeopleFile, peopleBeside } from '../../src/vault/people-file.js';
import { type StandIn, startStandIn } from '../stand-in/stand-in.js';
import { newPrefix } from '../support/event-store-cluster.js';
import { type Replica, type ReplicaOptions, startReplica } from '../support/replica.js';
import { withAccount } from './entries.js';

jest.setTimeout(60_000);

const password = 'four words by the harbour';
const next = 'four words by the other harbour';
/** Within which a change of one replica holds on another, in milliseconds. */
const seenMs = 5_000;

let server: StandIn;
let prefix: string;
let folder: string;
let replicas: Replica[];

beforeEach(async () => {
  server = await startStandIn();
  prefix = newPrefix();
  folder = mkdtempSync(join(tmpdir(), 'topout-people-'));
  replicas = [];
});
afterEach(async () => {
  for (const replica of replicas) {
    await replica.close();
    replica.remove();
  }
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const shared = () => join(folder, 'vault.json');

async function start(name: string, options: ReplicaOptions = {}): Promise<Replica> {
  const replica = await startReplica({
    url: withAccount(server.url),
    prefix,
    name,
    vaultPath: shared(),
    world,
    ...options,
  });
  replicas.push(replica);
  await replica.health(({ isReady }) => isReady);
  return replica;
}

const accessOf = ({ composed }: Replica) => composed.topout.access;
const untilLevel = async (of: Replica, with_: Replica) =>
  of.composed.views.waitFor(await with_.composed.store.head());

/** Resolves once something holds, within the promised time. */
async function within<Value>(
  look: () => Promise<Value> | Value,
  isRight: (value: Value) => boolean,
): Promise<Value> {
  const end = performance.now() + seenMs;
  for (;;) {
    const value = await look();
    if (isRight(value) || performance.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** An installation on two replicas, with its administrator and Li Na. */
async function twoReplicas() {
  const [north, south] = [await start('north'), await start('south')];
  const { person: administrator, key, link } = await accessOf(north).found({ name: 'Ann Li' });
  const principal = accessOf(north).admit(key, { kinds: ['key'] });
  if (typeof principal === 'string') throw new Error(principal);
  const request: AccessRequest = { by: administrator, verification: 'signed-in', commander: principal };
  const li = (await accessOf(north).addPerson({ name: 'Li Na', contact: 'li@example.org' }, request)).person;
  await untilLevel(south, north);
  return { north, south, administrator, link, request, li };
}

const outcome = (signingIn: Promise<{ person: string }>) =>
  signingIn.then(
    ({ person }) => person,
    (error: { reason?: string }) => error.reason ?? String(error),
  );

test('a name that one replica records is read on another, and no stored byte has it', async () => {
  const { south, north, administrator, li } = await twoReplicas();
  expect(accessOf(south).self({ person: li })).toMatchObject({ name: 'Li Na', contact: 'li@example.org' });
  expect(accessOf(south).self({ person: administrator })).toMatchObject({ name: 'Ann Li' });
  for (const { dataPath } of [north, south])
    expect(readFileSync(join(dataPath, 'views.db'), 'latin1')).not.toMatch(/Li Na|example\.org/);
  expect(existsSync(peopleBeside(shared()))).toBe(false);
});

test('a password that is set or changed on one replica signs in on another within 5 s', async () => {
  const { north, south, li, request } = await twoReplicas();
  const { link } = await accessOf(north).issueLink(li, request);
  await accessOf(north).sessions.byLink(link, password);
  const signIn = (text: string) => () =>
    outcome(accessOf(south).sessions.byPassword('li@example.org', text, `10.0.0.${Math.random()}`));
  expect(await within(signIn(password), (person) => person === li)).toBe(li);
  await accessOf(south).sessions.changePassword(li, { old: password, password: next }, '10.0.0.1');
  const onNorth = (text: string) => () =>
    outcome(accessOf(north).sessions.byPassword('Li Na', text, `10.0.1.${Math.random()}`));
  expect(await within(onNorth(next), (person) => person === li)).toBe(li);
  expect(await onNorth(password)()).toBe('sign-in-failed');
});

test('a person who is removed on one replica is forgotten on another, and the key is in no file', async () => {
  const { north, south, li, administrator, request } = await twoReplicas();
  expect(readFileSync(shared(), 'utf8')).toMatch(new RegExp(`"${li}/names","key":"[^-]`));
  await accessOf(south).removePerson(li, request);
  await untilLevel(north, south);
  for (const replica of [north, south]) {
    expect(accessOf(replica).self({ person: li })).not.toHaveProperty('name');
    expect(accessOf(replica).self({ person: administrator })).toHaveProperty('name', 'Ann Li');
  }
  expect(readFileSync(shared(), 'utf8')).toContain(`"holder":"${li}/names","key":"${'-'.repeat(44)}"`);
});

test('a replica with other keys shows ids, says what is missing, and writes no names', async () => {
  const { north, request, li, link } = await twoReplicas();
  await accessOf(north).sessions.byLink(link.link, password);
  const east = await start('east', { vaultPath: join(folder, 'of-its-own.json') });
  await untilLevel(east, north);
  expect(accessOf(east).self({ person: li })).not.toHaveProperty('name');
  const { body } = await east.health(({ reasons }) =>
    reasons.some((reason) => reason.includes('names of people')),
  );
  expect(body.reasons).toContain(
    'This replica cannot read all names of people: its keys open the names of 0 of 2 people; TOPOUT_VAULT has to name the file of keys that all replicas share.',
  );
  expect(await outcome(accessOf(east).sessions.byPassword('Ann Li', password, '10.0.0.1'))).toBe(
    'people-unreadable',
  );
  expect(await outcome(accessOf(east).addPerson({ name: 'Wang Gong' }, request))).toBe('people-unreadable');
  expect((await accessOf(north).people([[{ kind: 'installation' }]])).length).toBe(2);
});

test('names in the file of an earlier version are taken into the log, and leave the file', async () => {
  const { north, li, request } = await twoReplicas();
  const wang = (await accessOf(north).addPerson({ name: 'Wang Gong' }, request)).person;
  const vaultPath = join(folder, 'copied.json');
  const file = new PeopleFile(peopleBeside(vaultPath));
  await file.setPassword(li, 'a stored password');
  await file.name(li, { name: 'Li the Other' });
  await file.close();
  writeFileSync(vaultPath, readFileSync(shared()), { mode: 0o600 });
  const east = await start('east', { vaultPath });
  await east.composed.watch();
  expect(accessOf(east).self({ person: li })).toMatchObject({ name: 'Li Na' });
  expect(accessOf(east).self({ person: wang })).toMatchObject({ name: 'Wang Gong' });
  const left = new PeopleFile(peopleBeside(vaultPath));
  expect(left.all()).toEqual([]);
  await left.close();
});
