import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { IdentityRefused } from '../../src/app/access/identity-provider.js';
import { OpenIdProvider } from '../../src/oidc/openid-provider.js';
import { usualAlgorithms } from '../../src/oidc/provider-config.js';
import { TestProvider } from './test-provider.js';

const callback = 'http://127.0.0.1:4199/session/provider/return';
let real: TestProvider;
let provider: OpenIdProvider;

function providerAt(issuer: string, elapsedMs = () => performance.now()): OpenIdProvider {
  const { clientId, clientSecret, audience } = real;
  const config = { issuer, clientId, clientSecret, audience, algorithms: usualAlgorithms };
  return new OpenIdProvider(config, { fetch, elapsedMs });
}

async function why(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'taken',
    (error: unknown) => (error instanceof IdentityRefused ? error.why : String(error)),
  );
}

beforeAll(async () => {
  real = await TestProvider.start(callback);
  provider = providerAt(real.issuer);
});
afterAll(() => real.stop());

describe('an access token', () => {
  test('that the provider issues to a program names the program', async () => {
    const identity = await provider.identityOf(await real.tokenOfProgram());
    expect(identity).toEqual({ issuer: real.issuer, subject: 'program' });
  });

  test('whose clock differs by less than a minute is taken', async () => {
    const now = Math.floor(Date.now() / 1_000);
    expect(await why(provider.identityOf(await real.token({ exp: now - 50, nbf: now - 60 })))).toBe('taken');
    expect(await why(provider.identityOf(await real.token({ nbf: now + 50 })))).toBe('taken');
  });

  test.each<[string, string, () => Promise<string>]>([
    ['of another issuer', 'issuer', () => real.token({ iss: 'https://other.example.org' })],
    ['for another audience', 'audience', () => real.token({ aud: 'https://other.example.org' })],
    ['without an audience', 'audience', () => real.token({ aud: [] })],
    ['that has expired', 'expired', () => real.token({ exp: Math.floor(Date.now() / 1_000) - 90 })],
    ['that never expires', 'malformed', () => real.token({ exp: undefined })],
    ['of nobody', 'malformed', () => real.token({ sub: '' })],
    ['that is not valid yet', 'early', () => real.token({ nbf: Math.floor(Date.now() / 1_000) + 90 })],
    ['for an identity', 'kind', () => real.token({}, { header: { typ: 'JWT' } })],
    ['without a type', 'kind', () => real.token({}, { header: { typ: undefined } })],
    ['with an unknown key', 'signature', () => real.token({}, { header: { kid: 'second' } })],
    [
      'signed by somebody else',
      'signature',
      async () => real.token({}, { key: (await otherKey()).privateKey }),
    ],
    [
      'signed with the public key',
      'algorithm',
      () => real.token({}, { header: { alg: 'HS256' }, key: real.publicKey() }),
    ],
    [
      'with an address of keys',
      'malformed',
      () => real.token({}, { header: { jku: 'https://evil.example/keys' } }),
    ],
    ['with a key of its own', 'malformed', () => real.token({}, { header: { jwk: { kty: 'EC' } } })],
    ['with certificates', 'malformed', () => real.token({}, { header: { x5u: 'https://evil.example/x5u' } })],
    ['that was cut', 'malformed', async () => (await real.token()).slice(0, 40)],
    ['that is too long', 'malformed', async () => `${await real.token()}${'a'.repeat(9_000)}`],
    ['that is no token', 'malformed', async () => 'a.b.c'],
  ])('%s is refused: %s', async (_, fault, token) => {
    expect(await why(provider.identityOf(await token()))).toBe(fault);
  });

  test('without a signature is refused', async () => {
    const [header = '', claims = ''] = (await real.token()).split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    expect(await why(provider.identityOf(`${none}.${claims}.`))).toBe('algorithm');
    expect(await why(provider.identityOf(`${header}.${claims}.`))).toBe('signature');
  });

  test('with an unknown key does not make the service ask for keys again and again', async () => {
    const before = real.keysAsked;
    for (let time = 0; time < 5; time += 1)
      await why(provider.identityOf(await real.token({}, { header: { kid: `unknown-${time}` } })));
    expect(real.keysAsked - before).toBeLessThanOrEqual(1);
  });
});

describe('the sign-in of a browser', () => {
  test('ends with the person whom the provider signed in', async () => {
    const { url, secrets } = await provider.begin(callback);
    expect(url).not.toContain(secrets.verifier);
    const back = await real.visit(url);
    expect(back).toContain(callback);
    expect(await provider.complete(back, secrets)).toEqual({ issuer: real.issuer, subject: 'inspector-1' });
    expect(await why(provider.complete(back, secrets))).toBe('flow');
  });

  test.each(['state', 'nonce', 'verifier'] as const)('with another %s is refused', async (name) => {
    const { url, secrets } = await provider.begin(callback);
    const back = await real.visit(url);
    const other = (await provider.begin(callback)).secrets;
    expect(await why(provider.complete(back, { ...secrets, [name]: other[name] }))).toBe('flow');
  });

  test('that the provider refused tells of nobody', async () => {
    const { secrets } = await provider.begin(callback);
    const back = `${callback}?error=access_denied&state=${secrets.state}&iss=${encodeURIComponent(real.issuer)}`;
    expect(await why(provider.complete(back, secrets))).toBe('flow');
  });
});

test('a provider that is away is asked again after a while, and until then nobody waits for it', async () => {
  const gone = await TestProvider.start(callback);
  const token = await gone.token();
  await gone.stop();
  let now = 0;
  const away = providerAt(gone.issuer, () => now);
  expect(await why(away.identityOf(token))).toBe('unavailable');
  expect(await why(away.begin(callback))).toBe('unavailable');
  now += 20_000;
  expect(await why(away.identityOf(token))).toBe('unavailable');
  expect(await why(away.identityOf(await real.token()))).toBe('issuer');
});

async function otherKey() {
  return generateKeyPair('ES256');
}
