import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'setup-token';

/** The file of the token by which the first administrator is made at the machine. */
const setupTokenPath = (dataPath: string): string => join(dataPath, fileName);

/** Writes a new token, readable by the account of the service alone. */
export function writeSetupToken(dataPath: string, token: string): void {
  removeSetupToken(dataPath);
  writeFileSync(setupTokenPath(dataPath), `${token}\n`, { flag: 'wx', mode: 0o600 });
}

/** The token of a running service; undefined if it has none. */
export function readSetupToken(dataPath: string): string | undefined {
  const path = setupTokenPath(dataPath);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

export function removeSetupToken(dataPath: string): void {
  rmSync(setupTokenPath(dataPath), { force: true });
}
