import type { Words } from '../../domain/values/text.js';
import { base64Bytes, Malformed } from './malformed.js';
import { privateKeyOf, type Signer, signatureTypes, signerOf } from './vkey.js';

const subject: Words = { en: 'Key of a witness', zh: '见证方的密钥' };
const title = 'PRIVATE+KEY+';

/** The key of a witness, of a seed of 32 bytes (RFC 8032). @throws Malformed the name cannot be that of a key */
export function signerOfSeed(name: string, seed: Buffer): Signer {
  return signerOf(name, signatureTypes.cosignature, privateKeyOf(seed));
}

/** The text of a private key, as tools of Go's sumdb/note write it: `PRIVATE+KEY+name+keyid+base64`. It is secret. */
export function signerText({ name, keyId, type, privateKey }: Signer): string {
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  return `${title}${name}+${keyId}+${Buffer.concat([Buffer.of(type), seed]).toString('base64')}`;
}

/** Reads the text of a private key of a witness. @throws Malformed which does not show the text */
export function readSigner(text: string): Signer {
  const [, name = '', keyId, encoded = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  const bytes = base64Bytes(encoded);
  if (bytes?.length === 33 && bytes[0] === signatureTypes.cosignature) {
    const signer = signerOfSeed(name, bytes.subarray(1));
    if (signer.keyId === keyId) return signer;
  }
  throw new Malformed(
    subject,
    { en: 'a file that holds none', zh: '文件中没有密钥' },
    { en: 'PRIVATE+KEY+name+keyid+base64, of type 4', zh: '“PRIVATE+KEY+名称+密钥号+base64”，类型为 4' },
  );
}
