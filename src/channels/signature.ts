import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { Instant } from '../../domain/values/days/calendar.js';

/** The signed content: the message id shared by all attempts, the instant of this attempt, and the body. */
export interface Message {
  id: string;
  at: Instant;
  body: string;
}

/** An Ed25519 key pair, raw and in base64. */
export interface SigningKey {
  privateKey: string;
  publicKey: string;
}

/** The headers of Standard Webhooks 1.0. */
export interface SignedHeaders {
  'webhook-id': string;
  /** Seconds since 1970. */
  'webhook-timestamp': string;
  /** Separated by spaces: a `v1` for each secret in force, then the installation's `v1a`. */
  'webhook-signature': string;
}

const secretPrefix = 'whsec_';

/**
 * Signs a message by Standard Webhooks 1.0: `id.timestamp.body` with HMAC-SHA256 for each secret, and with Ed25519.
 *
 * @throws Error a secret is not `whsec_` and base64
 */
export function signedHeaders(message: Message, secrets: readonly string[], key: SigningKey): SignedHeaders {
  const timestamp = `${Math.floor(Date.parse(message.at) / 1000)}`;
  const content = Buffer.from(`${message.id}.${timestamp}.${message.body}`);
  const bySecret = secrets.map((secret) => {
    return `v1,${createHmac('sha256', bytesOf(secret)).update(content).digest('base64')}`;
  });
  const byKey = `v1a,${sign(null, content, privateKeyOf(key)).toString('base64')}`;
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': [...bySecret, byKey].join(' '),
  };
}

function bytesOf(secret: string): Buffer {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : '';
  const bytes = Buffer.from(text, 'base64');
  // The error message is logged and so must not contain the secret.
  if (bytes.length === 0) throw new Error('A webhook secret is not whsec_ followed by base64.');
  return bytes;
}

function privateKeyOf({ privateKey, publicKey }: SigningKey) {
  const url = (base64: string) => Buffer.from(base64, 'base64').toString('base64url');
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', d: url(privateKey), x: url(publicKey) },
  });
}
