import type { Words } from '../../domain/values/text.js';
import { base64Bytes, Malformed, quoted } from './malformed.js';
import {
  isKeyName,
  isSignature,
  type Signer,
  signatureOf,
  signatureTypes,
  type VerifierKey,
} from './vkey.js';

/** A line of signature under a note. */
export interface NoteSignature {
  /** The name of the key. */
  name: string;
  /** Eight hexadecimal digits, lower case. */
  keyId: string;
  /** What follows the key id: 64 bytes for Ed25519, 72 for a cosignature. */
  bytes: Buffer;
}

/** A signed note (C2SP signed-note): a text that ends with a line feed, and its signatures. */
export interface Note {
  text: string;
  signatures: NoteSignature[];
}

/** What a note says of a key: it signed it, it did not, or a line in its name is not its signature. */
export type SignedBy = 'valid' | 'absent' | 'invalid';

const subject: Words = { en: 'Signed note', zh: '签名文本' };
const dash = '—';
const mostSignatures = 100;

/**
 * Reads a note. Its signatures are not verified.
 *
 * @throws Malformed
 */
export function readNote(note: string | Uint8Array): Note {
  const whole = typeof note === 'string' ? note : utf8(note);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  const control = /[\x00-\x09\x0b-\x1f]/.exec(whole) ?? (whole.isWellFormed() ? null : ['half a character']);
  if (control !== null) {
    throw new Malformed(subject, quoted(control[0]), {
      en: 'no control character but the line feed',
      zh: '除换行外没有控制字符',
    });
  }
  const end = whole.lastIndexOf('\n\n');
  if (end < 0 || !whole.endsWith('\n')) {
    throw new Malformed(subject, quoted(whole.slice(-80)), {
      en: 'a text, an empty line and lines of signatures, each with a line feed',
      zh: '正文、一个空行和若干签名行，每行以换行结束',
    });
  }
  const text = whole.slice(0, end + 1);
  const lines = whole
    .slice(end + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0 || lines.length > mostSignatures) {
    throw new Malformed(
      subject,
      { en: `${lines.length} signatures`, zh: `${lines.length} 个签名` },
      { en: `1 to ${mostSignatures}`, zh: `1 至 ${mostSignatures} 个` },
    );
  }
  return { text, signatures: lines.map(readSignature) };
}

/** Reads one line of signature, without its line feed. @throws Malformed */
function readSignature(line: string): NoteSignature {
  const [start, name, encoded, ...more] = line.split(' ');
  const bytes = base64Bytes(encoded ?? '');
  const isWhole = start === dash && isKeyName(name ?? '') && more.length === 0 && (bytes?.length ?? 0) > 4;
  if (!isWhole || name === undefined || bytes === undefined) {
    throw new Malformed(subject, quoted(line), {
      en: '"— name base64", with the key id and the signature in base64',
      zh: '“— 名称 base64”，base64 中为密钥号和签名',
    });
  }
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
}

/** The text of a note. @throws Malformed its text does not end with a line feed */
export function noteText({ text, signatures }: Note): string {
  if (!text.endsWith('\n'))
    throw new Malformed(subject, quoted(text.slice(-80)), {
      en: 'a line feed at its end',
      zh: '以换行结束',
    });
  return `${text}\n${signatures.map((signature) => `${signatureLine(signature)}\n`).join('')}`;
}

/** A line of signature, without its line feed. */
export function signatureLine({ name, keyId, bytes }: NoteSignature): string {
  return `${dash} ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64')}`;
}

/** Signs a text that ends with a line feed, by a key of type Ed25519. */
export function signText(text: string, signer: Signer): NoteSignature {
  if (signer.type !== signatureTypes.ed25519)
    throw new TypeError(`key ${signer.name} signs checkpoints of others`);
  return { name: signer.name, keyId: signer.keyId, bytes: signatureOf(Buffer.from(text), signer) };
}

/**
 * Whether a key of type Ed25519 signed a note.
 *
 * A note with one valid and one invalid line of the key is `invalid`, as a reader should refuse it.
 */
export function signedBy(note: Note, key: VerifierKey): SignedBy {
  return verdictOn(note, key, (bytes) => isSignature(Buffer.from(note.text), bytes, key));
}

/** The lines of a key in a note, each checked by `isValid`. */
export function verdictOn(note: Note, key: VerifierKey, isValid: (bytes: Buffer) => boolean): SignedBy {
  const lines = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (lines.length === 0) return 'absent';
  return lines.every(({ bytes }) => isValid(bytes)) ? 'valid' : 'invalid';
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const seen = { en: 'bytes that are no UTF-8', zh: '不是 UTF-8 的字节' };
    throw Object.assign(new Malformed(subject, seen, 'UTF-8'), { cause });
  }
}
