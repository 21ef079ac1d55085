import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes a data folder that of an example, unless it has settings: on the loopback a service on it is open to everybody
 * at this machine, as one with the example district is.
 */
export function openFolder(dataPath: string): string {
  mkdirSync(dataPath, { recursive: true, mode: 0o700 });
  const path = join(dataPath, 'settings.json');
  if (!existsSync(path)) writeFileSync(path, '{"example":"loaded"}\n', { mode: 0o600 });
  return dataPath;
}
