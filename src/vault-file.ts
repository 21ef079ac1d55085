import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inTurn } from './vault-lock.js';

/** The file of keys cannot be used; the sentence says why and what to do. Nothing was written. */
export class VaultUnusable extends Error {}

/** What the file holds; every key is in base64. */
export interface Keys {
  vault: 1;
  tokens?: string;
  signing?: { privateKey: string; publicKey: string };
  /** By subscription. */
  subscriptions: Record<string, string>;
}

export const keyBytes = 32;

/** The bytes of a key; none of a missing one. */
export function bytesOf(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}

/** Reads the file anew; there are no keys while there is no file. @throws VaultUnusable */
export function readKeys(path: string): Keys {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return { vault: 1, subscriptions: {} };
  if (!found.isFile())
    throw new VaultUnusable(`The keys at ${path} are not a file; expected one, or nothing yet.`);
  const others = found.mode & 0o077;
  if (others !== 0) {
    const seen = (found.mode & 0o777).toString(8).padStart(4, '0');
    throw new VaultUnusable(
      `The file of keys ${path} has the mode ${seen}, so others than its owner may use it; expected 0600 (chmod 600 ${path}).`,
    );
  }
  let keys: unknown;
  try {
    keys = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw damaged(path, error);
  }
  if (!areKeys(keys)) throw damaged(path);
  return keys;
}

function damaged(path: string, cause?: unknown): VaultUnusable {
  return new VaultUnusable(
    `The file of keys ${path} cannot be read or is damaged; put the last good copy in its place. It is left as it is.`,
    { cause },
  );
}

function areKeys(value: unknown): value is Keys {
  const { vault, tokens, signing, subscriptions } = Object(value);
  const isKey = (key: unknown) => typeof key === 'string' && bytesOf(key).length === keyBytes;
  return (
    vault === 1 &&
    (tokens === undefined || isKey(tokens)) &&
    (signing === undefined || (isKey(signing?.privateKey) && isKey(signing.publicKey))) &&
    typeof subscriptions === 'object' &&
    subscriptions !== null &&
    Object.values(subscriptions).every(isKey)
  );
}

/**
 * Reads the keys, changes them and puts the new file in the place of the old one, all of it before another process may; the
 * same keys leave the file as it is.
 *
 * @throws VaultUnusable
 */
export function changeKeys(path: string, adapt: (keys: Keys) => Keys): Keys {
  const fresh = `${path}.new`;
  for (;;) {
    const changed = inTurn(fresh, ({ file, isStillMine }) => {
      const before = readKeys(path);
      const keys = adapt(before);
      if (keys === before) return keys;
      writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`);
      fsyncSync(file);
      if (!isStillMine()) return undefined;
      renameSync(fresh, path);
      return keys;
    });
    if (!changed) continue;
    flushFolder(dirname(path));
    return changed;
  }
}

function flushFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
