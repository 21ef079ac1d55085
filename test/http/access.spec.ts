import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '../../domain/access/roles.js';
import type { Scope } from '../../domain/access/scope.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import { msPerDay } from '../../domain/values/days/durations.js';
import { AccessLog } from '../../src/app/access/access-log.js';
import { keyText } from '../../src/app/access/key-text.js';
import { newCredential } from '../../src/app/access/new-credential.js';
import type { Topout } from '../../src/app/topout.js';
import type { Config } from '../../src/composition/settings/config.js';
import { newSecret, world } from '../../src/composition/world.js';
import { RoutePermissions } from '../../src/http/access/route-permissions.js';
import { createHttpApp } from '../../src/http/app.js';
import { openMode } from '../../src/start/open-mode.js';
import { openFolder } from '../support/open-folder.js';
import { type Service, startService } from './service.js';

const setupToken = 'the-token-of-the-data-folder';
const installation: Scope = { kind: 'installation' };
const harbour: Scope = { kind: 'district', district: 'Harbour' };

let service: Service;
let closed: NestFastifyApplication;
let administrator: string;

/** Sends a request to the service that asks for a sign-in. */
async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  key?: string,
  body?: unknown,
  more = {},
) {
  await service.composed.views.waitFor(await service.composed.store.head());
  const lines = typeof body === 'string';
  const { statusCode, headers, payload } = await closed.inject({
    method,
    url,
    payload: lines || body === undefined ? body : JSON.stringify(body),
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': lines ? 'application/x-ndjson' : 'application/json' }),
      ...more,
    },
  });
  const isJson =
    /json/.test(String(headers['content-type'])) && !/ndjson/.test(String(headers['content-type']));
  return { status: statusCode, headers, text: payload, body: isJson ? JSON.parse(payload) : undefined };
}

/** A new person with roles; and a key of theirs. */
async function person(name: string, ...grants: [Role, Scope][]): Promise<{ id: string; key: string }> {
  const added = await ask('POST', '/people', administrator, { name });
  const id: string = added.body.person;
  for (const [role, scope] of grants) {
    const granted = await ask('POST', `/people/${id}/grants`, administrator, { role, scope });
    expect(granted.status).toBe(201);
  }
  const issued = await ask('POST', `/people/${id}/keys`, administrator, {});
  expect(issued.status).toBe(201);
  return { id, key: issued.body.key };
}

const fact = (period = '2018-06') => ({ type: 'NoChangeReported', asOf: '2018-06-30', period });

beforeAll(async () => {
  service = await startService();
  for (const [project, district] of [
    ['quay', 'Harbour'],
    ['mill', 'Hills'],
  ])
    await service.send('POST', '/projects', { project, name: { en: project }, district, asOf: '2018-01-01' });
  closed = await createHttpApp(service.composed.topout, { after: world.after, setupToken });
  const founded = await ask('POST', '/access/first-administrator', undefined, {
    token: setupToken,
    name: '管理员 Ann',
  });
  expect(founded.status).toBe(201);
  administrator = founded.body.key;
});
afterAll(async () => {
  await closed.close();
  await service.close();
});

describe('a stranger', () => {
  test.each([
    ['GET', '/projects'],
    ['HEAD', '/projects'],
    ['GET', '/alerts/stream'],
    ['GET', '/docs'],
    ['GET', '/metrics'],
    ['GET', '/nothing-here'],
    ['POST', '/projects/quay/entries'],
    ['GET', '/projects/quay'],
    ['GET', '/projects/nowhere'],
  ] as const)('gets nothing of %s %s', async (method, url) => {
    const { statusCode, headers, payload } = await closed.inject({ method, url });
    expect(statusCode).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(payload).not.toContain('Harbour');
    if (method === 'GET') expect(JSON.parse(payload).type).toBe('/problems/sign-in-needed');
  });

  test('learns whether the service is ready, and no more', async () => {
    expect((await ask('GET', '/health/ready')).body).toEqual({ isReady: true, reasons: [] });
    expect((await ask('GET', '/health/live')).status).toBe(200);
  });

  test('makes no administrator, with or without the token, once there is one', async () => {
    const found = (token: string) =>
      ask('POST', '/access/first-administrator', undefined, { token, name: 'Eve' });
    expect((await found('a guess')).body.type).toBe('/problems/setup-refused');
    expect((await found(setupToken)).body.type).toBe('/problems/administrator-exists');
    for (let tries = 0; tries < 5; tries += 1) await found('a guess');
    expect((await found(setupToken)).body.type).toBe('/problems/setup-refused');
  });
});

describe('a key', () => {
  test.each([
    ['no key', 'hello'],
    ['a mistyped one', 'tpo_abcdefgh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA00000000'],
  ])('that is %s gets one answer, which says nothing about what exists', async (_, key) => {
    const { status, body } = await ask('GET', '/projects', key);
    expect([status, body.type]).toEqual([401, '/problems/key-invalid']);
  });

  test('with another secret is answered as one that nobody has', async () => {
    const { key } = await person('Lin', ['inspector', harbour]);
    const { keyText, keyParts } = await import('../../src/app/access/key-text.js');
    const { credential = '' } = keyParts(key) ?? {};
    // Also once the right one is known.
    expect((await ask('GET', '/projects', key)).status).toBe(200);
    const answers = [credential, 'zzzzzzzz'].map((id) =>
      ask('GET', '/projects', keyText({ credential: id, secret: 'B'.repeat(43) })),
    );
    const [wrong, unknown] = await Promise.all(answers);
    expect(wrong?.body.type).toBe('/problems/key-invalid');
    expect(wrong?.text).toBe(unknown?.text);
  });

  test('that was revoked signs nobody in, and its holder learns that', async () => {
    const { id, key } = await person('Lin', ['inspector', harbour]);
    expect((await ask('GET', '/people/self', key)).body.name).toBe('Lin');
    const [credential] = (await ask('GET', `/people/${id}`, administrator)).body.credentials;
    expect((await ask('DELETE', `/people/${id}/keys/${credential.credential}`, administrator)).status).toBe(
      204,
    );
    expect((await ask('GET', '/projects', key)).body.type).toBe('/problems/key-revoked');
  });

  test('that expired signs nobody in, and its holder learns that', async () => {
    const { id } = await person('Late', ['inspector', harbour]);
    // Issued two days ago for one day.
    const before = { ...world, now: () => new Date(Date.now() - 2 * msPerDay).toISOString() as Instant };
    const { store } = service.composed;
    const log = new AccessLog(store, before, () => '2018-07-10');
    const made = newCredential({ kind: 'key', person: id }, msPerDay, { world: before, newSecret });
    const { credential } = made;
    await log.write({ type: 'IssueCredential', credential, at: before.now() }, { by: 'machine' });
    const expired = await ask('GET', '/projects', made.text);
    expect([expired.status, expired.body.type]).toEqual([401, '/problems/key-expired']);
    expect(expired.headers['www-authenticate']).toBe('Bearer');
    // Who only knows its public id learns nothing.
    const guess = keyText({ credential: credential.credential, secret: 'B'.repeat(43) });
    expect((await ask('GET', '/projects', guess)).body.type).toBe('/problems/key-invalid');
  });

  test('in an address is no sign-in', async () => {
    expect((await closed.inject(`/projects?key=${administrator}`)).statusCode).toBe(401);
  });

  test('over an open connection from elsewhere is refused', async () => {
    const { statusCode, payload } = await closed.inject({
      url: '/projects',
      remoteAddress: '10.1.2.3',
      headers: { authorization: `Bearer ${administrator}` },
    });
    expect([statusCode, JSON.parse(payload).type]).toEqual([401, '/problems/wire-open']);
  });
});

describe('an inspector of a district', () => {
  let lin: { id: string; key: string };
  beforeAll(async () => {
    lin = await person('Lin', ['inspector', harbour]);
  });

  test('logs there under the own id, signed in', async () => {
    const logged = await ask('POST', '/projects/quay/entries', lin.key, fact());
    expect(logged.status).toBe(201);
    const { items } = (await ask('GET', '/projects/quay/journal', lin.key)).body;
    const [entry] = items.filter(({ id }: { id: string }) => id === logged.body.id);
    expect(entry).toMatchObject({ by: lin.id, verification: 'signed-in' });
  });

  test('names no other author', async () => {
    const answer = await ask('POST', '/projects/quay/entries', lin.key, fact('2018-05'), {
      'topout-by': 'eve',
    });
    expect([answer.status, answer.body.type]).toEqual([400, '/problems/caller-fixed']);
  });

  test.each([
    ['GET', '', undefined],
    ['GET', '/journal', undefined],
    ['GET', '/series', undefined],
    ['GET', '/changes?from=2018-01-01', undefined],
    ['GET', '/contradictions', undefined],
    ['POST', '/entries', fact()],
    ['POST', '/entries', { type: 'nonsense' }],
  ] as const)(
    'gets the same bytes for a foreign and an absent project: %s %s',
    async (method, rest, body) => {
      const [foreign, absent] = await Promise.all(
        ['mill', 'none'].map((project) => ask(method, `/projects/${project}${rest}`, lin.key, body)),
      );
      expect(foreign?.status).toBe(404);
      expect(foreign?.text.replaceAll('mill', 'none')).toBe(absent?.text);
      expect(Object.keys(foreign?.headers ?? {})).toEqual(Object.keys(absent?.headers ?? {}));
    },
  );

  test('sees only projects of the district in lists and totals', async () => {
    const list = (await ask('GET', '/projects', lin.key)).body;
    expect(list.items.map(({ project }: { project: string }) => project)).toEqual(['quay']);
    const totals = (await ask('GET', '/portfolio?groupBy=district', lin.key)).text;
    expect(totals).toContain('Harbour');
    expect(totals).not.toContain('Hills');
    expect((await ask('GET', '/portfolio', administrator)).body.groups[0].projects).toBe(2);
    expect(JSON.parse((await ask('GET', '/portfolio', lin.key)).text).groups[0].projects).toBe(1);
  });

  test('follows a project into the district, and out of it', async () => {
    await service.send('POST', '/projects', {
      project: 'ferry',
      name: { en: 'Ferry' },
      district: 'Hills',
      asOf: '2018-01-01',
    });
    expect((await ask('GET', '/projects/ferry', lin.key)).status).toBe(404);
    await service.send('PATCH', '/projects/ferry', { district: 'Harbour', asOf: '2018-07-01' });
    expect((await ask('GET', '/projects/ferry', lin.key)).status).toBe(200);
    await service.send('PATCH', '/projects/ferry', { district: 'Hills', asOf: '2018-07-02' });
    expect((await ask('GET', '/projects/ferry', lin.key)).status).toBe(404);
  });

  test('imports line by line: own lines are recorded, others are refused', async () => {
    const lines = [
      { project: 'quay', ...fact('2018-04') },
      { project: 'mill', ...fact('2018-04') },
      { project: 'none', ...fact('2018-04') },
      { project: 'quay', type: 'ProjectDescribed', asOf: '2018-07-01', owner: 'Eve' },
    ];
    const { text } = await ask(
      'POST',
      '/entries',
      lin.key,
      lines.map((line) => JSON.stringify(line)).join('\n'),
    );
    const results = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map(({ status }) => status)).toEqual([201, 404, 404, 403]);
    expect(JSON.stringify(results[1].problem).replaceAll('mill', 'none')).toBe(
      JSON.stringify(results[2].problem),
    );
  });

  test('withdraws own entries only; a planner also those of others', async () => {
    const mei = await person('Mei', ['inspector', harbour]);
    const planner = await person('Pei', ['planner', harbour]);
    const logged = await ask('POST', '/projects/quay/entries', mei.key, fact('2018-03'));
    const url = `/projects/quay/entries/${logged.body.id}/withdrawal`;
    const refused = await ask('POST', url, lin.key, { reason: 'not mine' });
    expect([refused.status, refused.body.type]).toEqual([403, '/problems/not-permitted']);
    expect((await ask('POST', url, planner.key, { reason: 'wrong month' })).status).toBe(201);
    const own = await ask('POST', '/projects/quay/entries', mei.key, fact('2018-02'));
    const ownUrl = `/projects/quay/entries/${own.body.id}/withdrawal`;
    expect((await ask('POST', ownUrl, mei.key, { reason: 'wrong month' })).status).toBe(201);
  });

  test('may not set up projects, adopt rules, read the log or the people', async () => {
    const asked: [Parameters<typeof ask>[0], string, unknown?][] = [
      ['POST', '/projects', { project: 'new-one', name: { en: 'New' } }],
      ['PATCH', '/projects/quay', { owner: 'Eve' }],
      ['PUT', '/rules', {}],
      ['GET', '/entries'],
      ['GET', '/people'],
      ['GET', '/access'],
      ['GET', '/metrics'],
    ];
    const answers = [];
    for (const [method, url, body] of asked) answers.push((await ask(method, url, lin.key, body)).status);
    expect(answers).toEqual(asked.map(() => 403));
  });

  test('reads what was known within the last day, and no further back', async () => {
    const { knownAt } = (await ask('GET', '/projects', lin.key)).body;
    expect((await ask('GET', `/projects?knownAt=${knownAt.position}`, lin.key)).status).toBe(200);
    expect((await ask('GET', '/projects?knownAt=2018-07-01T00:00:00Z', lin.key)).status).toBe(403);
    const auditor = await person('Ou', ['auditor', harbour]);
    expect((await ask('GET', '/projects?knownAt=2018-07-01T00:00:00Z', auditor.key)).status).toBe(200);
  });
});

describe('names', () => {
  const namesFor = async (key: string): Promise<Map<string, { name?: string; isRemoved?: true }>> => {
    const { items } = (await ask('GET', '/people/names', key)).body;
    return new Map(
      items.map((one: { person: string; name?: string; isRemoved?: true }) => [one.person, one]),
    );
  };

  test('are shown of the people whose roles reach where one reads, without their contacts', async () => {
    const here = await person('Here', ['inspector', harbour]);
    const there = await person('There', ['inspector', { kind: 'district', district: 'Hills' }]);
    const project = await person('Quay only', ['inspector', { kind: 'project', project: 'quay' }]);
    const all = await person('Everywhere', ['auditor', installation]);
    const seen = await namesFor(here.key);
    expect(seen.get(here.id)).toEqual({ person: here.id, name: 'Here' });
    expect([seen.has(there.id), seen.has(project.id), seen.has(all.id)]).toEqual([false, true, true]);
    expect((await namesFor(project.key)).get(here.id)?.name).toBe('Here');
    expect((await namesFor(all.key)).get(there.id)?.name).toBe('There');
  });

  test('of a removed person are gone, and that the person was removed stays known', async () => {
    const auditor = await person('Reader', ['auditor', harbour]);
    const { id, key } = await person('To Go', ['inspector', harbour]);
    const logged = await ask('POST', '/projects/quay/entries', key, {
      ...fact('2018-02'),
      onBehalfOf: '王工',
    });
    await ask('DELETE', `/people/${id}`, administrator);
    expect((await namesFor(auditor.key)).get(id)).toEqual({ person: id, isRemoved: true });
    const { items } = (await ask('GET', '/projects/quay/journal', auditor.key)).body;
    const entry = items.find((one: { id: string }) => one.id === logged.body.id);
    expect(entry).toMatchObject({ by: id, onBehalfOf: '王工' });
  });

  test('without a role somebody reads only the own name', async () => {
    const nobody = await person('Nobody yet');
    expect([...(await namesFor(nobody.key)).values()]).toEqual([{ person: nobody.id, name: 'Nobody yet' }]);
  });

  test('entering on behalf of somebody gives none of their rights', async () => {
    const nobody = await person('No rights');
    const entry = { ...fact('2018-01'), onBehalfOf: '管理员 Ann' };
    expect((await ask('POST', '/projects/quay/entries', nobody.key, entry)).status).toBe(403);
  });
});

describe('roles', () => {
  test('end with their revocation, immediately', async () => {
    const { id, key } = await person('Tan', ['inspector', installation]);
    expect((await ask('GET', '/projects/mill', key)).status).toBe(200);
    const [grant] = (await ask('GET', `/people/${id}`, administrator)).body.grants;
    expect((await ask('DELETE', `/people/${id}/grants/${grant.grant}`, administrator)).status).toBe(204);
    expect((await ask('GET', '/projects/mill', key)).status).toBe(403);
    const history = (await ask('GET', '/access', administrator)).body.items;
    const [today] = history.filter(({ person }: { person: string }) => person === id);
    expect(today.permissions).toContain('entry-log');
  });

  test('of an administrator do not include logging', async () => {
    expect((await ask('POST', '/projects/quay/entries', administrator, fact())).status).toBe(403);
  });

  test('of a district administrator reach people of the district only', async () => {
    const bo = await person('Bo', ['administrator', harbour]);
    const mill = { kind: 'project', project: 'mill' } as const;
    const hill = await person('Hill', ['inspector', mill]);
    const quay = await person('Quay', ['inspector', { kind: 'project', project: 'quay' }]);
    const grant = (id: string, scope: Scope) =>
      ask('POST', `/people/${id}/grants`, bo.key, { role: 'subscriber', scope });
    expect((await grant(quay.id, { kind: 'project', project: 'quay' })).status).toBe(201);
    expect((await grant(quay.id, mill)).status).toBe(403);
    expect((await grant(quay.id, installation)).status).toBe(403);
    expect((await ask('POST', `/people/${hill.id}/keys`, bo.key, {})).status).toBe(404);
    const seen = (await ask('GET', '/people', bo.key)).body.items.map(
      ({ person }: { person: string }) => person,
    );
    expect(seen).toContain(quay.id);
    expect(seen).not.toContain(hill.id);
    expect((await ask('GET', `/people/${hill.id}`, bo.key)).status).toBe(404);
  });

  test('that one person must not hold together are refused', async () => {
    const { id } = await person('Wu', ['inspector', harbour]);
    const both = await ask('POST', `/people/${id}/grants`, administrator, {
      role: 'auditor',
      scope: harbour,
    });
    expect([both.status, both.body.type]).toEqual([422, '/problems/duties-conflict']);
  });

  test('of a removed person are gone, and so is the name', async () => {
    const { id, key } = await person('Secret Name', ['inspector', harbour]);
    expect((await ask('DELETE', `/people/${id}`, administrator)).status).toBe(204);
    expect((await ask('GET', '/projects', key)).body.type).toBe('/problems/key-revoked');
    const { body } = await ask('GET', `/people/${id}`, administrator);
    expect(body.name).toBeUndefined();
    expect(body.removed.on).toBe('2018-07-10');
  });
});

describe('subscriptions', () => {
  test('are seen and changed by their owners, and ended by an administrator', async () => {
    const one = await person('One', ['subscriber', harbour]);
    const two = await person('Two', ['subscriber', harbour]);
    const list = async (key: string) => (await ask('GET', '/subscriptions', key)).body.items.length;
    expect([await list(one.key), await list(two.key)]).toEqual([0, 0]);
    const absent = await ask('GET', '/subscriptions/019a4c1e-0000-7000-8000-0000000000f1', one.key);
    expect(absent.body.type).toBe('/problems/subscription-unknown');
  });
});

test('everybody may do everything in an example at this machine until there is an administrator', async () => {
  const fresh = await startService();
  const dataPath = openFolder(mkdtempSync(join(tmpdir(), 'topout-open-')));
  const isOpen = openMode(fresh.composed, { host: '127.0.0.1', dataPath });
  const app = await createHttpApp(fresh.composed.topout, { after: world.after, setupToken, isOpen });
  try {
    const statusOf = async (headers = {}) => (await app.inject({ url: '/projects', headers })).statusCode;
    const ofGateway = { authorization: 'Bearer a-token-of-a-gateway' };
    expect([await statusOf(), await statusOf(ofGateway)]).toEqual([200, 200]);
    const payload = { token: setupToken, name: 'Ann' };
    const founded = await app.inject({ method: 'POST', url: '/access/first-administrator', payload });
    expect([founded.statusCode, await statusOf()]).toEqual([201, 401]);
  } finally {
    await app.close();
    await fresh.close();
    rmSync(dataPath, { recursive: true });
  }
});

describe('nobody may do anything without a sign-in', () => {
  const topout = { access: { isFounded: () => false } } as unknown as Topout;
  const folder = mkdtempSync(join(tmpdir(), 'topout-strict-'));
  const example = openFolder(join(folder, 'example'));
  const own = join(folder, 'own');
  afterAll(() => rmSync(folder, { recursive: true }));
  const place = { host: '127.0.0.1', dataPath: example };
  const isOpen = (config: Partial<Config>, headers: Record<string, string> = {}) =>
    openMode({ topout }, { ...place, ...config })({ host: 'localhost', ...headers });

  test.each([
    ['at an address of the network', { host: '0.0.0.0' }, {}],
    ['with a public address', { publicUrl: 'https://topout.example.org' }, {}],
    ['with data of its own', { dataPath: own }, {}],
    ['in a request that was passed on', {}, { 'x-forwarded-for': '10.1.2.3' }],
    ['in a request of a proxy', {}, { forwarded: 'for=10.1.2.3' }],
    ['in a request through a gateway', {}, { via: '1.1 gateway' }],
  ])('%s', (_, config, headers) => {
    expect(isOpen({})).toBe(true);
    expect(isOpen(config, headers)).toBe(false);
  });
});

test('a route without a stated permission is refused when it is registered', () => {
  const permissions = new RoutePermissions();
  expect(() => permissions.add(['GET', 'HEAD'], '/projects')).not.toThrow();
  expect(() => permissions.add('GET', '/unstated')).toThrow('GET /unstated has no stated permission');
  expect(() => permissions.add('DELETE', '/projects')).toThrow('DELETE /projects has no stated permission');
});
