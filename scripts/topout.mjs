#!/usr/bin/env node
import { ensureBuilt, ensureInstalled, handOver, inRoot } from './ensure.mjs';

ensureInstalled();
if (!ensureBuilt()) process.exit(1);
const { code } = await handOver([inRoot('dist/src/cli/topout.js'), ...process.argv.slice(2)]);
process.exit(code);
