import { ensureBuilt, ensureInstalled, handOver, inRoot } from './ensure.mjs';

ensureInstalled();
const isBuilt = ensureBuilt();
const { code } = await handOver([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  inRoot('node_modules/jest/bin/jest.js'),
  ...process.argv.slice(2),
]);
process.exit(isBuilt ? code : code || 1);
