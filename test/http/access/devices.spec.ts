import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../../src/composition/world.js';
import { createHttpApp } from '../../../src/http/app.js';
import { type Service, startService } from '../service.js';

const setupToken = 'the-token-of-the-data-folder';

let service: Service;
let closed: NestFastifyApplication;
let administrator: string;
let lin: { id: string; key: string };

type Headers = Record<string, string>;

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, headers: Headers = {}, body?: unknown) {
  await service.composed.views.waitFor(await service.composed.store.head());
  const {
    statusCode,
    headers: answered,
    payload,
  } = await closed.inject({
    method,
    url,
    payload: body === undefined ? undefined : JSON.stringify(body),
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
  });
  return {
    status: statusCode,
    cookie: String(answered['set-cookie'] ?? ''),
    text: payload,
    body: payload.startsWith('{') ? JSON.parse(payload) : undefined,
  };
}

const by = (key: string): Headers => ({ authorization: `Bearer ${key}` });
const offer = (person: string, key: string) => ask('POST', `/people/${person}/enrolments`, by(key));
const enrol = (code: string) => ask('POST', '/devices', {}, { code, label: '工地手机' });
/** The headers of a phone after its enrolment, as its browser sends them from the page. */
const phoneOf = (cookie: string): Headers => ({
  cookie: cookie.split(';')[0] ?? '',
  'sec-fetch-site': 'same-origin',
});

async function person(name: string) {
  const added = await ask('POST', '/people', by(administrator), { name });
  const id: string = added.body.person;
  const scope = { kind: 'installation' };
  await ask('POST', `/people/${id}/grants`, by(administrator), { role: 'inspector', scope });
  const { key } = (await ask('POST', `/people/${id}/keys`, by(administrator), {})).body;
  return { id, key };
}

async function enrolled(): Promise<{ phone: Headers; device: string; cookie: string }> {
  const { code } = (await offer(lin.id, lin.key)).body;
  const { body, cookie } = await enrol(code);
  return { phone: phoneOf(cookie), device: body.signedInBy.credential, cookie };
}

beforeAll(async () => {
  service = await startService();
  await service.send('POST', '/projects', { project: 'quay', name: { en: 'Quay' }, asOf: '2018-01-01' });
  closed = await createHttpApp(service.composed.topout, { after: world.after, setupToken });
  const said = { token: setupToken, name: 'Ann' };
  administrator = (await ask('POST', '/access/first-administrator', {}, said)).body.key;
  lin = await person('Lin');
});
afterAll(async () => {
  await closed.close();
  await service.close();
});

describe('a code', () => {
  test('is for the person themself, and for administrators', async () => {
    const own = await offer(lin.id, lin.key);
    expect(own.status).toBe(201);
    expect(own.body).toMatchObject({ person: lin.id, validSeconds: 600 });
    expect(own.body.code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{3}-[A-Z2-9]{3}$/);
    const { hash, search, pathname } = new URL(own.body.address);
    expect([pathname, search, hash]).toEqual(['/log/', '', `#/enrol/${own.body.code.replaceAll('-', '')}`]);
    expect((await offer(lin.id, administrator)).status).toBe(201);
    const other = await person('Mei');
    expect((await offer(lin.id, other.key)).status).toBe(403);
    expect((await ask('POST', `/people/${lin.id}/enrolments`)).status).toBe(401);
  });

  test('enrols one phone, which logs as the person', async () => {
    const { code } = (await offer(lin.id, lin.key)).body;
    const { status, body, cookie } = await enrol(code.toLowerCase().replaceAll('-', ' '));
    expect([status, body.person, body.name]).toEqual([201, lin.id, 'Lin']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const phone = phoneOf(cookie);
    const self = (await ask('GET', '/people/self', phone)).body;
    expect(self).toMatchObject({ mode: 'signed-in', person: lin.id, signedInBy: { kind: 'device' } });
    const fact = { type: 'NoChangeReported', asOf: '2018-06-30', period: '2018-06' };
    const logged = await ask('POST', '/projects/quay/entries', phone, fact);
    expect(logged.status).toBe(201);
    const { items } = (await ask('GET', '/projects/quay/journal', phone)).body;
    const [entry] = items.filter(({ id }: { id: string }) => id === logged.body.id);
    expect(entry).toMatchObject({ by: lin.id, verification: 'signed-in' });
    expect((await enrol(code)).body.type).toBe('/problems/code-invalid');
    const { credentials } = (await ask('GET', `/people/${lin.id}`, by(administrator))).body;
    const [device] = credentials.filter(
      ({ credential }: { credential: string }) => credential === body.signedInBy.credential,
    );
    expect(device).toMatchObject({ kind: 'device', label: '工地手机' });
    expect(JSON.stringify(credentials)).not.toContain('code-');
  });

  test('that two phones send at the same time enrols one of them', async () => {
    const { code } = (await offer(lin.id, lin.key)).body;
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(401)]);
  });

  test('is answered with the same bytes whether it is mistyped, unknown, used or replaced', async () => {
    const { code: replaced } = (await offer(lin.id, lin.key)).body;
    const { code: used } = (await offer(lin.id, lin.key)).body;
    expect((await enrol(used)).status).toBe(201);
    const { code } = (await offer(lin.id, lin.key)).body;
    const mistyped = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
    const answers = await Promise.all(['no code', 'ZZZZZZZZZZ', replaced, used, mistyped].map(enrol));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect((await enrol(code)).status).toBe(201);
  });

  test('is gone after five wrong guesses', async () => {
    const { code } = (await offer(lin.id, lin.key)).body;
    const wrong = code.slice(0, -2) + (code.endsWith('AA') ? 'BB' : 'AA');
    for (let guess = 0; guess < 5; guess += 1) expect((await enrol(wrong)).status).toBe(401);
    expect((await enrol(code)).status).toBe(401);
    const { body } = await offer(lin.id, lin.key);
    expect((await enrol(body.code)).status).toBe(201);
  });

  test('signs nobody in', async () => {
    const { code } = (await offer(lin.id, lin.key)).body;
    expect((await ask('GET', '/projects', by(code))).status).toBe(401);
  });
});

describe('a phone', () => {
  test('that was revoked signs nobody in', async () => {
    const { phone, device } = await enrolled();
    expect((await ask('GET', '/projects', phone)).status).toBe(200);
    const url = `/people/${lin.id}/keys/${device}`;
    expect((await ask('DELETE', url, by(administrator))).status).toBe(204);
    expect((await ask('GET', '/projects', phone)).status).toBe(401);
    expect((await ask('GET', '/people/self', phone)).body.mode).toBe('nobody');
  });

  test('signs itself out', async () => {
    const { phone } = await enrolled();
    const left = await ask('DELETE', '/session', phone);
    expect([left.status, left.cookie]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await ask('GET', '/projects', phone)).status).toBe(401);
  });

  test('keeps its cookie when it is renewed early', async () => {
    const { phone, device, cookie } = await enrolled();
    const { status, body, cookie: again } = await ask('POST', '/devices/renewal', phone);
    expect([status, body.signedInBy.credential]).toEqual([200, device]);
    expect(again.split(';')[0]).toBe(cookie.split(';')[0]);
    expect((await ask('POST', '/devices/renewal', by(lin.key))).status).toBe(403);
  });

  test('ends with "signed out everywhere", and a key does not', async () => {
    const { phone } = await enrolled();
    expect((await ask('POST', `/people/${lin.id}/sign-out`, by(lin.key))).status).toBe(204);
    expect((await ask('GET', '/projects', phone)).status).toBe(401);
    expect((await ask('GET', '/projects', by(lin.key))).status).toBe(200);
  });
});
