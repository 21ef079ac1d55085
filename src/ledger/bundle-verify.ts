import { createHash } from 'node:crypto';
import type { Words } from '../../domain/values/text.js';
import { bundleTitle, filesIn, mostLineBytes } from './bundle-format.js';
import { headOf, type VerifiedHead } from './bundle-head.js';
import { BundleFault, type BundleReport, type FaultyEntry } from './bundle-report.js';
import { base64Bytes, decimal, quoted } from './malformed.js';
import type { Policy } from './policy.js';
import { readProofHead } from './proof-file.js';
import { isIncluded, leafHash } from './tree.js';

/** A line without its line feed; `undefined` at the end of the file, `null` at an end within a line. */
export type BundleLine = Buffer | undefined | null;

const mostGroupLines = 1_000;
const endOfBody =
  /,"id":"([^"\\]*)","prev":"([A-Za-z0-9_-]{43})","rev":(0|[1-9][0-9]{0,14}),"schema":[0-9]+,"stream":"([a-z0-9-]+)","type":"[A-Za-z0-9]+","v":1}$/;
const noPrev = 'A'.repeat(43);

/**
 * Verifies a bundle (docs/bundle-format.md), line by line: each `next` gives one line, the last one the end of the file.
 *
 * @param own the reader's policy; without it the one that the bundle brings counts
 */
export function* bundleVerification(own?: Policy): Generator<undefined, BundleReport, BundleLine> {
  const lines = { count: 0 };
  const found: BundleReport = {
    verdict: 'ok',
    words: { en: '', zh: '' },
    entries: 0,
    files: [],
    witnesses: [],
  };
  try {
    yield* verified(own, found, lines);
    const { entries, stream } = found;
    found.words = {
      en: `All ${entries} entries of ${stream} are as they were when the checkpoint was signed.`,
      zh: `${stream} 的全部 ${entries} 条记录与检查点签名时一致。`,
    };
    return found;
  } catch (fault) {
    if (!(fault instanceof BundleFault)) throw fault;
    const { verdict, words, entry } = fault;
    return { ...found, verdict, words, line: lines.count, ...(entry === undefined ? {} : { entry }) };
  }
}

function* verified(
  own: Policy | undefined,
  found: BundleReport,
  lines: { count: number },
): Generator<undefined, void, BundleLine> {
  const digest = createHash('sha256');
  let isHead = true;
  function* next(): Generator<undefined, Buffer, BundleLine> {
    const line = yield;
    lines.count += 1;
    if (!line) throw new BundleFault('missing', endsEarly);
    if (line.length > mostLineBytes) throw damaged(quoted(line.toString('utf8', 0, 80)), lineLimit);
    if (isHead) digest.update(line).update('\n');
    return line;
  }
  const first = yield;
  lines.count += 1;
  if (first?.toString('latin1') !== bundleTitle) throw new BundleFault('unreadable', noBundle);
  digest.update(`${bundleTitle}\n`);

  const stream = /^stream ([a-z0-9-]+)$/.exec(latin1(yield* next()))?.[1];
  if (stream === undefined) throw damagedLine('stream');
  found.stream = stream;
  const entries = numberAfter('entries', yield* next());
  if (entries === 0) throw damagedLine('entries');
  const policy = yield* group('policy', yield* next(), next);
  const checkpoint = yield* group('checkpoint', yield* next(), next);
  isHead = false;
  let line = yield* next();
  let earlier: Buffer | undefined;
  let consistency: Buffer | undefined;
  const addToHead = (one: Buffer) => digest.update(one).update('\n');
  if (latin1(line).startsWith('earlier ')) {
    isHead = true;
    addToHead(line);
    earlier = yield* group('earlier', line, next);
    consistency = yield* group('consistency', yield* next(), next);
    isHead = false;
    line = yield* next();
  }
  const stated = /^head ([0-9a-f]{64})$/.exec(latin1(line))?.[1];
  if (stated === undefined) throw damagedLine('head');
  const head = headOf({ policy, checkpoint, earlier, consistency }, own);
  Object.assign(found, head.report);
  if (digest.digest('hex') !== stated) throw new BundleFault('structure-damaged', headChanged);

  line = yield* verifiedEntries(stream, entries, head, found, next);
  yield* verifiedFiles(line, found, next);
  if ((yield) !== undefined)
    throw damaged({ en: 'bytes after the line "end"', zh: '“end”行之后还有字节' }, theEnd);
}

type Next = () => Generator<undefined, Buffer, BundleLine>;

/** Verifies the entries, and returns the line after them. */
function* verifiedEntries(
  stream: string,
  count: number,
  { checkpoint: { size, root } }: VerifiedHead,
  found: BundleReport,
  next: Next,
): Generator<undefined, Buffer, BundleLine> {
  let prev = noPrev;
  let lastIndex = -1;
  const files = new Set<string>();
  let line = yield* next();
  for (; latin1(line).startsWith('entry '); line = yield* next()) {
    const entry: FaultyEntry = { number: found.entries + 1 };
    if (found.entries === count)
      throw damaged({ en: `more than ${count} entries`, zh: `多于 ${count} 条记录` }, asStated);
    const leaf = base64Bytes(line.toString('latin1', 'entry '.length));
    if (leaf?.length !== 32) throw damagedLine('entry', entry);
    const body = yield* next();
    const bytes = body.toString('latin1');
    const [, id = '', link, rev = '', of] =
      endOfBody.exec(bytes.slice(-1_000)) ?? endOfBody.exec(bytes) ?? [];
    if (of !== undefined) Object.assign(entry, { stream: of, revision: Number(rev), id: utf8(id) });
    if (!leafHash(body).equals(leaf)) throw new BundleFault('content-changed', contentChanged, entry);
    if (of !== stream) throw new BundleFault('structure-damaged', otherBody(stream), entry);
    if (Number(rev) > found.entries) throw new BundleFault('missing', leftOut(found.entries, rev), entry);
    if (Number(rev) < found.entries)
      throw new BundleFault('structure-damaged', leftOut(found.entries, rev), entry);
    if (link !== prev) throw new BundleFault('link-broken', linkBroken, entry);
    const { index, hashes } = proofIn(yield* group('proof', yield* next(), next), entry);
    if (index <= lastIndex)
      throw damaged({ en: `index ${index}`, zh: `序号 ${index}` }, above(lastIndex), entry);
    if (!isIncluded({ leaf, index, size, proof: hashes, root }))
      throw new BundleFault('root-mismatch', notInTree(index), entry);
    for (const file of filesIn(bytes)) files.add(file);
    prev = leaf.toString('base64url');
    lastIndex = index;
    found.entries += 1;
  }
  if (found.entries < count) throw new BundleFault('missing', fewerEntries(found.entries, count));
  found.files = [...files].sort();
  return line;
}

/** Verifies the list of files and the line `end`. */
function* verifiedFiles(
  first: Buffer,
  { files }: BundleReport,
  next: Next,
): Generator<undefined, void, BundleLine> {
  let line = latin1(first);
  const named = new Set(files);
  const listed = new Set<string>();
  let last = '';
  for (; line.startsWith('file '); line = latin1(yield* next())) {
    const hash = line.slice('file '.length);
    if (!/^[0-9a-f]{64}$/.test(hash) || hash <= last || !named.has(hash)) throw damagedLine('file');
    listed.add(hash);
    last = hash;
  }
  if (line !== 'end') throw damagedLine('end');
  const missing = files.find((hash) => !listed.has(hash));
  if (missing !== undefined) throw new BundleFault('missing', fileMissing(missing));
}

/** The lines of a group, each with its line feed. */
function* group(name: string, title: Buffer, next: Next): Generator<undefined, Buffer, BundleLine> {
  const count = numberAfter(name, title);
  if (count > mostGroupLines) throw damagedLine(name);
  const lines: Buffer[] = [];
  for (let at = 0; at < count; at += 1) lines.push(yield* next(), lineFeed);
  return Buffer.concat(lines);
}

function proofIn(text: Buffer, entry: FaultyEntry): { index: number; hashes: Buffer[] } {
  const lines = latin1(text);
  try {
    if (!lines.includes('\nextra ')) return readProofHead(lines);
  } catch {
    // Then it is damaged as well.
  }
  throw damagedLine('proof', entry);
}

function numberAfter(name: string, line: Buffer): number {
  const [start, digits = '', ...more] = latin1(line).split(' ');
  const value = start === name && more.length === 0 ? decimal(digits) : undefined;
  if (value === undefined) throw damagedLine(name);
  return value;
}

const lineFeed = Buffer.from('\n');
const latin1 = (line: Buffer): string => line.toString('latin1');
const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

function damaged(seen: Words, expected: Words, entry?: FaultyEntry): BundleFault {
  const words = {
    en: `Seen: ${seen.en}; expected ${expected.en}.`,
    zh: `所见：${seen.zh}；应为${expected.zh}。`,
  };
  return new BundleFault('structure-damaged', words, entry);
}

function damagedLine(name: string, entry?: FaultyEntry): BundleFault {
  const words = {
    en: `The line "${name}" is not as the format says.`,
    zh: `“${name}”行不符合格式。`,
  };
  return new BundleFault('structure-damaged', words, entry);
}

const endsEarly: Words = {
  en: 'The file ends before its line "end": it was cut short.',
  zh: '文件在“end”行之前结束：文件被截断。',
};
const lineLimit: Words = {
  en: `lines of at most ${mostLineBytes} bytes`,
  zh: `每行至多 ${mostLineBytes} 字节`,
};
const noBundle: Words = {
  en: `The first line is not "${bundleTitle}": this is no bundle.`,
  zh: `首行不是“${bundleTitle}”：这不是证据包。`,
};
const headChanged: Words = {
  en: 'The lines before "head" do not have the hash that it states.',
  zh: '“head”之前的各行与其声明的散列不符。',
};
const theEnd: Words = { en: 'nothing after it', zh: '其后没有内容' };
const asStated: Words = { en: 'as many as the head states', zh: '与文件头声明的数量一致' };
const contentChanged: Words = {
  en: 'The content of this entry does not have the hash that was signed for it: it was changed.',
  zh: '此条记录的内容与为其签名的散列不符：内容被改动。',
};
const linkBroken: Words = {
  en: 'This entry names another entry before it than the one in the bundle.',
  zh: '此条记录所指的前一条与证据包中的前一条不同。',
};

function otherBody(stream: string): Words {
  return {
    en: `The end of the body is not that of an entry of ${stream}.`,
    zh: `正文结尾不是 ${stream} 的记录。`,
  };
}

function leftOut(expected: number, seen: string): Words {
  return {
    en: `Revision ${seen} comes where revision ${expected} is expected.`,
    zh: `应为修订号 ${expected} 之处出现修订号 ${seen}。`,
  };
}

function above(index: number): Words {
  return { en: `one above ${index}`, zh: `大于 ${index}` };
}

function notInTree(index: number): Words {
  return {
    en: `The proof of this entry (index ${index}) does not lead to the root of the checkpoint.`,
    zh: `此条记录（序号 ${index}）的证明得不到检查点的根散列。`,
  };
}

function fewerEntries(seen: number, stated: number): Words {
  return {
    en: `The bundle has ${seen} entries, and states ${stated}.`,
    zh: `证据包含 ${seen} 条记录，而声明为 ${stated} 条。`,
  };
}

function fileMissing(hash: string): Words {
  return { en: `The file ${hash} of an entry is not listed.`, zh: `未列出某条记录的文件 ${hash}。` };
}
