import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page as it is built, with a file in each folder, and one beside it that nobody may read. */
export function builtPage(folder: string): string {
  const path = join(folder, 'page');
  for (const name of ['', 'assets', 'log']) mkdirSync(join(path, name));
  writeFileSync(join(path, 'index.html'), '<meta content="__NONCE__"><title>Office</title>');
  writeFileSync(join(path, 'log', 'index.html'), '<meta content="__NONCE__"><title>Log</title>');
  writeFileSync(join(path, 'verify.html'), '<title>Verify</title><script>1;</script>');
  writeFileSync(join(path, 'log', 'sw.js'), 'self.x = 1;');
  writeFileSync(join(path, 'assets', 'office.js'), 'console.log(1);');
  writeFileSync(join(folder, 'outside.js'), outsideText);
  writeFileSync(join(path, 'outside.js'), outsideText);
  return path;
}

/** In files that no folder of the page holds. */
export const outsideText = 'console.log("outside of the page")';
