import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Words } from '../../domain/values/text.js';
import { base64Bytes, Malformed, quoted } from './malformed.js';

/** The signature types that Topout knows (C2SP signed-note): a log signs by the first, a witness by the second. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const;

export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** Whose signatures are checked. Name and key id say which key made a signature. */
export interface VerifierKey {
  name: string;
  /** Eight hexadecimal digits, lower case. */
  keyId: string;
  type: SignatureType;
  /** 32 bytes (RFC 8032). */
  publicKey: Buffer;
}

/** A key that signs. */
export interface Signer extends VerifierKey {
  privateKey: KeyObject;
}

const subject: Words = { en: 'Verifier key', zh: '验证密钥' };
const publicKeyHead = Buffer.from('302a300506032b6570032100', 'hex');
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');

/** True for a name of a key: not empty, without Unicode spaces, control characters and plus signs. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}\p{Cc}+]/u.test(name) && name.isWellFormed();
}

/**
 * The verifier key of a name and a public key.
 *
 * @throws Malformed the name cannot be that of a key, or the key is not 32 bytes long
 */
export function verifierKey(name: string, type: SignatureType, publicKey: Buffer): VerifierKey {
  if (!isKeyName(name)) {
    throw new Malformed(subject, quoted(name), {
      en: 'a name without spaces and plus signs',
      zh: '不含空格和加号的名称',
    });
  }
  if (publicKey.length !== 32) {
    const seen = { en: `a key of ${publicKey.length} bytes`, zh: `${publicKey.length} 字节的密钥` };
    throw new Malformed(subject, seen, { en: '32 bytes', zh: '32 字节' });
  }
  const bytes = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]);
  return { name, type, publicKey, keyId: hash('sha256', bytes, 'hex').slice(0, 8) };
}

/** The text of a verifier key: `name+keyid+base64` (C2SP signed-note). */
export function verifierKeyText({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${Buffer.concat([Buffer.of(type), publicKey]).toString('base64')}`;
}

/**
 * Reads the text of a verifier key.
 *
 * @throws Malformed it is not one, its id is not that of its name and key, or its type is unknown
 */
export function readVerifierKey(text: string): VerifierKey {
  // The base64 may have plus signs of its own.
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  const bytes = base64Bytes(encoded ?? '');
  if (name === undefined || keyId === undefined || bytes === undefined) {
    throw new Malformed(subject, quoted(text), {
      en: 'name+keyid+base64',
      zh: '“名称+密钥号+base64”',
    });
  }
  const type = bytes[0];
  if (type !== signatureTypes.ed25519 && type !== signatureTypes.cosignature) {
    throw new Malformed(
      subject,
      { en: `signature type ${type}`, zh: `签名类型 ${type}` },
      { en: '1 or 4 (Ed25519)', zh: '1 或 4（Ed25519）' },
    );
  }
  const key = verifierKey(name, type, bytes.subarray(1));
  if (key.keyId !== keyId) {
    const seen = { en: `key id ${keyId} for ${name}`, zh: `${name} 的密钥号为 ${keyId}` };
    throw new Malformed(subject, seen, key.keyId);
  }
  return key;
}

/** The signer of a name and an Ed25519 private key. @throws Malformed */
export function signerOf(name: string, type: SignatureType, privateKey: KeyObject): Signer {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { ...verifierKey(name, type, spki.subarray(publicKeyHead.length)), privateKey };
}

/** The Ed25519 private key of a seed of 32 bytes (RFC 8032). */
export function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' });
}

/** The 64 bytes of an Ed25519 signature. */
export function signatureOf(message: Buffer, { privateKey }: Signer): Buffer {
  return sign(null, message, privateKey);
}

/** True if the key made these 64 bytes for the message. */
export function isSignature(message: Buffer, signature: Buffer, { publicKey }: VerifierKey): boolean {
  if (signature.length !== 64) return false;
  const key = Buffer.concat([publicKeyHead, publicKey]);
  return verify(null, message, createPublicKey({ key, format: 'der', type: 'spki' }), signature);
}
