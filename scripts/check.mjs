// Every check of the tree without running it; all steps run, one failure fails the check.
import { ensureInstalled, node, npm } from './ensure.mjs';

const toOutput = ['ignore', 1, 1];
const steps = {
  'Format and lint': () =>
    node(['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'], toOutput),
  Types: () => node(['node_modules/typescript/bin/tsc', '--noEmit'], toOutput),
  'Types of the page': () => node(['node_modules/typescript/bin/tsc', '--project', 'web'], toOutput),
  'Import directions': () => node(['scripts/directions.mjs'], toOutput),
  'Clock, chance, timers, HTTP and environment': () => node(['scripts/ports.mjs'], toOutput),
  Words: () => node(['scripts/words.mjs'], toOutput),
  Licences: () => node(['scripts/licences.mjs'], toOutput),
  'Dead code': () => node(['node_modules/knip/bin/knip.js'], toOutput),
  // Of npm only the errors: a rehearsed install also lists what it would remove.
  'Lock file': () =>
    npm(['ci', '--dry-run', '--ignore-scripts', '--loglevel=error'], ['ignore', 'ignore', 1]),
};

await ensureInstalled();
const failed = [];
for (const [heading, step] of Object.entries(steps)) {
  console.log(`\n${heading}`);
  if ((await step()) !== 0) failed.push(heading);
}
console.log(failed.length > 0 ? `\ncheck failed: ${failed.join('; ')}` : '\ncheck passed');
process.exit(failed.length > 0 ? 1 : 0);
