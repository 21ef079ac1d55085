import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { OpenIdProvider } from '../../src/oidc/openid-provider.js';
import { usualAlgorithms } from '../../src/oidc/provider-config.js';
import { type Service, startService } from '../http/service.js';
import { TestProvider } from './test-provider.js';

const setupToken = 'the-token-of-the-data-folder';
let service: Service;
let real: TestProvider;
let app: NestFastifyApplication;
let administrator: string;
let person: string;

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, token?: string, body?: object) {
  await service.composed.views.waitFor(await service.composed.store.head());
  const { statusCode, payload } = await app.inject({
    method,
    url,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: statusCode, text: payload, body: payload === '' ? {} : JSON.parse(payload) };
}

/** How a token is answered: its status, and the kind of problem. */
async function answer(token: string) {
  const { status, body } = await ask('GET', '/projects', token);
  return [status, body.type];
}

async function startApp(issuer: string): Promise<NestFastifyApplication> {
  const { clientId, clientSecret, audience } = real;
  const config = { issuer, clientId, clientSecret, audience, algorithms: usualAlgorithms };
  const provider = new OpenIdProvider(config, { fetch, elapsedMs: () => performance.now() });
  return createHttpApp(service.composed.topout, { after: world.after, setupToken, provider });
}

beforeAll(async () => {
  service = await startService();
  real = await TestProvider.start('http://127.0.0.1:4199/session/provider/return');
  app = await startApp(real.issuer);
  const founded = await ask('POST', '/access/first-administrator', undefined, {
    token: setupToken,
    name: 'Ann',
  });
  administrator = founded.body.key;
  person = (await ask('POST', '/people', administrator, { name: 'Importer' })).body.person;
  const grant = { role: 'inspector', scope: { kind: 'installation' } };
  await ask('POST', `/people/${person}/grants`, administrator, grant);
});
afterAll(async () => {
  await app.close();
  await service.close();
  await real.stop();
});

describe('a program with a token of the provider', () => {
  test('is told by what an administrator names it, until it is tied to a person', async () => {
    const token = await real.tokenOfProgram();
    expect(await answer(token)).toEqual([403, '/problems/identity-unknown']);
    expect((await ask('GET', '/projects', token)).text).toContain('program');
    const tied = await ask('POST', `/people/${person}/identities`, administrator, { subject: 'program' });
    expect([tied.status, tied.body.credentials.map(({ kind }: { kind: string }) => kind)]).toEqual([
      201,
      ['identity'],
    ]);
    expect(tied.text).not.toContain('program');
    expect(await answer(token)).toEqual([200, undefined]);
    expect((await ask('GET', '/people/self', token)).body).toMatchObject({
      person,
      signedInBy: { kind: 'identity' },
    });
  });

  test('logs under the id of that person, signed in', async () => {
    await service.send('POST', '/projects', { project: 'quay', name: { en: 'Quay' }, asOf: '2018-01-01' });
    const fact = { type: 'NoChangeReported', asOf: '2018-06-30', period: '2018-06' };
    const { status } = await ask('POST', '/projects/quay/entries', await real.tokenOfProgram(), fact);
    const { items } = (await ask('GET', '/projects/quay/journal', administrator)).body;
    expect([status, items.at(-1)]).toMatchObject([201, { by: person, verification: 'signed-in' }]);
  });

  test('is one person: nobody else gets the identity', async () => {
    const other = (await ask('POST', '/people', administrator, { name: 'Other' })).body.person;
    const taken = await ask('POST', `/people/${other}/identities`, administrator, { subject: 'program' });
    expect([taken.status, taken.body.type]).toEqual([409, '/problems/identity-taken']);
    const again = await ask('POST', `/people/${person}/identities`, administrator, { subject: 'program' });
    expect([again.status, again.body.credentials.length]).toEqual([201, 1]);
    const self = await ask('POST', `/people/${person}/identities`, await real.tokenOfProgram(), {
      subject: 'x',
    });
    expect(self.status).toBe(403);
  });

  test.each<[string, [number, string], () => Promise<string>]>([
    ['an expired', [401, '/problems/token-expired'], () => real.token({ exp: 1 })],
    ['a foreign', [401, '/problems/token-invalid'], () => real.token({ iss: 'https://other.example.org' })],
    ['another’s', [401, '/problems/token-invalid'], () => real.token({ aud: 'https://other.example.org' })],
    ['a forged', [401, '/problems/token-invalid'], () => real.token({}, { header: { kid: 'unknown' } })],
  ])('is answered clearly for %s token', async (_, expected, token) => {
    expect(await answer(await token())).toEqual(expected);
  });

  test('over an open connection is refused', async () => {
    const { statusCode, payload } = await app.inject({
      url: '/projects',
      remoteAddress: '10.1.2.3',
      headers: { authorization: `Bearer ${await real.tokenOfProgram()}` },
    });
    expect([statusCode, JSON.parse(payload).type]).toEqual([401, '/problems/wire-open']);
  });

  test('ends when the identity is no longer tied', async () => {
    const token = await real.tokenOfProgram();
    const [{ credential }] = (await ask('GET', `/people/${person}`, administrator)).body.credentials;
    expect((await ask('DELETE', `/people/${person}/keys/${credential}`, administrator)).status).toBe(204);
    expect(await answer(token)).toEqual([401, '/problems/key-revoked']);
  });
});

test('keys sign in while the provider is away, and a token is answered with a time to try again', async () => {
  const gone = await TestProvider.start('http://127.0.0.1:4199/session/provider/return');
  const token = await gone.token();
  await gone.stop();
  const away = await startApp(gone.issuer);
  try {
    const of = (bearer: string) =>
      away.inject({ url: '/projects', headers: { authorization: `Bearer ${bearer}` } });
    const [byKey, byToken] = [await of(administrator), await of(token)];
    expect([byKey.statusCode, byToken.statusCode, byToken.headers['retry-after']]).toEqual([200, 503, '30']);
    expect(JSON.parse(byToken.payload).type).toBe('/problems/provider-unavailable');
  } finally {
    await away.close();
  }
});
