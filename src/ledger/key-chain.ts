import { listed } from '../../domain/values/punctuation.js';
import type { Words } from '../../domain/values/text.js';
import { WrongSignature } from './checkpoint.js';
import { Malformed } from './malformed.js';
import { readNote, signedBy } from './note.js';
import { readVerifierKey, type VerifierKey } from './vkey.js';

/** A key of a log as it is published, and the note by which the key before hands over to it. */
export interface PublishedKey {
  /** `name+keyid+base64` (C2SP signed-note). */
  vkey: string;
  handover?: string | undefined;
}

/** The second line of a note by which a key hands over to the next; the third one is the next key. */
export const handoverTitle = 'ledger key';

/** True if the note names the next key, and both keys signed it. */
export function isHandedOver(
  before: VerifierKey,
  next: VerifierKey,
  { vkey, handover = '' }: PublishedKey,
): boolean {
  try {
    const note = readNote(handover);
    const [, title, named] = note.text.split('\n');
    const isWhole = title === handoverTitle && named === vkey;
    return isWhole && [before, next].every((key) => signedBy(note, key) === 'valid');
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return false;
  }
}

/**
 * The keys of a log from a pinned one on, each handed over to by the one before.
 *
 * @param published all keys of the log, the first one first
 * @throws Malformed a key cannot be read
 * @throws WrongSignature the pinned key is not among them, or a key after it was not handed over to
 */
export function keysFrom(pinned: VerifierKey, published: readonly PublishedKey[]): VerifierKey[] {
  const keys = published.map(({ vkey }) => readVerifierKey(vkey));
  const first = keys.findIndex(
    ({ publicKey, name }) => name === pinned.name && publicKey.equals(pinned.publicKey),
  );
  if (first < 0) throw new WrongSignature(notAmong(pinned, keys));
  for (let at = first + 1; at < keys.length; at += 1) {
    const [before, key, one] = [keys[at - 1], keys[at], published[at]];
    if (before && key && one && !isHandedOver(before, key, one))
      throw new WrongSignature(notHandedOver(before, key));
  }
  return keys.slice(first);
}

function notAmong(pinned: VerifierKey, keys: readonly VerifierKey[]): Words {
  const seen = keys.map(nameOf);
  return {
    en: `The log names the keys ${listed(seen, 'en') || '–'}; expected ${nameOf(pinned)} among them, the key that was pinned.`,
    zh: `日志公布的密钥为 ${listed(seen, 'zh') || '–'}；其中应有已固定的密钥 ${nameOf(pinned)}。`,
  };
}

function notHandedOver(before: VerifierKey, key: VerifierKey): Words {
  return {
    en: `The key ${nameOf(key)} has no note signed by ${nameOf(before)} that hands over to it.`,
    zh: `密钥 ${nameOf(key)} 没有由 ${nameOf(before)} 签名的交接文本。`,
  };
}

const nameOf = ({ name, keyId }: VerifierKey): string => `${name}+${keyId}`;
