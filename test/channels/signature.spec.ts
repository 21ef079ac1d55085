import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { expect, jest, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signedHeaders } from '../../src/channels/signature.js';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const nextSecret = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const stranger = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

const pair = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const raw = (url = '') => Buffer.from(url, 'base64url').toString('base64');
const key = { privateKey: raw(pair.d), publicKey: raw(pair.x) };

const sentAt = '2018-07-10T01:00:00.900Z';
const message = {
  id: '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e001',
  at: sentAt,
  body: '{"data":{"项目":"华奥二期"},"type":"alerts.notice"}',
};

// The verifying package reads the clock itself.
jest.useFakeTimers({ now: Date.parse(sentAt) });

test('a receiver verifies a notice with its secret', () => {
  const headers = signedHeaders(message, [secret], key);
  expect(headers['webhook-timestamp']).toBe('1531184400');
  expect(new Webhook(secret).verify(message.body, { ...headers })).toEqual(JSON.parse(message.body));
});

test('during a rotation the old and the new secret both verify, and no other', () => {
  const headers = { ...signedHeaders(message, [secret, nextSecret], key) };
  expect(new Webhook(secret).verify(message.body, headers)).toEqual(JSON.parse(message.body));
  expect(new Webhook(nextSecret).verify(message.body, headers)).toEqual(JSON.parse(message.body));
  expect(() => new Webhook(stranger).verify(message.body, headers)).toThrow('No matching signature found');
});

test('a changed body, a changed id and an old timestamp are refused', () => {
  const headers = { ...signedHeaders(message, [secret], key) };
  const webhook = new Webhook(secret);
  expect(() => webhook.verify(message.body.replace('二', '三'), headers)).toThrow('No matching signature');
  expect(() => webhook.verify(message.body, { ...headers, 'webhook-id': 'another' })).toThrow(
    'No matching signature',
  );
  jest.setSystemTime(Date.parse('2018-07-10T01:05:02Z'));
  expect(() => webhook.verify(message.body, headers)).toThrow('Message timestamp too old');
  jest.setSystemTime(Date.parse(sentAt));
});

test("a receiver without a secret verifies with the installation's public key", () => {
  const headers = signedHeaders(message, [secret], key);
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key.publicKey, 'base64').toString('base64url') },
  });
  const [, byKey] = headers['webhook-signature'].split(' ');
  const signature = Buffer.from(byKey?.replace('v1a,', '') ?? '', 'base64');
  const content = (body: string) => Buffer.from(`${message.id}.${headers['webhook-timestamp']}.${body}`);
  expect(byKey).toMatch(/^v1a,/);
  expect(verify(null, content(message.body), publicKey, signature)).toBe(true);
  expect(verify(null, content(`${message.body} `), publicKey, signature)).toBe(false);
});

test('a malformed secret is refused without being shown', () => {
  expect(() => signedHeaders(message, ['correct horse'], key)).toThrow(
    'A webhook secret is not whsec_ followed by base64.',
  );
});
