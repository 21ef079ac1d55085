import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { keyParts } from '../../app/access/key-text.js';
import { usage } from '../client/failure.js';

/** Where a key is looked for unless a file is named. */
const usualPath = (): string => join(homedir(), '.config', 'topout', 'key');

/**
 * The key in a file that only its owner may read; undefined where no file is named and the usual one is missing.
 *
 * @throws Failure the file is missing, open to others, or holds no key
 */
export function keyIn(named: string | undefined): string | undefined {
  const path = named ?? usualPath();
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found && named === undefined) return undefined;
  if (!found?.isFile())
    throw usage({
      en: `--key-file "${path}": expected a file that holds a key.`,
      zh: `--key-file “${path}”：应为存有密钥的文件。`,
    });
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw usage({
      en: `--key-file "${path}": others may read it; expected the mode 0600 (chmod 600 ${path}).`,
      zh: `--key-file “${path}”：他人可读；权限应为 0600（chmod 600 ${path}）。`,
    });
  const key = readFileSync(path, 'utf8').trim();
  if (!keyParts(key))
    throw usage({
      en: `--key-file "${path}": it holds no key; expected one as "tpo_...".`,
      zh: `--key-file “${path}”：其中没有密钥；应如 “tpo_...”。`,
    });
  return key;
}
