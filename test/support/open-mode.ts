import { mkdirSync } from 'node:fs';
import { writeSettings } from '../../src/app/settings.js';

/**
 * Tests ask as everybody at the machine of an example may, unless they are about who may do what. Production decides by
 * `src/composition/open-mode.ts`.
 */
export const openToAll = { isOpen: () => true };

/** Makes a data folder one that holds an example, so that a service of its own on the loopback is open. */
export function asExample(dataPath: string): void {
  mkdirSync(dataPath, { recursive: true, mode: 0o700 });
  writeSettings(dataPath, { example: 'loaded' });
}
