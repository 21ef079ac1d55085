import { parseArgs } from 'node:util';
import { alerts } from './alerts.js';
import { append } from './append.js';
import { asOf } from './as-of.js';
import { cluster } from './cluster.js';
import type { Bench } from './figures.js';
import { latency } from './latency.js';
import { rebuild } from './rebuild.js';

const benches: Record<string, Bench> = { append, rebuild, alerts, latency, cluster, 'as-of': asOf };

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean', default: false }, runs: { type: 'string' } },
});
const runs = Number(flags.runs ?? (flags.small ? 3 : 5));
const unknown = positionals.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined || !(Number.isInteger(runs) && runs >= 1)) {
  console.error(`usage: npm run bench -- [${Object.keys(benches).join(' | ')}] [--small] [--runs N]`);
  process.exit(2);
}
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  for await (const figure of (benches[name] as Bench)({ isSmall: flags.small, runs })) {
    console.log(JSON.stringify(figure));
  }
}
