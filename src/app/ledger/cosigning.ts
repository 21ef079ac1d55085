import { type Instant, instantAfter } from '../../../domain/values/days/calendar.js';
import type { Words } from '../../../domain/values/words.js';
import {
  readCheckpoint,
  requireSigned,
  type SignedCheckpoint,
  WrongSignature,
} from '../../ledger/checkpoint.js';
import { cosignedAt, cosignedBy } from '../../ledger/cosignature.js';
import { Malformed } from '../../ledger/malformed.js';
import type { NoteSignature } from '../../ledger/note.js';
import type { VerifierKey } from '../../ledger/vkey.js';
import { Refused } from '../refusals.js';
import type { CosignatureTaken } from './ledger-answers.js';

/** How far the clock of a witness may be ahead, in milliseconds. */
const aheadMs = 300_000;

/** A cosignature that was verified: its line, and when the witness made it. */
export interface Cosigned {
  line: NoteSignature;
  at: Instant;
}

/**
 * The cosignatures of witnesses on a checkpoint that somebody handed in; lines of others are ignored.
 *
 * @param logs the keys of this ledger
 * @throws Refused `checkpoint-invalid`, `witness-unknown`
 */
export function cosignaturesIn(
  note: string,
  { logs, witnesses, now }: { logs: readonly VerifierKey[]; witnesses: readonly VerifierKey[]; now: Instant },
): { signed: SignedCheckpoint; cosigned: Cosigned[] } {
  const signed = signedIn(note, logs);
  const cosigned = witnesses.flatMap((key): Cosigned[] => {
    const verdict = cosignedBy(signed.note, key);
    if (verdict === 'invalid') throw checkpointInvalid(wrongCosignature(key), aValidOne);
    const line = signed.note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
    if (verdict === 'absent' || !line) return [];
    return [{ line, at: instantOf(line, now) }];
  });
  if (cosigned.length === 0) throw witnessUnknown(signed, logs);
  return { signed, cosigned };
}

/** A refusal of a checkpoint. */
export function checkpointInvalid(seen: Words, expected: Words): Refused {
  return new Refused('checkpoint-invalid', { member: 'checkpoint', seen, expected });
}

/** What the answer says of cosignatures that were taken. */
export function takenOf({ checkpoint }: SignedCheckpoint, cosigned: readonly Cosigned[]): CosignatureTaken {
  const witnesses = cosigned.map(({ line, at }) => ({ witness: `${line.name}+${line.keyId}`, at }));
  return { origin: checkpoint.origin, size: checkpoint.size, witnesses };
}

function signedIn(note: string, logs: readonly VerifierKey[]): SignedCheckpoint {
  try {
    const signed = readCheckpoint(note);
    requireSigned(signed, logs);
    return signed;
  } catch (error) {
    if (error instanceof Malformed)
      throw checkpointInvalid(sentence(error.words), {
        en: 'a checkpoint with its signatures, as it was answered',
        zh: '如系统所答的检查点及其签名',
      });
    if (error instanceof WrongSignature)
      throw checkpointInvalid(sentence(error.words), {
        en: 'a checkpoint that this ledger signed',
        zh: '由本账本签名的检查点',
      });
    throw error;
  }
}

function instantOf(line: NoteSignature, now: Instant): Instant {
  const ms = cosignedAt(line) * 1_000;
  if (ms <= Date.parse(instantAfter(now, aheadMs))) return new Date(ms).toISOString();
  throw checkpointInvalid(
    { en: `a cosignature of ${line.name} of a later time`, zh: `${line.name} 的会签时间在未来` },
    { en: `one of ${now} or before; set the clock of the witness`, zh: `不晚于 ${now}；请校准见证方时钟` },
  );
}

function witnessUnknown({ note }: SignedCheckpoint, logs: readonly VerifierKey[]): Refused {
  const others = note.signatures.filter(({ keyId }) => !logs.some((key) => key.keyId === keyId));
  const names = others.map(({ name, keyId }) => `${name}+${keyId}`).join(', ');
  return new Refused('witness-unknown', {
    member: 'checkpoint',
    seen: names || { en: 'no cosignature', zh: '没有会签' },
    expected: {
      en: 'a cosignature of a witness in the file that TOPOUT_WITNESSES names',
      zh: 'TOPOUT_WITNESSES 所指文件中见证方的会签',
    },
  });
}

/** The sentence without its end, as a part of another one. */
function sentence({ en, zh }: Words): Words {
  return { en: en.replace(/\.$/, ''), zh: zh.replace(/。$/, '') };
}

function wrongCosignature({ name, keyId }: VerifierKey): Words {
  return {
    en: `a line of ${name}+${keyId} that is not its cosignature of this checkpoint`,
    zh: `${name}+${keyId} 的一行不是对此检查点的会签`,
  };
}

const aValidOne: Words = {
  en: 'its cosignature (C2SP tlog-cosignature)',
  zh: '其会签（C2SP tlog-cosignature）',
};
