import { readFileSync } from 'node:fs';
import { Malformed } from '../../ledger/malformed.js';
import { readVerifierKey, signatureTypes, type VerifierKey } from '../../ledger/vkey.js';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';

const setting = 'TOPOUT_WITNESSES';
/** As many as a policy names. */
const mostWitnesses = 32;

/**
 * The witnesses whose cosignatures are kept: verifier keys of type 4, each on a line of the file that the setting names.
 * Empty lines, and lines that start with #, are skipped.
 *
 * @throws ConfigInvalid
 */
export function witnessesIn(env: Environment): VerifierKey[] {
  const path = env[setting];
  if (!path) return [];
  const keys: VerifierKey[] = [];
  for (const [at, line] of linesOf(path).entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const key = keyOf(text, path, at + 1);
    if (keys.some(({ keyId, name }) => keyId === key.keyId && name === key.name)) continue;
    keys.push(key);
  }
  if (keys.length > mostWitnesses)
    throw new ConfigInvalid(
      setting,
      path,
      `a file with at most ${mostWitnesses} keys`,
      `it has ${keys.length}`,
    );
  return keys;
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    throw new ConfigInvalid(setting, path, 'a file that can be read');
  }
}

function keyOf(text: string, path: string, line: number): VerifierKey {
  const expected = 'a verifier key of a witness, as "topout witness" prints it, on each line';
  try {
    const key = readVerifierKey(text);
    if (key.type === signatureTypes.cosignature) return key;
    throw new ConfigInvalid(setting, path, expected, `line ${line} is the key of a log`);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new ConfigInvalid(setting, path, expected, `line ${line}: ${error.message}`);
  }
}
