import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Vault } from '../app/ports.js';
import { nonceBytes, openedText, sealedText } from './sealing.js';
import { VaultFile } from './vault-file.js';
import { bytesOf, type Keys, keyBytes } from './vault-keys.js';

const nameBytes = 16;

/**
 * Keeps the keys of an installation in one file that only its owner may read; created with the first key.
 *
 * The file belongs outside the data folder, so that a backup of the data does not hold its keys. It is read once and
 * cached in memory. Several processes may share it: one changes it at a time, and `look` reads the changes of others.
 *
 * @throws VaultUnusable now or on later use: others may read the file, or it is damaged
 */
export function openVault(path: string): Vault {
  const file = new VaultFile(path, () => randomBytes(nameBytes).toString('base64url'));
  const keyOf = (subscription: string): Buffer | undefined => {
    const known = file.held.subscriptions.get(subscription);
    return known && bytesOf(known.key);
  };
  const newKeyOf = (subscription: string): Buffer => {
    const key = randomBytes(keyBytes).toString('base64');
    // Data sealed with a key from another process must stay readable.
    const { subscriptions } = file.change((keys) =>
      keys.subscriptions.has(subscription) ? undefined : { lines: [{ subscription, key, new: true }] },
    );
    return bytesOf(subscriptions.get(subscription)?.key);
  };

  const holderKeyOf = (holder: string): Buffer | undefined => {
    const known = file.held.holders.get(holder);
    return known && bytesOf(known.key);
  };
  const newHolderKeyOf = (holder: string): Buffer | undefined => {
    const key = randomBytes(keyBytes).toString('base64');
    const { holders } = file.change((keys) =>
      keys.holders.has(holder) || keys.gone.has(holder) ? undefined : { lines: [{ holder, key }] },
    );
    const known = holders.get(holder);
    return known && bytesOf(known.key);
  };

  return {
    look: () => file.look(),
    seal(subscription, text) {
      file.catchUp();
      return sealedText(keyOf(subscription) ?? newKeyOf(subscription), text, subscription, newNonce());
    },
    open(subscription, sealed) {
      const key = keyOf(subscription);
      return key && openedText(key, sealed, subscription);
    },
    sealFor(holder, text, about) {
      // A key that another process destroyed meanwhile opens nothing.
      if (!file.held.holders.has(holder)) file.catchUp();
      const key = holderKeyOf(holder) ?? newHolderKeyOf(holder);
      return key && sealedText(key, text, about, newNonce());
    },
    openFor(holder, sealed, about) {
      // Another process may have made the key since the last look.
      if (!file.held.holders.has(holder)) file.catchUp();
      const key = holderKeyOf(holder);
      return key && openedText(key, sealed, about);
    },
    settle(subscription, isRecorded) {
      if (file.held.subscriptions.get(subscription)?.isRecorded !== false) return;
      file.change(({ subscriptions }) => {
        if (subscriptions.get(subscription)?.isRecorded !== false) return undefined;
        // A key that is missing its "recorded" line is found again by its use in the log.
        if (isRecorded) return { lines: [{ recorded: subscription }], isFlushed: false };
        return { lines: [{ forgotten: subscription }], forgotten: subscription };
      });
    },
    unrecorded: () =>
      [...file.held.subscriptions].flatMap(([subscription, { isRecorded }]) =>
        isRecorded ? [] : [subscription],
      ),
    isForgotten: (holder) => file.held.gone.has(holder),
    forget(owner, isMarked = false) {
      file.catchUp();
      const isKept = ({ subscriptions, holders, gone }: Readonly<Keys>) =>
        subscriptions.has(owner) || holders.has(owner) || (isMarked && !gone.has(owner));
      if (!isKept(file.held)) return;
      file.change((keys) => (isKept(keys) ? { lines: [{ forgotten: owner }], forgotten: owner } : undefined));
    },
    newSecret: (bytes) => randomBytes(bytes).toString('base64'),
    token(subscription, purpose) {
      const made = () => {
        const tokens = randomBytes(keyBytes).toString('base64');
        return file.change((keys) => (keys.tokens ? undefined : { lines: [{ tokens }] })).tokens;
      };
      const key = bytesOf(file.held.tokens ?? made());
      return createHmac('sha256', key)
        .update(JSON.stringify([subscription, purpose]))
        .digest('base64url');
    },
    signingKey() {
      const known = file.held.signing;
      if (known) return known;
      const signing = newSigningKey();
      return file.change((keys) => (keys.signing ? undefined : { lines: [{ signing }] })).signing ?? signing;
    },
    ledgerKeys(since) {
      file.catchUp();
      const { ledger } = file.held;
      if (ledger.length > 0) return ledger;
      const key = { ...newSigningKey(), since };
      return file.change((keys) => (keys.ledger.length > 0 ? undefined : { lines: [{ ledger: key }] }))
        .ledger;
    },
    replaceLedgerKey(since, handover) {
      return file.change(({ ledger }) => {
        const old = ledger.at(-1);
        const key = { ...newSigningKey(), since };
        if (!old?.privateKey) return { lines: [{ ledger: key }] };
        const note = handover({ ...old, privateKey: old.privateKey }, key);
        return { lines: [{ ledger: { ...key, handover: note } }], replacesLedgerKey: true };
      }).ledger;
    },
  };
}

const newNonce = (): Buffer => randomBytes(nonceBytes);

function newSigningKey(): { privateKey: string; publicKey: string } {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const base64 = (url: string) => Buffer.from(url, 'base64url').toString('base64');
  return { privateKey: base64(d), publicKey: base64(x) };
}
