import type { Words } from '../../domain/values/text.js';
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { base64Bytes, decimal, Malformed, quoted } from './malformed.js';
import { noteText } from './note.js';

/** Where an entry is in a tree: its index from 0, and the hashes from its sibling to the children of the root. */
export interface InclusionPath {
  index: number;
  /** 32 bytes each. */
  hashes: Buffer[];
}

/** A proof that an entry is in a log (C2SP tlog-proof), which is checked without the log. */
export interface ProofFile extends InclusionPath {
  /** Of the application, not authenticated. */
  extra?: Buffer;
  signed: SignedCheckpoint;
}

const subject: Words = { en: 'Proof of inclusion', zh: '包含证明' };
const proofTitle = 'c2sp.org/tlog-proof@v1';
const mostHashes = 63;

/** The text of a proof. */
export function proofText({ signed, ...proof }: ProofFile): string {
  return `${proofHead(proof)}\n${noteText(signed.note)}`;
}

/** The lines of a proof before the empty line and the checkpoint. */
export function proofHead({ index, hashes, extra }: InclusionPath & { extra?: Buffer }): string {
  const lines = [
    proofTitle,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...hashes.map((one) => one.toString('base64')),
  ];
  return `${lines.join('\n')}\n`;
}

/** Reads a proof; neither its hashes nor its signatures are verified. @throws Malformed */
export function readProof(text: string): ProofFile {
  const end = text.indexOf('\n\n');
  if (end < 0) throw malformed(text);
  return { ...readProofHead(text.slice(0, end + 1)), signed: readCheckpoint(text.slice(end + 2)) };
}

/** Reads the lines of a proof before the empty line. @throws Malformed */
export function readProofHead(text: string): InclusionPath & { extra?: Buffer } {
  const [title, ...lines] = text.split('\n').slice(0, -1);
  const hasExtra = lines[0]?.startsWith('extra ') ?? false;
  const extra = hasExtra ? base64Bytes(lines.shift()?.slice('extra '.length) ?? '') : undefined;
  const first = lines.shift() ?? '';
  const index = first.startsWith('index ') ? decimal(first.slice('index '.length)) : undefined;
  const hashes = lines.map(base64Bytes).filter((one) => one?.length === 32) as Buffer[];
  const isWhole =
    title === proofTitle &&
    text.endsWith('\n') &&
    hasExtra === (extra !== undefined) &&
    hashes.length === lines.length &&
    hashes.length <= mostHashes;
  if (!isWhole || index === undefined) throw malformed(text);
  return { index, hashes, ...(extra === undefined ? {} : { extra }) };
}

function malformed(text: string): Malformed {
  return new Malformed(subject, quoted(text), {
    en: `"${proofTitle}", "index" with a number, and hashes of 32 bytes in base64, each on a line`,
    zh: `逐行为“${proofTitle}”、“index”加数字、base64 编码的 32 字节散列`,
  });
}
