import { handoverTitle } from '../../ledger/key-chain.js';
import { noteText, signText } from '../../ledger/note.js';
import {
  privateKeyOf,
  type Signer,
  signatureTypes,
  signerOf,
  verifierKey,
  verifierKeyText,
} from '../../ledger/vkey.js';
import type { KeyPair, Vault, World } from '../ports.js';
import type { LedgerKeyRing } from './ledger.js';
import type { LedgerKeyShown } from './ledger-answers.js';

/** The keys of the ledger in the vault, under the name of the ledger. */
export function ledgerKeyRing(vault: Pick<Vault, 'ledgerKeys'>, { now }: Pick<World, 'now'>): LedgerKeyRing {
  let known: { privateKey: string; signer: Signer } | undefined;
  return {
    signer(origin) {
      const privateKey = vault.ledgerKeys(now()).at(-1)?.privateKey ?? '';
      if (known?.privateKey !== privateKey || known.signer.name !== origin)
        known = { privateKey, signer: signing(origin, privateKey) };
      return known.signer;
    },
    keys: (origin) => vault.ledgerKeys(now()).map((key) => shown(origin, key)),
  };
}

/** Replaces the key that signs, and returns all keys, the new one last. */
export function rotated(
  vault: Pick<Vault, 'ledgerKeys' | 'replaceLedgerKey'>,
  origin: string,
  { now }: Pick<World, 'now'>,
): LedgerKeyShown[] {
  vault.ledgerKeys(now());
  const since = now();
  const keys = vault.replaceLedgerKey(since, (before, next) => handover(origin, since, before, next));
  return keys.map((key) => shown(origin, key));
}

/** A note signed by both keys: the origin, what it says, the verifier key that signs from then on, and the instant. */
function handover(origin: string, since: string, before: KeyPair, next: KeyPair): string {
  const text = `${origin}\n${handoverTitle}\n${vkeyOf(origin, next.publicKey)}\n${since}\n`;
  const signers = [before, next].map(({ privateKey }) => signing(origin, privateKey));
  return noteText({ text, signatures: signers.map((signer) => signText(text, signer)) });
}

function signing(origin: string, privateKey: string): Signer {
  return signerOf(origin, signatureTypes.ed25519, privateKeyOf(Buffer.from(privateKey, 'base64')));
}

function vkeyOf(origin: string, publicKey: string): string {
  return verifierKeyText(verifierKey(origin, signatureTypes.ed25519, Buffer.from(publicKey, 'base64')));
}

function shown(
  origin: string,
  { publicKey, since, handover }: { publicKey: string; since: string; handover?: string },
): LedgerKeyShown {
  return { vkey: vkeyOf(origin, publicKey), since, ...(handover === undefined ? {} : { handover }) };
}
