import { hash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A credential as its holder has it: the public id by which it is found, and the secret that proves it. */
export interface KeyParts {
  credential: string;
  secret: string;
}

/** Random bytes of a secret. */
export const secretBytes = 32;

const shape = /^(tpo_([a-z0-9]{8})_([A-Za-z0-9_-]{43}))([0-9a-f]{8})$/;

/**
 * The text of a key: `tpo_`, the public id, `_`, the secret in base64url, and a checksum by which scanners of secrets
 * and mistyped keys are recognised without a look-up.
 */
export function keyText({ credential, secret }: KeyParts): string {
  const body = `tpo_${credential}_${secret}`;
  return body + checksum(body);
}

/** The parts of a key; undefined for a text that is none, or whose checksum is wrong. */
export function keyParts(text: string): KeyParts | undefined {
  const [, body, credential, secret, sum] = shape.exec(text) ?? [];
  if (body === undefined || credential === undefined || secret === undefined) return undefined;
  return checksum(body) === sum ? { credential, secret } : undefined;
}

/** What is stored of a secret: it is random, so a fast hash is as good as a slow one, and no lever for attackers. */
export function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares a secret with a stored hash in constant time. */
export function isSecretOf(stored: string, secret: string): boolean {
  const [known, said] = [Buffer.from(stored), Buffer.from(hashOf(secret))];
  return known.length === said.length && timingSafeEqual(known, said);
}

/** A public id from random bytes in base64. */
export function publicId(random: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = Buffer.from(random, 'base64').subarray(0, 8);
  return [...bytes].map((byte) => letters[byte % letters.length]).join('');
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
