import { readFileSync } from 'node:fs';
import type { Words } from '../../../domain/values/words.js';
import type { LedgerFile } from '../../app/ledger/ledger-file.js';
import {
  readCheckpoint,
  requireSigned,
  type SignedCheckpoint,
  WrongSignature,
} from '../../ledger/checkpoint.js';
import { Malformed } from '../../ledger/malformed.js';
import type { VerifierKey } from '../../ledger/vkey.js';
import type { LedgerFault } from './ledger-fault.js';

/** A checkpoint, and where it is from. */
export interface Claim {
  place: Words;
  isBrought: boolean;
  signed: SignedCheckpoint;
}

export function keptIn(ledger: LedgerFile | undefined, faults: LedgerFault[]): Claim[] {
  return (ledger?.kept() ?? []).flatMap(({ size, note }) => {
    const place = placeIn(size, 'ledger.db');
    try {
      const signed = readCheckpoint(note);
      if (signed.checkpoint.size === size) return [{ place, isBrought: false, signed }];
      faults.push({
        verdict: 'signature-invalid',
        words: at(place, {
          en: `it says ${signed.checkpoint.size} entries`,
          zh: `其中写的是 ${signed.checkpoint.size} 条记录`,
        }),
      });
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      faults.push({ verdict: 'signature-invalid', words: at(place, error.words) });
    }
    return [];
  });
}

export function broughtIn(path: string): Claim {
  const signed = readCheckpoint(readFileSync(path));
  return { place: placeIn(signed.checkpoint.size, path), isBrought: true, signed };
}

function placeIn(size: number, file: string): Words {
  return { en: `the checkpoint of ${size} entries in ${file}`, zh: `${file} 中 ${size} 条记录的检查点` };
}

function at(place: Words, found: Words): Words {
  return { en: `${place.en}: ${found.en}`, zh: `${place.zh}：${found.zh}` };
}

export function signatureFaults({ place, signed }: Claim, keys: readonly VerifierKey[]): LedgerFault[] {
  try {
    requireSigned(signed, keys);
    return [];
  } catch (error) {
    if (!(error instanceof WrongSignature)) throw error;
    return [{ verdict: 'signature-invalid', words: at(place, error.words) }];
  }
}

export function rootFaults(
  { place, isBrought, signed }: Claim,
  events: number,
  roots: ReadonlyMap<number, Buffer | undefined>,
): LedgerFault[] {
  const { size, root } = signed.checkpoint;
  if (size > events)
    return [
      {
        verdict: 'missing',
        words: at(place, {
          en: `the store has ${events} entries, so ${size - events} are missing`,
          zh: `存储中只有 ${events} 条，缺少 ${size - events} 条`,
        }),
      },
    ];
  const found = roots.get(size);
  if (size === 0 || found?.equals(root)) return [];
  const [signedRoot, ofEntries] = [root, found].map((one) => one?.toString('base64'));
  const words = at(place, {
    en: `its root is ${signedRoot}, and that of the entries ${ofEntries}`,
    zh: `其根为 ${signedRoot}，而记录的根为 ${ofEntries}`,
  });
  return [{ verdict: isBrought ? 'not-append-only' : 'root-mismatch', words }];
}
