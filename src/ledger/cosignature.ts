import type { SignedCheckpoint } from './checkpoint.js';
import { type Note, type NoteSignature, type SignedBy, verdictOn } from './note.js';
import { isSignature, type Signer, signatureOf, signatureTypes, type VerifierKey } from './vkey.js';

/**
 * The statement of a witness (C2SP tlog-cosignature): at that second, this was the largest tree it had seen of the log, and
 * it continues all earlier ones.
 *
 * @param at seconds since 1970, UTC
 */
export function cosign({ note }: SignedCheckpoint, signer: Signer, at: number): NoteSignature {
  if (signer.type !== signatureTypes.cosignature) throw new TypeError(`key ${signer.name} is that of a log`);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at));
  const message = messageOf(note.text, time);
  return {
    name: signer.name,
    keyId: signer.keyId,
    bytes: Buffer.concat([time, signatureOf(message, signer)]),
  };
}

/** Whether a witness cosigned a checkpoint. */
export function cosignedBy(note: Note, key: VerifierKey): SignedBy {
  return verdictOn(note, key, (bytes) => {
    return (
      bytes.length === 72 && isSignature(messageOf(note.text, bytes.subarray(0, 8)), bytes.subarray(8), key)
    );
  });
}

/** When a witness cosigned, in seconds since 1970, UTC; of a signature that was verified. */
export function cosignedAt({ bytes }: NoteSignature): number {
  return Number(bytes.readBigUInt64BE(0));
}

function messageOf(text: string, time: Buffer): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time.readBigUInt64BE(0)}\n${text}`);
}
