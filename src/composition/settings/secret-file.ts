import { readFileSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';

/**
 * A secret from its variable, or from the file in the variable with `_FILE`.
 *
 * @throws ConfigInvalid which names the file, and never what is in it
 */
export function secretOf(env: Environment, name: string): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return env[name] || undefined;
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigInvalid(`${name}_FILE`, path, 'a file that can be read');
  }
  requireOwnerOnly(env, `${name}_FILE`, path);
  // An error rather than a default: events must not go to a file instead of the cluster.
  if (secret === '') throw new ConfigInvalid(`${name}_FILE`, path, 'a file that holds something');
  return secret;
}

/**
 * Refuses a file that others than its owner can read.
 *
 * @param name the setting that names it
 * @throws ConfigInvalid
 */
export function requireOwnerOnly(env: Environment, name: string, path: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) throw new ConfigInvalid(name, path, 'a file that can be read');
  if ((mode & 0o077) === 0 || process.platform === 'win32' || isCredential(env, path)) return;
  const seen = `it has the mode ${(mode & 0o777).toString(8).padStart(4, '0')}`;
  throw new ConfigInvalid(name, path, `a file that only its owner can read (chmod 600 ${path})`, seen);
}

/** True of a credential of systemd, whose folder is the service's alone; its files show an access list as a group. */
function isCredential({ CREDENTIALS_DIRECTORY: folder }: Environment, path: string): boolean {
  return folder !== undefined && folder !== '' && resolve(path).startsWith(resolve(folder) + sep);
}
