import type { Words } from '../../../domain/values/text.js';
import {
  type Checkpoint,
  requireSigned,
  type SignedCheckpoint,
  WrongSignature,
} from '../../ledger/checkpoint.js';
import { cosign } from '../../ledger/cosignature.js';
import { bySize, Fork, requireContinued, requireSameView } from '../../ledger/fork.js';
import { keysFrom, type PublishedKey } from '../../ledger/key-chain.js';
import { Malformed } from '../../ledger/malformed.js';
import { noteText } from '../../ledger/note.js';
import { type Verdict, verdicts, verdictWords } from '../../ledger/verdicts.js';
import { readVerifierKey, type VerifierKey, verifierKeyText } from '../../ledger/vkey.js';
import { type Failure, failure, usage } from '../client/failure.js';
import type { ShownLog } from './shown-log.js';
import type { Evidence, WitnessFolder } from './witness-folder.js';

/** A round of a witness. */
export interface Round {
  folder: WitnessFolder;
  /** The addresses of one installation; the first one is given the cosignature. */
  logs: readonly ShownLog[];
  /** The key of the log that the auditor was given; the first one that the log names, when absent. */
  key: VerifierKey | undefined;
  /** Computes the root again from all leaves. */
  isFull: boolean;
  now: () => Date;
}

/** What a round found good. */
export interface Witnessed {
  checkpoint: Checkpoint;
  /** Entries of the checkpoint that was kept before; absent in the first round. */
  before?: number;
  /** The checkpoint with the signature of its log and the cosignature, as it is kept. */
  note: string;
  /** The key by which the log is recognized, and whether the log itself named it in this round. */
  pin: { vkey: string; isFromLog: boolean };
}

/** A log as it was seen in a round. */
interface Seen {
  log: ShownLog;
  signed: SignedCheckpoint;
  keys: readonly PublishedKey[];
}

/**
 * Looks at a log once: that its keys follow from the pinned one, that its checkpoint continues the kept one and that all
 * addresses show the same log. Then it cosigns the checkpoint and keeps it.
 *
 * @throws Failure with the exit code of the verdict; the evidence is then a file in the folder
 */
export async function witnessed(round: Round): Promise<Witnessed> {
  const seen: Seen[] = [];
  const kept = round.folder.kept();
  try {
    return await lookedAt(round, kept, seen);
  } catch (error) {
    const found = verdictOf(error);
    if (!found) throw error;
    const file = round.folder.addEvidence({
      ...found,
      at: round.now().toISOString(),
      parts: partsOf(kept, seen),
    });
    throw failure(
      verdicts[found.verdict],
      verdictWords[found.verdict],
      { en: `${found.words.en} Evidence: ${file}`, zh: `${found.words.zh}证据：${file}` },
      error,
    );
  }
}

async function lookedAt(round: Round, kept: SignedCheckpoint | undefined, seen: Seen[]): Promise<Witnessed> {
  const { folder, isFull } = round;
  for (const log of round.logs) {
    const signed = await log.checkpoint(kept?.checkpoint.size ?? 0);
    seen.push({ log, signed, keys: await log.keys() });
  }
  const [first] = seen;
  if (!first) throw new TypeError('a witness needs an address');
  const known = folder.pinned() ?? round.key;
  const pin = known ?? readVerifierKey(first.keys[0]?.vkey ?? '');
  if (round.key && !round.key.publicKey.equals(pin.publicKey)) throw otherPin(round.key, pin);
  for (const { log, signed, keys } of seen) {
    requireSigned(signed, keysSince(kept, keysFrom(pin, keys)));
    if (kept) requireContinued(kept.checkpoint, signed.checkpoint, await proofFor(log, kept, signed));
    if (isFull) await log.requireRoots(signed.checkpoint, kept?.checkpoint);
  }
  for (const other of seen.slice(1)) await compare(first, other);
  const [largest = first] = [...seen].sort((a, b) => b.signed.checkpoint.size - a.signed.checkpoint.size);
  const cosigned = cosignedNow(round, largest.signed, pin.name);
  if (!folder.pinned()) folder.pin(pin);
  // Kept before it is given away: a cosignature states what this witness remembers.
  folder.keep(cosigned);
  return {
    checkpoint: cosigned.checkpoint,
    ...(kept ? { before: kept.checkpoint.size } : {}),
    note: noteText(cosigned.note),
    pin: { vkey: verifierKeyText(pin), isFromLog: known === undefined },
  };
}

/** A rolled back log has no such proof. */
async function proofFor(log: ShownLog, kept: SignedCheckpoint, { checkpoint }: SignedCheckpoint) {
  return checkpoint.size < kept.checkpoint.size ? [] : log.proof(kept.checkpoint, checkpoint);
}

async function compare(one: Seen, other: Seen): Promise<void> {
  const [smaller, larger] = bySize(one.signed.checkpoint, other.signed.checkpoint);
  const { log } = larger === one.signed.checkpoint ? one : other;
  requireSameView(smaller, larger, await log.proof(smaller, larger));
}

/** The keys that may sign now: that of the kept checkpoint, and those that it handed over to. */
function keysSince(kept: SignedCheckpoint | undefined, keys: VerifierKey[]): VerifierKey[] {
  return kept ? keys.slice(keys.indexOf(requireSigned(kept, keys))) : keys;
}

/** The checkpoint with the lines of its log and the new one of this witness. */
function cosignedNow({ folder, now }: Round, signed: SignedCheckpoint, log: string): SignedCheckpoint {
  const line = cosign(signed, folder.signer, Math.floor(now().getTime() / 1_000));
  const own = signed.note.signatures.filter(({ name }) => name === log);
  return { ...signed, note: { ...signed.note, signatures: [...own, line] } };
}

function verdictOf(error: unknown): { verdict: Exclude<Verdict, 'ok'>; words: Words } | undefined {
  if (error instanceof Fork) return error;
  if (error instanceof WrongSignature) return { verdict: 'signature-invalid', words: error.words };
  if (error instanceof Malformed) return { verdict: 'structure-damaged', words: error.words };
  return undefined;
}

function partsOf(kept: SignedCheckpoint | undefined, seen: readonly Seen[]): Evidence['parts'] {
  return [
    ...(kept ? [['The checkpoint that was kept', noteText(kept.note)] as const] : []),
    ...seen.flatMap(({ log, signed, keys }) => [
      [`The checkpoint at ${log.client.at}`, noteText(signed.note)] as const,
      [`The keys at ${log.client.at}`, keys.map((key) => `${JSON.stringify(key)}\n`).join('')] as const,
    ]),
  ];
}

function otherPin(key: VerifierKey, pin: VerifierKey): Failure {
  return usage({
    en: `--key is ${key.name}+${key.keyId}, and this folder has pinned ${pin.name}+${pin.keyId}; use another folder for another log.`,
    zh: `--key 为 ${key.name}+${key.keyId}，此文件夹已固定 ${pin.name}+${pin.keyId}；另一个日志请用另一个文件夹。`,
  });
}
