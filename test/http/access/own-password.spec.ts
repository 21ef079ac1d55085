import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../../src/composition/world.js';
import { createHttpApp } from '../../../src/http/app.js';
import { type Service, startService } from '../service.js';

const setupToken = 'the-token-of-the-data-folder';
const first = 'four words by the harbour';
const second = 'five other words by the mill';
let service: Service;
let app: NestFastifyApplication;
let administrator: string;

async function ask(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  cookie?: string,
  body?: object,
  key?: string,
) {
  await service.composed.views.waitFor(await service.composed.store.head());
  const { statusCode, headers, payload } = await app.inject({
    method,
    url,
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      ...(cookie === undefined ? {} : { cookie }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  const [set = ''] = [headers['set-cookie'] ?? []].flat().map(String);
  return { status: statusCode, cookie: set.split(';')[0] ?? '', body: payload ? JSON.parse(payload) : {} };
}

/** Somebody who has a password, signed in by it. */
async function signedIn(name: string) {
  const { person } = (await ask('POST', '/people', undefined, { name }, administrator)).body;
  const { link } = (await ask('POST', `/people/${person}/links`, undefined, {}, administrator)).body;
  const { cookie } = await ask('POST', '/session', undefined, { link, password: first });
  return { person: String(person), cookie };
}

const change = (cookie: string | undefined, old: string, password: string, key?: string) =>
  ask('PUT', '/session/password', cookie, { old, password }, key);
const signIn = (who: string, password: string) => ask('POST', '/session', undefined, { who, password });
const mode = async (cookie: string) => (await ask('GET', '/people/self', cookie)).body.mode;

beforeAll(async () => {
  service = await startService(undefined, undefined, { memoryKiB: 64, passes: 1 });
  app = await createHttpApp(service.composed.topout, { after: world.after, setupToken });
  const founded = await ask('POST', '/access/first-administrator', undefined, {
    token: setupToken,
    name: 'Ann',
  });
  administrator = founded.body.key;
});
afterAll(async () => {
  await app.close();
  await service.close();
});

describe('somebody who is signed in', () => {
  test('changes their password by the one before it', async () => {
    const { cookie, person } = await signedIn('Lin');
    const changed = await change(cookie, first, second);
    expect([changed.status, changed.body.person, changed.body.mode]).toEqual([200, person, 'signed-in']);
    expect([await mode(changed.cookie), await mode(cookie)]).toEqual(['signed-in', 'nobody']);
    expect([(await signIn('Lin', first)).status, (await signIn('Lin', second)).status]).toEqual([401, 201]);
  });

  test('signs out every other browser, and ends links, by a new password; phones and keys stay', async () => {
    const { cookie, person } = await signedIn('Wu');
    const other = (await signIn('Wu', first)).cookie;
    const { link } = (await ask('POST', `/people/${person}/links`, undefined, {}, administrator)).body;
    const { key } = (await ask('POST', `/people/${person}/keys`, undefined, {}, administrator)).body;
    const { code } = (await ask('POST', `/people/${person}/enrolments`, undefined, {}, administrator)).body;
    const phone = (await ask('POST', '/devices', undefined, { code, label: 'phone' })).cookie;
    expect((await change(cookie, first, second)).status).toBe(200);
    expect([await mode(other), await mode(phone)]).toEqual(['nobody', 'signed-in']);
    expect((await ask('POST', '/session', undefined, { link, password: first })).status).toBe(410);
    expect((await ask('GET', '/people/self', undefined, undefined, key)).body.mode).toBe('signed-in');
  });

  test('changes nothing by a wrong or for a weak password, and is delayed after ten wrong ones', async () => {
    const { cookie } = await signedIn('Bo');
    const weak = await change(cookie, first, 'short');
    expect([weak.status, weak.body.type, weak.body.errors[0].member]).toEqual([
      422,
      '/problems/password-weak',
      'password',
    ]);
    const wrong = await change(cookie, 'not the one', second);
    expect([wrong.status, wrong.body.type, wrong.body.errors[0].member]).toEqual([
      401,
      '/problems/sign-in-failed',
      'old',
    ]);
    for (let tries = 1; tries < 10; tries += 1) await change(cookie, 'not the one', second);
    expect((await change(cookie, first, second)).body.type).toBe('/problems/sign-in-delayed');
    expect(await mode(cookie)).toBe('signed-in');
  });
});

test('a password is changed in a browser alone, and by nobody else', async () => {
  const { person } = await signedIn('Zhao');
  const { key } = (await ask('POST', `/people/${person}/keys`, undefined, {}, administrator)).body;
  expect((await change(undefined, first, second, key)).body.type).toBe('/problems/not-permitted');
  expect((await change(undefined, first, second)).status).toBe(401);
  expect((await signIn('Zhao', first)).status).toBe(201);
});
