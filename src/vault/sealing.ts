import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Sealed } from '../../domain/governance/events.js';

/** Of the nonce of a sealed text. */
export const nonceBytes = 12;
const tagBytes = 16;

/**
 * A text sealed by AES-256-GCM: nonce, ciphertext and tag, in base64url.
 *
 * @param key 32 bytes
 * @param about what the text is bound to; it opens with the same only
 * @param nonce 12 bytes, which no other text may share under this key
 */
export function sealedText(key: Buffer, text: string, about: string, nonce: Buffer): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return { sealed: Buffer.concat(parts).toString('base64url') };
}

/** The text in a sealed value; undefined if it was sealed with another key, for something else, or modified. */
export function openedText(key: Buffer, { sealed }: Sealed, about: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-tagBytes));
  try {
    const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([text, decipher.final()]).toString();
  } catch {
    return undefined;
  }
}
