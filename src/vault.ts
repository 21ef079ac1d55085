import { createCipheriv, createDecipheriv, createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Vault } from './app/ports.js';
import { bytesOf, changeKeys, type Keys, keyBytes, readKeys } from './vault-file.js';

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps the keys of an installation in one file that only its owner may read; made when the first key is needed.
 *
 * The file belongs outside the data folder, so that a backup of the data does not hold the keys to it. It is written whole
 * and takes its place at once. Several processes may share it: one changes it at a time, and what another made meanwhile
 * stays.
 *
 * @throws VaultUnusable now, or later when it is used: others may read the file, or it is damaged
 */
export function openVault(path: string): Vault {
  const keyOf = (subscription: string): Buffer | undefined => {
    const { subscriptions } = readKeys(path);
    return Object.hasOwn(subscriptions, subscription) ? bytesOf(subscriptions[subscription]) : undefined;
  };
  const newKeyOf = (subscription: string): Buffer => {
    const key = randomBytes(keyBytes).toString('base64');
    const keys = changeKeys(path, (known) => withKey(known, subscription, key));
    return bytesOf(keys.subscriptions[subscription]);
  };
  readKeys(path);

  return {
    seal(subscription, text) {
      const key = keyOf(subscription) ?? newKeyOf(subscription);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(subscription));
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return { sealed: Buffer.concat(parts).toString('base64url') };
    },
    open(subscription, { sealed }) {
      const key = keyOf(subscription);
      const bytes = Buffer.from(sealed, 'base64url');
      if (!key || bytes.length < nonceBytes + tagBytes) return undefined;
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(subscription)).setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
        return Buffer.concat([text, decipher.final()]).toString();
      } catch {
        // Sealed by another key, for another subscription, or changed since.
        return undefined;
      }
    },
    forget(subscription) {
      if (!keyOf(subscription)) return;
      changeKeys(path, (keys) => ({
        ...keys,
        subscriptions: Object.fromEntries(
          Object.entries(keys.subscriptions).filter(([name]) => name !== subscription),
        ),
      }));
    },
    newSecret: (bytes) => randomBytes(bytes).toString('base64'),
    token(subscription, purpose) {
      const made = () =>
        changeKeys(path, (keys) =>
          keys.tokens ? keys : { ...keys, tokens: randomBytes(keyBytes).toString('base64') },
        ).tokens;
      const key = bytesOf(readKeys(path).tokens ?? made());
      return createHmac('sha256', key)
        .update(JSON.stringify([subscription, purpose]))
        .digest('base64url');
    },
    signingKey() {
      const known = readKeys(path).signing;
      if (known) return known;
      const signing = newSigningKey();
      return changeKeys(path, (keys) => (keys.signing ? keys : { ...keys, signing })).signing ?? signing;
    },
  };
}

/** Keys with one for a subscription, unless it has one: what is sealed by that must stay readable. */
function withKey(keys: Keys, subscription: string, key: string): Keys {
  if (Object.hasOwn(keys.subscriptions, subscription)) return keys;
  return { ...keys, subscriptions: { ...keys.subscriptions, [subscription]: key } };
}

function newSigningKey(): { privateKey: string; publicKey: string } {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const base64 = (url: string) => Buffer.from(url, 'base64url').toString('base64');
  return { privateKey: base64(d), publicKey: base64(x) };
}
