import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '../../domain/access/roles.js';
import { msPerDay, msPerHour, msPerMinute } from '../../domain/values/days/durations.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { type Service, startService } from './service.js';

const setupToken = 'the-token-of-the-data-folder';
const password = 'four words by the harbour';
const own = { origin: 'http://localhost:3000', host: 'localhost:3000' };

const clock = { at: '2018-07-10T08:00:00.000Z' };
let service: Service;
let app: NestFastifyApplication;
let administrator: string;

/** Some milliseconds pass. */
function pass(ms: number): void {
  clock.at = new Date(Date.parse(clock.at) + ms).toISOString();
}

interface Asked {
  key?: string;
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string | undefined>;
  from?: string;
}

async function ask(
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  { key, cookie, body, headers, from }: Asked = {},
) {
  await service.composed.views.waitFor(await service.composed.store.head());
  const {
    statusCode,
    headers: answered,
    payload,
  } = await app.inject({
    method,
    url,
    ...(from === undefined ? {} : { remoteAddress: from }),
    payload: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...Object.fromEntries(
        Object.entries({ ...own, ...headers }).filter(([, value]) => value !== undefined),
      ),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  });
  const set = [answered['set-cookie'] ?? []].flat().map(String);
  const isJson = /json/.test(String(answered['content-type']));
  return {
    status: statusCode,
    headers: answered,
    set,
    cookie: set[0]?.split(';')[0] ?? '',
    body: isJson ? JSON.parse(payload) : undefined,
  };
}

/** A new person; and a link by which they set a password. */
async function person(name: string, role: Role = 'inspector', contact?: string) {
  const added = await ask('POST', '/people', { key: administrator, body: { name, contact } });
  const id: string = added.body.person;
  const scope = { kind: 'installation' };
  await ask('POST', `/people/${id}/grants`, { key: administrator, body: { role, scope } });
  const issued = await ask('POST', `/people/${id}/links`, { key: administrator });
  expect(issued.status).toBe(201);
  return { id, link: issued.body.link as string, url: issued.body.url as string };
}

const signIn = (body: unknown, more: Asked = {}) => ask('POST', '/session', { body, ...more });

/** A person who signed in by a link; their cookie. */
async function signedIn(name: string, contact?: string) {
  const { id, link } = await person(name, 'inspector', contact);
  const session = await signIn({ link, password });
  expect(session.status).toBe(201);
  return { id, cookie: session.cookie };
}

beforeAll(async () => {
  service = await startService(clock, undefined, { memoryKiB: 64, passes: 1 });
  app = await createHttpApp(service.composed.topout, { after: world.after, setupToken });
  const body = { token: setupToken, name: 'Ann' };
  const founded = await ask('POST', '/access/first-administrator', { body });
  expect(founded.status).toBe(201);
  administrator = founded.body.key;
});
afterAll(async () => {
  await app.close();
  await service.close();
});

describe('a link', () => {
  test('sets a password and signs in, once', async () => {
    const { id, link, url } = await person('Lin');
    expect(url).toBe(`http://localhost:3000/#/link/${link}`);
    const session = await signIn({ link, password });
    expect([session.status, session.body.mode, session.body.person]).toEqual([201, 'signed-in', id]);
    const again = await signIn({ link, password: 'another four words' });
    expect([again.status, again.body.type]).toEqual([410, '/problems/link-ended']);
    expect((await signIn({ who: 'Lin', password })).status).toBe(201);
    expect((await signIn({ who: 'Lin', password: 'another four words' })).status).toBe(401);
  });

  test('is of no use after a day, and says no more than one that nobody made', async () => {
    const { link } = await person('Lin Day');
    pass(msPerDay);
    const late = await signIn({ link, password });
    const none = await signIn({ link: `${link.slice(0, -1)}x`, password });
    expect(late.status).toBe(410);
    expect(late.body).toEqual(none.body);
  });

  test('sets no weak password', async () => {
    const { link } = await person('Magdalena Long', 'inspector', 'magda@example.org');
    for (const weak of ['eleven char', 'magdalena long', 'MAGDA@example.org', 'aaaaaaaaaaaaaaaa']) {
      const refused = await signIn({ link, password: weak });
      expect([weak, refused.status, refused.body.type]).toEqual([weak, 422, '/problems/password-weak']);
      expect(JSON.stringify(refused.body)).not.toContain(weak);
    }
    expect((await signIn({ link, password })).status).toBe(201);
  });

  test('ends the sessions and links that were there before', async () => {
    const { id, cookie } = await signedIn('Old');
    const first = await ask('POST', `/people/${id}/links`, { key: administrator });
    const second = await ask('POST', `/people/${id}/links`, { key: administrator });
    expect((await signIn({ link: second.body.link, password: 'quite another phrase' })).status).toBe(201);
    expect((await ask('GET', '/projects', { cookie })).body.type).toBe('/problems/session-ended');
    expect((await signIn({ link: first.body.link, password })).status).toBe(410);
  });

  test('is made by who manages people, and not for oneself by a session', async () => {
    const { id, cookie } = await signedIn('Ordinary');
    expect((await ask('POST', `/people/${id}/links`, { cookie })).status).toBe(403);
  });
});

describe('a password', () => {
  test('signs in by name, contact or id, in a cookie that scripts cannot read', async () => {
    const { id } = await signedIn('Contact', 'contact@example.org');
    for (const who of ['contact', 'CONTACT@example.org', id]) {
      const { status, set, body } = await signIn({ who, password });
      expect([status, body.name]).toEqual([201, 'Contact']);
      expect(set).toHaveLength(1);
      expect(set[0]).toMatch(/^topout=tpo_\w+-?.*; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    }
  });

  test('of a name that two people have signs neither in', async () => {
    await signedIn('Twin');
    await signedIn('Twin');
    expect((await signIn({ who: 'Twin', password })).body.type).toBe('/problems/sign-in-failed');
  });

  test('that is wrong is answered as one of nobody', async () => {
    await signedIn('Wrong');
    const wrong = await signIn({ who: 'Wrong', password: 'not the password' });
    const nobody = await signIn({ who: 'Nobody At All', password: 'not the password' });
    expect([wrong.status, wrong.body]).toEqual([401, nobody.body]);
    expect(wrong.set).toEqual([]);
  });

  test('is delayed after ten wrong ones from an address, and from others it is not', async () => {
    await signedIn('Guessed');
    const guess = (said = 'not the password', from = '127.0.0.1') =>
      signIn({ who: 'Guessed', password: said }, { from });
    for (let tries = 0; tries < 10; tries += 1) expect((await guess()).status).toBe(401);
    const delayed = await guess(password);
    expect([delayed.status, delayed.body.type]).toEqual([429, '/problems/sign-in-delayed']);
    expect(delayed.headers['retry-after']).toBe('900');
    expect((await guess(password, '127.0.0.2')).status).toBe(201);
    pass(15 * msPerMinute);
    expect((await guess(password)).status).toBe(201);
  });

  test('of nobody is delayed likewise', async () => {
    const guess = () => signIn({ who: 'Guessed Nobody', password: 'not the password' });
    for (let tries = 0; tries < 10; tries += 1) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
  });

  test('is never in the log, nor is any session', async () => {
    await signedIn('Quiet');
    const { text } = await (async () => {
      const events = [];
      for await (const page of service.composed.store.readStream('access', 0)) events.push(...page);
      return { text: JSON.stringify(events) };
    })();
    expect(text).toContain('CredentialIssued');
    for (const secret of [password, 'argon2', 'tpo_', 'Quiet']) expect(text).not.toContain(secret);
  });
});

describe('a key', () => {
  test('opens a session with its limits, which ends with it', async () => {
    const { id } = await person('Keyed');
    const limits = { scope: { kind: 'district', district: 'Harbour' } };
    const { key, credential } = (
      await ask('POST', `/people/${id}/keys`, { key: administrator, body: { limits } })
    ).body;
    const { status, cookie, body } = await signIn({ key });
    expect([status, body.person]).toEqual([201, id]);
    expect(body.permissions['project-read']).toEqual([[{ kind: 'installation' }, limits.scope]]);
    expect((await ask('GET', '/projects', { cookie })).status).toBe(200);
    await ask('DELETE', `/people/${id}/keys/${credential}`, { key: administrator });
    expect((await ask('GET', '/projects', { cookie })).body.type).toBe('/problems/session-ended');
    expect((await signIn({ key })).body.type).toBe('/problems/key-revoked');
  });

  test('is no cookie, and a session is no key', async () => {
    const { cookie } = await signedIn('Carrier');
    expect((await ask('GET', '/projects', { cookie: `topout=${administrator}` })).status).toBe(401);
    expect((await ask('GET', '/projects', { key: cookie.split('=')[1] ?? '' })).status).toBe(401);
  });
});

describe('a session', () => {
  test('has a new id at each sign-in, and the one before it ends', async () => {
    const { cookie } = await signedIn('Fixed');
    const next = await signIn({ who: 'Fixed', password }, { cookie });
    expect(next.cookie).not.toBe(cookie);
    expect((await ask('GET', '/projects', { cookie })).status).toBe(401);
    expect((await ask('GET', '/projects', { cookie: next.cookie })).status).toBe(200);
  });

  test('ends after half an hour without use; what a page asks by itself is no use', async () => {
    const { cookie } = await signedIn('Idle');
    const unattended = { cookie, headers: { 'topout-unattended': 'yes' } };
    pass(29 * msPerMinute);
    expect((await ask('GET', '/projects', { cookie })).status).toBe(200);
    pass(29 * msPerMinute);
    expect((await ask('GET', '/projects', unattended)).status).toBe(200);
    pass(2 * msPerMinute);
    expect((await ask('GET', '/projects', { cookie })).body.type).toBe('/problems/session-ended');
  });

  test('ends after twelve hours of use', async () => {
    const { cookie } = await signedIn('Long');
    for (let half = 0; half < 23; half += 1) {
      pass(msPerHour / 2);
      expect((await ask('GET', '/people/self', { cookie })).body.mode).toBe('signed-in');
    }
    pass(msPerHour / 2);
    expect((await ask('GET', '/people/self', { cookie })).body.mode).toBe('nobody');
    expect((await ask('GET', '/projects', { cookie })).status).toBe(401);
  });

  test('ends when somebody signs out, here or everywhere', async () => {
    const { id, cookie } = await signedIn('Leaver');
    const out = await ask('DELETE', '/session', { cookie });
    expect([out.status, ...out.set]).toEqual([
      204,
      'topout=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
      'topout-used=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
    expect((await ask('GET', '/projects', { cookie })).status).toBe(401);
    const others = [await signIn({ who: id, password }), await signIn({ who: id, password })];
    expect((await ask('POST', `/people/${id}/sign-out`, { cookie: others[0]?.cookie ?? '' })).status).toBe(
      204,
    );
    for (const { cookie: other } of others)
      expect((await ask('GET', '/projects', { cookie: other })).status).toBe(401);
  });

  test('writes only for pages of this service', async () => {
    const { cookie } = await signedIn('Crossed');
    const write = (headers: Record<string, string | undefined>) =>
      ask('DELETE', '/session', { cookie, headers: { origin: undefined, ...headers } });
    for (const foreign of [
      {},
      { origin: 'http://localhost:8080' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]) {
      const { status, body } = await write(foreign);
      expect([status, body.type]).toEqual([403, '/problems/origin-foreign']);
    }
    expect((await ask('GET', '/projects', { cookie })).status).toBe(200);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(204);
  });

  test('is opened with a secure cookie over TLS, and not at all where others can read it', async () => {
    const { id } = await signedIn('Wired');
    const proxies = { headers: { origin: 'https://localhost:3000' } };
    const { set } = await signIn({ who: id, password }, proxies);
    expect(set[0]).toMatch(/^__Host-topout=tpo_.*; HttpOnly; SameSite=Strict; Secure$/);
    const cookie = set[0]?.split(';')[0] ?? '';
    expect((await ask('GET', '/projects', { cookie })).status).toBe(200);
    const open = await signIn({ who: id, password }, { from: '10.1.2.3' });
    expect([open.status, open.body.type]).toEqual([401, '/problems/wire-open']);
    expect((await ask('GET', '/people/self', { from: '10.1.2.3' })).body).toEqual({
      mode: 'nobody',
      permissions: {},
      isOnOpenWire: true,
    });
  });
});

test.each([
  [{}],
  [{ who: 'Lin' }],
  [{ password }],
  [{ link: 'x' }],
  [{ key: 'x', password }],
  [{ who: 'Lin', link: 'x', password }],
  [{ who: 7, password }],
  [{ who: 'Lin', password: '' }],
])('%j is no sign-in', async (body) => {
  const refused = await signIn(body);
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).not.toContain(password);
});

test('everybody learns who they are here', async () => {
  expect((await ask('GET', '/people/self')).body).toEqual({ mode: 'nobody', permissions: {} });
  const open = await service.get('/people/self');
  expect(open.body.mode).toBe('open');
  expect(open.body.permissions).toHaveProperty('entry-log', [[{ kind: 'installation' }]]);
  const { cookie } = await signedIn('Self');
  const { body } = await ask('GET', '/people/self', { cookie });
  expect(body).toMatchObject({ mode: 'signed-in', name: 'Self', signedInBy: { kind: 'session' } });
  expect(body.credentials).toHaveLength(1);
});
