// Runs the tests of the page in a browser: `npm run test:page -- district`.
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, handOver, inRoot } from './ensure.mjs';

/** Runs them with the arguments of the runner; returns its exit code. */
export function testPage(args = []) {
  // What is measured follows the others only where all run.
  const chosen = args.length > 0 ? ['--no-deps', ...args] : [];
  return handOver([inRoot('node_modules/@playwright/test/cli.js'), 'test', ...chosen]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureInstalled();
  if (!(await ensureBuilt())) process.exit(1);
  process.exit(await testPage(process.argv.slice(2)));
}
