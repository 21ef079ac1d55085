import { hash } from 'node:crypto';
import type { Verdict } from '../../src/ledger/verdicts.js';
import { verifierKeyText } from '../../src/ledger/vkey.js';
import {
  logKey,
  type SampleLog,
  sampleBundle,
  sampleCheckpoint,
  sampleLog,
  witnessKey,
} from './bundle-samples.js';

/** A bundle that was altered, and what every verifier says of it. */
export interface Alteration {
  title: string;
  bundle: string | Buffer;
  /** Of the reader; absent where the one in the bundle counts. */
  policy?: string;
  verdict: Verdict;
}

/** Thirty-odd alterations of one bundle of a log, each different. */
export function alterations(log: SampleLog): Alteration[] {
  const witnesses = [witnessKey(1)];
  const whole = sampleBundle(log, { witnesses, quorum: 'quorum w1', earlierSize: 8 });
  const entries =
    whole.match(/^entry [^\n]+\n[^\n]+\nproof \d+\n(?:(?!entry |file |end\n)[^\n]*\n)*/gm) ?? [];
  const [first = '', second = '', third = '', last = ''] = [...entries.slice(0, 3), entries.at(-1)];
  const other = sampleLog(log.bodies.length, ['project-school', 'project-east-road']);
  const change = (from: string | RegExp, to: string) => whole.replace(from, () => to);
  const head = (from: string | RegExp, to: string) => stated(change(from, to));
  const own = (...lines: string[]) => [`log ${verifierKeyText(logKey(1))}`, ...lines, ''].join('\n');
  return [
    {
      title: 'a word of an entry is another one',
      bundle: change('"item":"roof-2"', '"item":"wall-2"'),
      verdict: 'content-changed',
    },
    {
      title: 'the leaf of an entry is that of another',
      bundle: whole.replace(leafOf(first), leafOf(second)),
      verdict: 'content-changed',
    },
    {
      title: 'an entry and its leaf are both replaced',
      bundle: whole.replace(first, rehashed(first.replace('roof-0', 'roof-9'))),
      verdict: 'root-mismatch',
    },
    {
      title: 'an entry names another one before it, and has the leaf of that',
      bundle: whole.replace(second, rehashed(second.replace(/"prev":"./, '"prev":"-'))),
      verdict: 'link-broken',
    },
    {
      title: 'an entry in the middle is left out',
      bundle: counted(whole.replace(second, ''), -1),
      verdict: 'missing',
    },
    {
      title: 'the first entry is left out',
      bundle: counted(whole.replace(first, ''), -1),
      verdict: 'missing',
    },
    { title: 'the last entry is left out', bundle: whole.replace(last, ''), verdict: 'missing' },
    {
      title: 'an entry comes twice',
      bundle: counted(whole.replace(second, second + second), 1),
      verdict: 'structure-damaged',
    },
    {
      title: 'two entries change places',
      bundle: whole.replace(second + third, third + second),
      verdict: 'missing',
    },
    {
      title: 'an entry of another project is put in',
      bundle: counted(whole.replace(second, first.replace('east-road', 'school') + second), 1),
      verdict: 'content-changed',
    },
    {
      title: 'there is one entry more than stated',
      bundle: counted(whole, -1),
      verdict: 'structure-damaged',
    },
    {
      title: 'a hash of a proof is another one',
      bundle: whole.replace(
        third,
        third.replace(/(index \d+\n)(.)/, (_, at: string, one: string) => at + (one === 'A' ? 'B' : 'A')),
      ),
      verdict: 'root-mismatch',
    },
    {
      title: 'a proof lacks its last hash',
      bundle: whole.replace(third, shortened(third)),
      verdict: 'root-mismatch',
    },
    {
      title: 'a proof is for another index',
      bundle: whole.replace(third, third.replace('index 4', 'index 5')),
      verdict: 'root-mismatch',
    },
    {
      title: 'an index goes back',
      bundle: whole.replace(third, third.replace('index 4', 'index 1')),
      verdict: 'structure-damaged',
    },
    {
      title: 'an index is beyond the tree',
      bundle: whole.replace(third, third.replace('index 4', 'index 400')),
      verdict: 'root-mismatch',
    },
    {
      title: 'a proof has stray bits in its base64',
      bundle: whole.replace(third, strayBits(third)),
      verdict: 'structure-damaged',
    },
    {
      title: 'the size of the checkpoint is another one',
      bundle: head(/\n30\n/, '\n31\n'),
      verdict: 'signature-invalid',
    },
    {
      title: 'the signature is of another checkpoint',
      bundle: sampleBundle(log, { size: 29 }).replace(/\n29\n/, '\n30\n'),
      verdict: 'signature-invalid',
    },
    {
      title: 'the checkpoint is of another installation',
      bundle: sampleBundle(log, { log: logKey(2, 'other.example'), stated: logKey(1) }),
      verdict: 'signature-invalid',
    },
    {
      title: 'the whole bundle is signed by a foreign key',
      bundle: sampleBundle(log, { log: logKey(2) }),
      policy: own('quorum none'),
      verdict: 'signature-invalid',
    },
    {
      title: 'the cosignature that the quorum needs is missing',
      bundle: head(/— witness-1\.example [^\n]+\n/, '').replace('checkpoint 6', 'checkpoint 5'),
      verdict: 'signature-invalid',
    },
    {
      title: 'a cosignature has another time',
      bundle: head(/(— witness-1\.example \S{12})./, '— witness-1.example AAAAAAAAAAAAA'),
      verdict: 'signature-invalid',
    },
    {
      title: 'the quorum of the reader is not met',
      bundle: whole,
      policy: own(
        `witness w1 ${verifierKeyText(witnessKey(1))}`,
        `witness w9 ${verifierKeyText(witnessKey(9))}`,
        'group both all w1 w9',
        'quorum both',
      ),
      verdict: 'signature-invalid',
    },
    {
      title: 'the tree is another one than that of the checkpoint',
      bundle: withCheckpoint(whole, sampleCheckpoint(other.tree, 30, logKey(1), witnesses)),
      verdict: 'not-append-only',
    },
    {
      title: 'the earlier checkpoint is of another history',
      bundle: sampleBundle(log, { earlierSize: 8, earlierLog: { tree: other.tree } }),
      verdict: 'not-append-only',
    },
    {
      title: 'the earlier checkpoint is of another log',
      bundle: sampleBundle(log, { earlierSize: 8, earlierLog: { key: logKey(3, 'other.example') } }),
      verdict: 'signature-invalid',
    },
    {
      title: 'a hash of the proof of consistency is another one',
      bundle: head(/\nconsistency (\d+)\n./, '\nconsistency 2\nA'),
      verdict: 'not-append-only',
    },
    {
      title: 'a comment is put in the policy',
      bundle: change('\nquorum w1', '\n#uorum w1'),
      verdict: 'structure-damaged',
    },
    { title: 'a key in the policy is damaged', bundle: head(/\+A/, '+B'), verdict: 'structure-damaged' },
    {
      title: 'the hash of the head is another one',
      bundle: change(/\nhead ./, '\nhead x'),
      verdict: 'structure-damaged',
    },
    {
      title: 'a file of an entry is not listed',
      bundle: change(/file [0-9a-f]{64}\n/, ''),
      verdict: 'missing',
    },
    {
      title: 'a file is listed that no entry has',
      bundle: change(/file [0-9a-f]{64}\n/, `file ${'0'.repeat(64)}\n`),
      verdict: 'structure-damaged',
    },
    { title: 'something follows the end', bundle: `${whole}more`, verdict: 'structure-damaged' },
    {
      title: 'it is cut within an entry',
      bundle: whole.slice(0, whole.indexOf(third) + 60),
      verdict: 'missing',
    },
    { title: 'it is cut before its last line', bundle: whole.slice(0, -'end\n'.length), verdict: 'missing' },
    { title: 'it is cut in its last line', bundle: whole.slice(0, -1), verdict: 'missing' },
    { title: 'it is empty', bundle: '', verdict: 'unreadable' },
    { title: 'it is of another version', bundle: whole.replace('/v1', '/v2'), verdict: 'unreadable' },
    {
      title: 'its lines end with a carriage return',
      bundle: whole.replaceAll('\n', '\r\n'),
      verdict: 'unreadable',
    },
    { title: 'it begins with a byte order mark', bundle: `\ufeff${whole}`, verdict: 'unreadable' },
    {
      title: 'a line is too long',
      bundle: whole.replace('\nentries', `\n${'x'.repeat(600_000)}\nentries`),
      verdict: 'structure-damaged',
    },
    {
      title: 'a name of a key is no UTF-8',
      bundle: Buffer.from(stated(whole.replace('— witness-1', '— witness-\u00ff')), 'latin1'),
      verdict: 'structure-damaged',
    },
  ];
}

/** The same bundle with the hash that its head has now. */
function stated(bundle: string): string {
  const at = bundle.indexOf('\nhead ') + 1;
  const end = bundle.indexOf('\n', at);
  return `${bundle.slice(0, at)}head ${hash('sha256', bundle.slice(0, at), 'hex')}${bundle.slice(end)}`;
}

/** The same bundle, stating other entries. */
function counted(bundle: string, by: number): string {
  return stated(bundle.replace(/\nentries (\d+)/, (_, count: string) => `\nentries ${Number(count) + by}`));
}

function withCheckpoint(bundle: string, checkpoint: string): string {
  return stated(
    bundle.replace(/(\ncheckpoint 6\n)(?:[^\n]*\n){6}/, (_, title: string) => title + checkpoint),
  );
}

/** An entry with the leaf that its body has now. */
function rehashed(entry: string): string {
  const [, body = ''] = entry.split('\n');
  return entry.replace(leafOf(entry), hash('sha256', `\0${body}`, 'base64'));
}

function leafOf(entry: string): string {
  return entry.slice('entry '.length, entry.indexOf('\n'));
}

function shortened(entry: string): string {
  const lines = entry.split('\n').slice(0, -2);
  return `${lines.join('\n')}\n`.replace(/proof (\d+)/, (_, count: string) => `proof ${Number(count) - 1}`);
}

function strayBits(entry: string): string {
  return entry.replace(
    /(index \d+\n\S{42})(.)=/,
    (_, start: string, one: string) => `${start}${String.fromCharCode(one.charCodeAt(0) + 1)}=`,
  );
}
