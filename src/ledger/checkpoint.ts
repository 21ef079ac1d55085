import { listed } from '../../domain/values/punctuation.js';
import type { Words } from '../../domain/values/text.js';
import { base64Bytes, decimal, Malformed, quoted } from './malformed.js';
import { type Note, noteText, readNote, signedBy, signText } from './note.js';
import type { Signer, VerifierKey } from './vkey.js';

/** What a log states of its tree (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The identity of the log. */
  origin: string;
  /** The number of entries. */
  size: number;
  /** The RFC 6962 root of that many entries, 32 bytes. */
  root: Buffer;
  /** Further lines, which no monitor of a log can check; Topout writes none. */
  extensions?: string[];
}

/** A checkpoint with the note it came in. */
export interface SignedCheckpoint {
  checkpoint: Checkpoint;
  note: Note;
}

/** A checkpoint that is not signed by the key it has to be signed by. */
export class WrongSignature extends Error {
  constructor(readonly words: Words) {
    super(words.en);
  }
}

const subject: Words = { en: 'Checkpoint', zh: '检查点' };

/** The text that a log signs: origin, size and root, each on a line. */
export function checkpointText({ origin, size, root, extensions = [] }: Checkpoint): string {
  return [origin, size, root.toString('base64'), ...extensions, ''].join('\n');
}

/** Reads the text of a checkpoint. @throws Malformed */
export function readCheckpointText(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin, size, root, ...extensions] = lines.slice(0, -1);
  const [entries, bytes] = [decimal(size ?? ''), base64Bytes(root ?? '')];
  const isWhole = lines.length > 3 && lines.at(-1) === '' && !lines.slice(0, -1).includes('');
  if (!isWhole || origin === undefined || entries === undefined || bytes?.length !== 32) {
    throw new Malformed(subject, quoted(text), {
      en: 'three lines: the origin, the size in decimal digits, the root of 32 bytes in base64',
      zh: '三行：来源、十进制的大小、base64 编码的 32 字节根散列',
    });
  }
  return { origin, size: entries, root: bytes, ...(extensions.length > 0 ? { extensions } : {}) };
}

/** Reads a checkpoint as it is published. Its signatures are not verified. @throws Malformed */
export function readCheckpoint(note: string | Uint8Array): SignedCheckpoint {
  const read = readNote(note);
  return { checkpoint: readCheckpointText(read.text), note: read };
}

/** A checkpoint signed by its log, as it is published. The name of the key is the origin. */
export function signedCheckpoint(checkpoint: Checkpoint, ...signers: [Signer, ...Signer[]]): string {
  const text = checkpointText(checkpoint);
  return noteText({ text, signatures: signers.map((signer) => signText(text, signer)) });
}

/**
 * Reads a checkpoint that one of these keys of the log signed.
 *
 * @throws Malformed
 * @throws WrongSignature it is of another origin, none of the keys signed it, or a line in the name of one is not its signature
 */
export function openCheckpoint(note: string | Uint8Array, keys: readonly VerifierKey[]): SignedCheckpoint {
  const opened = readCheckpoint(note);
  requireSigned(opened, keys);
  return opened;
}

/** The key of the log that signed a checkpoint; its name is the origin. @throws WrongSignature */
export function requireSigned(
  { checkpoint: { origin }, note }: SignedCheckpoint,
  keys: readonly VerifierKey[],
): VerifierKey {
  const known = keys.filter(({ name }) => name === origin);
  const verdicts = known.map((key) => signedBy(note, key));
  const at = verdicts.indexOf('invalid');
  const invalid = at < 0 ? undefined : known[at];
  if (invalid !== undefined) {
    throw new WrongSignature({
      en: `The signature in the name of ${nameOf(invalid)} is not valid for this checkpoint.`,
      zh: `以 ${nameOf(invalid)} 名义的签名对此检查点无效。`,
    });
  }
  const signer = known[verdicts.indexOf('valid')];
  if (signer !== undefined) return signer;
  const seen = note.signatures.map(nameOf);
  const expected = keys.map(nameOf);
  throw new WrongSignature({
    en: `The checkpoint of ${origin} is signed by ${listed(seen, 'en')}; expected a signature by ${listed(expected, 'en') || '–'}.`,
    zh: `${origin} 的检查点由 ${listed(seen, 'zh')} 签名；应由 ${listed(expected, 'zh') || '–'} 签名。`,
  });
}

function nameOf({ name, keyId }: { name: string; keyId: string }): string {
  return `${name}+${keyId}`;
}
