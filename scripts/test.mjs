import { ensureBuilt, ensureInstalled, handOver, inRoot } from './ensure.mjs';
import { testPage } from './test-page.mjs';

const args = process.argv.slice(2);

await ensureInstalled();
const isBuilt = await ensureBuilt();
const code = await handOver([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  inRoot('node_modules/jest/bin/jest.js'),
  ...args,
]);
// What is looked for by name is looked for among the tests without a browser; `npm run test:page` takes the others.
const pageCode = args.length > 0 ? 0 : await testPage();
// The tests have their say even where the build failed, but they cannot make up for it.
process.exit(code || pageCode || (isBuilt ? 0 : 1));
