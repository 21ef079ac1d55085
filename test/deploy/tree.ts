import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder with the Dockerfile. */
export const root = join(import.meta.dirname, '..', '..');

/** The text of a file in the tree. */
export function textOf(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}
