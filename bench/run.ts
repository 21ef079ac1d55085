import { parseArgs } from 'node:util';
import { alerts } from './alerts.js';
import { append } from './append.js';
import { asOf } from './as-of.js';
import { bulk } from './bulk.js';
import { bundle } from './bundle.js';
import { cluster } from './cluster.js';
import { execute } from './execute.js';
import { explain } from './explain.js';
import type { Bench } from './figures.js';
import { type Grown, growth, tableOf } from './growth.js';
import { http } from './http.js';
import { imported } from './import.js';
import { latency } from './latency.js';
import { limits } from './limits.js';
import { long } from './long.js';
import { memory } from './memory.js';
import { peers } from './peers.js';
import { portfolio } from './portfolio.js';
import { rebuild } from './rebuild.js';
import { scale } from './scale.js';
import { start } from './start.js';
import { verify } from './verify.js';

const benches: Record<string, Bench> = {
  append,
  execute,
  explain,
  http,
  bulk,
  import: imported,
  rebuild,
  'as-of': asOf,
  portfolio,
  start,
  memory,
  verify,
  bundle,
  alerts,
  latency,
  cluster,
  peers,
  limits,
  long,
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    runs: { type: 'string' },
    events: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
});
const runs = Number(flags.runs ?? (flags.small ? 3 : 5));
const events = flags.events === undefined ? undefined : Number(flags.events);
/** Those that run other benches. */
const ofOthers = { growth, scale };
const [only = ''] = positionals;
const ofMany =
  positionals.length === 1 && Object.hasOwn(ofOthers, only)
    ? ofOthers[only as keyof typeof ofOthers]
    : undefined;
const isKnown = ofMany !== undefined || positionals.every((name) => Object.hasOwn(benches, name));
const areNumbers = [runs, events ?? 1].every((number) => Number.isInteger(number) && number >= 1);
if (!isKnown || !areNumbers) {
  const names = Object.keys(benches).join(' | ');
  console.error(`usage: npm run bench -- [${names}] [--small] [--runs N] [--events N]`);
  console.error('       npm run bench -- growth | scale [--small] [--runs N] [--table]');
  process.exit(2);
}
if (ofMany) {
  const grown: Grown[] = [];
  for await (const figure of ofMany({ isSmall: flags.small, runs })) {
    grown.push(figure);
    // A table is printed at the end of a long run; until then the lines show its progress.
    (flags.table ? console.error : console.log)(JSON.stringify(figure));
  }
  if (flags.table) console.log(tableOf(grown));
  process.exit();
}
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  for await (const figure of (benches[name] as Bench)({ isSmall: flags.small, runs, events })) {
    console.log(JSON.stringify(figure));
  }
}
