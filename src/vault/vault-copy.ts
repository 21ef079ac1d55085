import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VaultFile } from './vault-file.js';
import { fileOf, headOf } from './vault-keys.js';

/**
 * Writes a file of keys with all keys of another one but those of the ledger, for an installation that continues it; a file that
 * is there stays if it has all of them.
 *
 * @param newName 16 random bytes in base64url
 * @returns false if another file is there
 * @throws VaultUnusable
 */
export function copyVault(from: string, to: string, newName: () => string): boolean {
  const { held } = new VaultFile(from, newName);
  if (existsSync(to)) {
    const there = new VaultFile(to, newName).held;
    const areSame = held.tokens === there.tokens && held.signing?.publicKey === there.signing?.publicKey;
    const has = (owner: string, key: string) =>
      there.gone.has(owner) || (there.subscriptions.get(owner) ?? there.holders.get(owner))?.key === key;
    return areSame && [...held.subscriptions, ...held.holders].every(([owner, { key }]) => has(owner, key));
  }
  const part = partOf(to);
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, fileOf({ ...held, ledger: [] }, headOf(newName())));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, to);
  return true;
}

/** Copies the file of names of people, unless one is there. */
export function copyPeople(from: string, to: string): void {
  if (existsSync(to)) return;
  const part = partOf(to);
  closeSync(openSync(part, 'wx', 0o600));
  const source = new DatabaseSync(from);
  try {
    source.prepare('VACUUM INTO ?').run(part);
  } finally {
    source.close();
  }
  renameSync(part, to);
}

/** The name of a file until it is whole; what an interrupted copy left there is removed. */
function partOf(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  rmSync(part, { force: true });
  return part;
}
