import { ensureBuilt, ensureInstalled, handOver, inRoot, isStopping } from './ensure.mjs';

await ensureInstalled();
if (!(await ensureBuilt())) process.exit(1);
const code = await handOver([inRoot('dist/src/main.js'), ...process.argv.slice(2)]);
// A service that was stopped and died of that very signal has stopped as asked.
process.exit(isStopping() && code > 128 ? 0 : code);
