import type { Words } from '../../domain/values/text.js';
import { BundleFault, type BundleReport } from './bundle-report.js';
import {
  type Checkpoint,
  readCheckpoint,
  requireSigned,
  type SignedCheckpoint,
  WrongSignature,
} from './checkpoint.js';
import { cosignedAt } from './cosignature.js';
import { base64Bytes, Malformed, quoted } from './malformed.js';
import { type Policy, readPolicy, requirePolicy } from './policy.js';
import { isConsistent } from './tree.js';
import { verifierKeyText } from './vkey.js';

/** The groups of lines in the head of a bundle, as bytes. */
export interface HeadParts {
  policy: Buffer;
  checkpoint: Buffer;
  earlier: Buffer | undefined;
  consistency: Buffer | undefined;
}

export interface VerifiedHead {
  checkpoint: Checkpoint;
  report: Pick<BundleReport, 'log' | 'witnesses' | 'earlierSize'>;
}

/**
 * Verifies the head of a bundle: policy, checkpoint, signatures, and the earlier checkpoint if there is one.
 *
 * @param own the reader's policy; without it the one that the bundle brings counts
 * @throws BundleFault
 */
export function headOf(
  { policy: text, checkpoint, earlier, consistency }: HeadParts,
  own?: Policy,
): VerifiedHead {
  const brought = wellFormed(() => readPolicy(utf8(text)));
  const policy = own ?? brought;
  const signed = wellFormed(() => plainCheckpoint(checkpoint));
  const { log, witnesses } = signature(() => requirePolicy(signed, policy));
  const { origin, size, root } = signed.checkpoint;
  const report: VerifiedHead['report'] = {
    log: {
      origin,
      size,
      root: root.toString('base64'),
      key: verifierKeyText(log),
      isKeyOfBundle: own === undefined,
    },
    witnesses: witnesses.flatMap((name) => {
      const key = policy.witnesses.get(name);
      const line = signed.note.signatures.find((one) => one.name === key?.name && one.keyId === key.keyId);
      if (key === undefined || line === undefined) return [];
      return [{ name, key: verifierKeyText(key), at: instantOf(cosignedAt(line)) }];
    }),
  };
  if (earlier !== undefined && consistency !== undefined) {
    const before = wellFormed(() => plainCheckpoint(earlier));
    const proof = wellFormed(() => hashesIn(consistency));
    signature(() => requireSigned(before, policy.logs));
    const { checkpoint: from } = before;
    if (from.origin !== origin) throw new BundleFault('not-append-only', otherOrigin(from.origin, origin));
    if (!isConsistent({ from, to: { size, root }, proof }))
      throw new BundleFault('not-append-only', notContinued(from.size, size));
    report.earlierSize = from.size;
  }
  return { checkpoint: signed.checkpoint, report };
}

/** A checkpoint without further lines. */
function plainCheckpoint(bytes: Buffer): SignedCheckpoint {
  const read = readCheckpoint(bytes);
  if (read.checkpoint.extensions !== undefined) {
    const subject: Words = { en: 'Checkpoint', zh: '检查点' };
    throw new Malformed(subject, quoted(read.note.text), { en: 'three lines', zh: '三行' });
  }
  return read;
}

function hashesIn(bytes: Buffer): Buffer[] {
  const lines = bytes.toString('latin1').split('\n').slice(0, -1);
  return lines.map((line) => {
    const hash = base64Bytes(line);
    if (hash?.length !== 32) {
      const subject: Words = { en: 'Proof of consistency', zh: '一致性证明' };
      throw new Malformed(subject, quoted(line), { en: 'a hash in base64', zh: 'base64 散列' });
    }
    return hash;
  });
}

function utf8(bytes: Buffer): string {
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes)) return text;
  throw new Malformed({ en: 'Policy', zh: '信任策略' }, quoted(text), 'UTF-8');
}

function wellFormed<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw new BundleFault('structure-damaged', error.words);
    throw error;
  }
}

function signature<Signed>(check: () => Signed): Signed {
  try {
    return check();
  } catch (error) {
    if (error instanceof WrongSignature) throw new BundleFault('signature-invalid', error.words);
    throw error;
  }
}

/** Seconds since 1970 as an instant; as they are, where no calendar goes. */
function instantOf(seconds: number): string {
  const at = new Date(seconds * 1_000);
  return Number.isNaN(at.getTime()) ? String(seconds) : at.toISOString();
}

function otherOrigin(earlier: string, origin: string): Words {
  return {
    en: `The earlier checkpoint is of ${earlier}, the checkpoint of ${origin}.`,
    zh: `早先检查点属于 ${earlier}，本检查点属于 ${origin}。`,
  };
}

function notContinued(from: number, to: number): Words {
  return {
    en: `The tree of ${to} entries is not proved to continue the earlier one of ${from}: entries were removed, inserted or changed.`,
    zh: `无法证明含 ${to} 条的树延续了含 ${from} 条的树：有记录被删除、插入或改动。`,
  };
}
