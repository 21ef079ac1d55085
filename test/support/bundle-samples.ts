import { bodyText, leafOf, noPrev } from '../../src/event-store/codec.js';
import { filesIn } from '../../src/ledger/bundle-format.js';
import { bundleEndText, bundleEntryText, bundleHeadText } from '../../src/ledger/bundle-text.js';
import { readCheckpoint, signedCheckpoint } from '../../src/ledger/checkpoint.js';
import { cosign } from '../../src/ledger/cosignature.js';
import { noteText } from '../../src/ledger/note.js';
import { readPolicy } from '../../src/ledger/policy.js';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  type Subtrees,
} from '../../src/ledger/tree.js';
import {
  privateKeyOf,
  type Signer,
  signatureTypes,
  signerOf,
  verifierKeyText,
} from '../../src/ledger/vkey.js';

/** The key of a log by its number. */
export function logKey(seed: number, name = 'district.example/5f0c'): Signer {
  return signerOf(name, signatureTypes.ed25519, privateKeyOf(Buffer.alloc(32, seed)));
}

/** The key of a witness by its number. */
export function witnessKey(seed: number, name = `witness-${seed}.example`): Signer {
  return signerOf(name, signatureTypes.cosignature, privateKeyOf(Buffer.alloc(32, 100 + seed)));
}

/** A log in memory: bodies of several streams, in order, and their tree. */
export interface SampleLog {
  bodies: { stream: string; body: string }[];
  tree: Subtrees;
}

/** A log whose entries go around the streams, each with a sentence, and every seventh with a file. */
export function sampleLog(entries: number, streams: readonly string[]): SampleLog {
  const last = new Map<string, { rev: number; prev: string }>();
  const bodies = Array.from({ length: entries }, (_, at) => {
    const stream = streams[at % streams.length] ?? '';
    const { rev, prev } = last.get(stream) ?? { rev: 0, prev: noPrev };
    const id = `019a4c1e-0000-7000-8000-${String(at).padStart(12, '0')}`;
    const body = bodyText(
      {
        id,
        stream,
        rev,
        type: 'MilestoneReached',
        schema: 1,
        at: '2018-07-10T01:02:03.004Z',
        by: `巡查员 ${at % 5}`,
        prev,
      },
      contentOf(at),
    );
    last.set(stream, { rev: rev + 1, prev: leafOf(body).toString('base64url') });
    return { stream, body };
  });
  return { bodies, tree: treeOf(bodies.map(({ body }) => leafHash(Buffer.from(body)))) };
}

function contentOf(at: number): string {
  const files = at % 7 === 3 ? [{ bytes: at, name: 'roof.jpg', sha256: hexOf(at), type: 'image/jpeg' }] : [];
  const attachments = files.length > 0 ? `"attachments":${JSON.stringify(files)},` : '';
  return `{"entryMetadata":{"asOf":"2018-06-30",${attachments}"precision":"day","source":{"kind":"inspection"}},"item":"roof-${at}","said":"屋面“封顶”，\\"sha256\\":\\"${hexOf(at + 1)}\\""}`;
}

const hexOf = (at: number): string => leafHash(Buffer.from(`file ${at}`)).toString('hex');

/** A tree over leaves; every hash is computed once. */
function treeOf(leaves: readonly Uint8Array[]): Subtrees {
  const known = new Map<string, Uint8Array>();
  const hashOf = (level: number, index: number): Uint8Array => {
    if (level === 0) return leaves[index] ?? Buffer.alloc(0);
    const place = `${level}/${index}`;
    const hash = known.get(place) ?? nodeHash(hashOf(level - 1, 2 * index), hashOf(level - 1, 2 * index + 1));
    known.set(place, hash);
    return hash;
  };
  return { hashOf };
}

/** What a bundle of a log is made with; the defaults make a good one. */
export interface SampleBundle {
  stream?: string;
  log?: Signer;
  /** The log of the policy, if it is another one. */
  stated?: Signer;
  witnesses?: readonly Signer[];
  /** Lines after the log and the witnesses. */
  quorum?: string;
  size?: number;
  earlierSize?: number;
  /** The log that signed the earlier checkpoint and its tree, if they are others. */
  earlierLog?: { key?: Signer; tree?: Subtrees };
}

/** The checkpoint of the first entries of a log, cosigned. */
export function sampleCheckpoint(
  tree: Subtrees,
  size: number,
  log: Signer,
  witnesses: readonly Signer[] = [],
): string {
  const note = signedCheckpoint({ origin: log.name, size, root: Buffer.from(rootOf(tree, size)) }, log);
  const signed = readCheckpoint(note);
  const cosignatures = witnesses.map((witness) => cosign(signed, witness, 1_531_180_800));
  return noteText({ ...signed.note, signatures: [...signed.note.signatures, ...cosignatures] });
}

/** The text of a bundle of one stream. */
export function sampleBundle({ bodies, tree }: SampleLog, made: SampleBundle = {}): string {
  const { log = logKey(1), witnesses = [], size = bodies.length, earlierSize, quorum = 'quorum none' } = made;
  const { stream = bodies[0]?.stream ?? '', stated = log, earlierLog = {} } = made;
  const ours = bodies.flatMap((one, index) =>
    one.stream === stream && index < size ? [{ ...one, index }] : [],
  );
  const keys = witnesses.map((key, at) => `witness w${at + 1} ${verifierKeyText(key)}`);
  const policy = readPolicy([`log ${verifierKeyText(stated)}`, ...keys, quorum, ''].join('\n'));
  const head = bundleHeadText({
    stream,
    entries: ours.length,
    policy,
    checkpoint: sampleCheckpoint(tree, size, log, witnesses),
    ...(earlierSize === undefined
      ? {}
      : {
          earlier: {
            checkpoint: sampleCheckpoint(earlierLog.tree ?? tree, earlierSize, earlierLog.key ?? log),
            consistency: consistencyProof(tree, earlierSize, size),
          },
        }),
  });
  const entries = ours.map(({ body, index }) => {
    const hashes = inclusionProof(tree, index, size).map((one) => Buffer.from(one));
    return bundleEntryText(Buffer.from(body), { index, hashes });
  });
  return head + entries.join('') + bundleEndText(ours.flatMap(({ body }) => filesIn(body)));
}
