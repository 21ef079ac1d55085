import { ensureBuilt, ensureInstalled, handOver, inRoot } from './ensure.mjs';

await ensureInstalled();
const isBuilt = await ensureBuilt();
const code = await handOver([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  inRoot('node_modules/jest/bin/jest.js'),
  ...process.argv.slice(2),
]);
// The tests have their say even where the build failed, but they cannot make up for it.
process.exit(isBuilt ? code : code || 1);
