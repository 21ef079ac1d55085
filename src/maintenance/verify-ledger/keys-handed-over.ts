import type { LedgerKeyShown } from '../../app/ledger/ledger-answers.js';
import { isHandedOver } from '../../ledger/key-chain.js';
import { Malformed } from '../../ledger/malformed.js';
import { readVerifierKey, type VerifierKey } from '../../ledger/vkey.js';
import type { LedgerFault } from './ledger-fault.js';

/**
 * The keys of the ledger, which hand over to each other; with keys that were brought only those that are connected to
 * one of them.
 */
export function keysOf(
  kept: readonly LedgerKeyShown[],
  trusted: readonly VerifierKey[],
  faults: LedgerFault[],
): VerifierKey[] {
  let chain: VerifierKey[] = [];
  for (const one of kept) {
    const { vkey } = one;
    const key = keyIn(vkey);
    if (!key) {
      faults.push({
        verdict: 'signature-invalid',
        words: {
          en: `a key in ledger.db cannot be read: ${JSON.stringify(vkey)}`,
          zh: `ledger.db 中有一个密钥无法读取：${JSON.stringify(vkey)}`,
        },
      });
      continue;
    }
    const before = chain.at(-1);
    if (before && !isHandedOver(before, key, one)) {
      faults.push({
        verdict: 'signature-invalid',
        words: {
          en: `the key ${key.name}+${key.keyId} was not handed over to`,
          zh: `密钥 ${key.name}+${key.keyId} 没有交接记录`,
        },
      });
      // What was brought decides which part of a broken chain counts.
      if (trusted.some(({ keyId }) => chain.some((one) => one.keyId === keyId))) break;
      chain = [];
    }
    chain.push(key);
  }
  if (trusted.length === 0) return chain;
  const isConnected = chain.some(({ keyId }) => trusted.some((one) => one.keyId === keyId));
  return isConnected ? chain : [...trusted];
}

function keyIn(vkey: string): VerifierKey | undefined {
  try {
    return readVerifierKey(vkey);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}
