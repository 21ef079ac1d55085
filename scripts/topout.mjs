#!/usr/bin/env node
import { ensureBuilt, ensureInstalled, handOver, inRoot } from './ensure.mjs';

await ensureInstalled();
if (!(await ensureBuilt())) process.exit(1);
process.exit(await handOver([inRoot('dist/src/cli/topout.js'), ...process.argv.slice(2)]));
