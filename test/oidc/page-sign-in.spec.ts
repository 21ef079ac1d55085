import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OpenIdProvider } from '../../src/oidc/openid-provider.js';
import { usualAlgorithms } from '../../src/oidc/provider-config.js';
import { ClosedService, installation } from '../http/access/closed.js';
import { TestProvider } from './test-provider.js';

const host = '127.0.0.1:4199';
const origin = `http://${host}`;
const cookieName = 'topout-provider';
let real: TestProvider;
let closed: ClosedService;

/** What a browser is answered: where it goes on, and which cookies it keeps. */
async function browse(
  url: string,
  cookies: Record<string, string> = {},
  app: NestFastifyApplication = closed.app,
) {
  const { composed } = closed.service;
  await composed.views.waitFor(await composed.store.head());
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const { statusCode, headers } = await app.inject({ url, headers: { host, ...(cookie ? { cookie } : {}) } });
  const lines = [headers['set-cookie'] ?? []].flat().map(String);
  const set = Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      return [name, value];
    }),
  );
  return { status: statusCode, location: String(headers.location), lines, set };
}

/** Begins a sign-in; returns the address at which the provider sends the browser back, and what the browser kept. */
async function visited(page = 'office') {
  const begun = await browse(`/session/provider?page=${page}`);
  const back = new URL(await real.visit(begun.location));
  return { begun, back: back.pathname + back.search, kept: { [cookieName]: begun.set[cookieName] ?? '' } };
}

async function tie(person: string, subject: string) {
  const url = `/people/${person}/identities`;
  const { status, body } = await closed.ask('POST', url, closed.administrator, { subject });
  expect(status).toBe(201);
  const ties = body.credentials as { credential: string; kind: string; revoked?: object }[];
  return ties.find(({ kind, revoked }) => kind === 'identity' && !revoked)?.credential ?? '';
}

async function self(session: string) {
  const { headers: _, ...answer } = await closed.ask('GET', '/people/self', undefined, undefined, {
    cookie: `topout=${session}`,
    host,
  });
  return answer.body as { mode: string; person?: string; provider?: string; signedInBy?: { kind: string } };
}

beforeAll(async () => {
  real = await TestProvider.start(`${origin}/session/provider/return`);
  const { issuer, clientId, clientSecret, audience } = real;
  const config = { issuer, clientId, clientSecret, audience, algorithms: usualAlgorithms };
  const provider = new OpenIdProvider(config, { fetch, elapsedMs: () => performance.now() });
  closed = await ClosedService.start({ provider });
});
afterAll(async () => {
  await closed.close();
  await real.stop();
});

describe('a person whose identity an administrator has tied', () => {
  test('signs in at the provider, and is signed in on the page of which they came', async () => {
    const lin = await closed.person('Lin', ['inspector', installation]);
    real.subject = 'lin-at-the-provider';
    await tie(lin.id, real.subject);
    for (const [page, address] of [
      ['office', '/'],
      ['log', '/log/'],
    ]) {
      const { begun, back, kept } = await visited(page);
      expect(begun.status).toBe(303);
      const returned = await browse(back, kept);
      expect([returned.status, returned.location]).toEqual([303, address]);
      expect(await self(returned.set.topout ?? '')).toMatchObject({
        mode: 'signed-in',
        person: lin.id,
        signedInBy: { kind: 'session' },
      });
    }
  });

  test('is signed out when the tie ends', async () => {
    const wu = await closed.person('Wu', ['inspector', installation]);
    real.subject = 'wu-at-the-provider';
    const identity = await tie(wu.id, real.subject);
    const { back, kept } = await visited();
    const session = (await browse(back, kept)).set.topout ?? '';
    expect((await self(session)).mode).toBe('signed-in');
    await closed.ask('DELETE', `/people/${wu.id}/keys/${identity}`, closed.administrator);
    expect((await self(session)).mode).toBe('nobody');
    const again = await visited();
    const refused = await browse(again.back, again.kept);
    expect([refused.location, refused.set.topout]).toEqual([
      '/#/refused/identity-unknown/wu-at-the-provider',
      undefined,
    ]);
  });

  test('keeps scripts and other sites from what the browser keeps meanwhile', async () => {
    const { begun } = await visited();
    expect(begun.lines).toEqual([
      expect.stringMatching(/^topout-provider=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/),
    ]);
    const { headers } = await closed.app.inject({
      url: '/session/provider',
      headers: { host, 'x-forwarded-proto': 'https' },
    });
    expect(String(headers['set-cookie'])).toMatch(
      /^__Host-topout-provider=.*; HttpOnly; SameSite=Lax; Secure$/,
    );
  });
});

describe('a sign-in at the provider', () => {
  test('of an identity that nobody has is refused without a word about who is here', async () => {
    real.subject = 'a stranger/?';
    const { back, kept } = await visited();
    const refused = await browse(back, kept);
    expect(refused.location).toBe('/#/refused/identity-unknown/a%20stranger%2F%3F');
    expect(refused.lines).toEqual([expect.stringMatching(/^topout-provider=; .*Max-Age=0/)]);
  });

  test('is refused in another browser, after its use, and with other secrets', async () => {
    const eve = await closed.person('Eve', ['inspector', installation]);
    real.subject = 'eve-at-the-provider';
    await tie(eve.id, real.subject);
    const over = '/#/refused/sign-in-over';
    const elsewhere = await visited();
    expect((await browse(elsewhere.back)).location).toBe(over);
    const [first, second] = [await visited(), await visited()];
    expect((await browse(first.back, second.kept)).location).toBe(over);
    expect((await browse(first.back, { [cookieName]: 'office.a.b' })).location).toBe(over);
    expect((await browse(second.back, second.kept)).location).toBe('/');
    expect((await browse(second.back, second.kept)).location).toBe(over);
    expect((await browse('/session/provider/return?code=x', second.kept)).location).toBe(over);
  });

  test('that the provider does not answer sends the browser back to the page', async () => {
    const gone = await TestProvider.start(`${origin}/session/provider/return`);
    await gone.stop();
    const config = { issuer: gone.issuer, clientId: 'topout', audience: 'x', algorithms: usualAlgorithms };
    const provider = new OpenIdProvider(config, { fetch, elapsedMs: () => performance.now() });
    const away = await ClosedService.start({ provider });
    try {
      const { status, location } = await browse('/session/provider?page=log', {}, away.app);
      expect([status, location]).toEqual([303, '/log/#/refused/provider-unavailable']);
    } finally {
      await away.close();
    }
  });

  test('is offered only where there is a provider', async () => {
    expect((await self('')).provider).toBe(new URL(real.issuer).host);
    const without = await ClosedService.start();
    try {
      const { body } = await without.ask('GET', '/people/self');
      expect(body.provider).toBeUndefined();
      const { location } = await browse('/session/provider', {}, without.app);
      expect(location).toBe('/#/refused/provider-unavailable');
    } finally {
      await without.close();
    }
  });
});

test('a program with a token does not end its identity by signing out', async () => {
  const bot = await closed.person('Importer', ['inspector', installation]);
  await tie(bot.id, 'program');
  const token = await real.tokenOfProgram();
  expect((await closed.ask('DELETE', '/session', token)).status).toBe(204);
  expect((await closed.ask('GET', '/projects', token)).status).toBe(200);
});
