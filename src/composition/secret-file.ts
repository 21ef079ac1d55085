import { readFileSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { ConfigInvalid } from './config-invalid.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A secret from its variable, or from the file in the variable with `_FILE`.
 *
 * @throws ConfigInvalid which names the file, and never what is in it
 */
export function secretOf(env: Environment, name: string): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return env[name] || undefined;
  let secret: string;
  let mode: number;
  try {
    secret = readFileSync(path, 'utf8').trim();
    ({ mode } = statSync(path));
  } catch {
    throw new ConfigInvalid(`${name}_FILE`, path, 'a file that can be read');
  }
  if ((mode & 0o077) !== 0 && process.platform !== 'win32' && !isCredential(env, path)) {
    const seen = `it has the mode ${(mode & 0o777).toString(8).padStart(4, '0')}`;
    throw new ConfigInvalid(
      `${name}_FILE`,
      path,
      `a file that only its owner can read (chmod 600 ${path})`,
      seen,
    );
  }
  // An error rather than a default: events must not go to a file instead of the cluster.
  if (secret === '') throw new ConfigInvalid(`${name}_FILE`, path, 'a file that holds something');
  return secret;
}

/** True of a credential of systemd, whose folder is the service's alone; its files show an access list as a group. */
function isCredential({ CREDENTIALS_DIRECTORY: folder }: Environment, path: string): boolean {
  return folder !== undefined && folder !== '' && resolve(path).startsWith(resolve(folder) + sep);
}
