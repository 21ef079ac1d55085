// Builds another commit beside this tree and measures both in turns: `node scripts/compare.mjs REF [append|http|import|latency|answers ...]`;
// `http-keys` and `append-ledger` measure this tree alone: with a sign-in by keys and in open mode, with the ledger and without.
import { parseArgs } from 'node:util';
import { differences } from './compare/answers.mjs';
import { builtCommit, builtTree } from './compare/builds.mjs';
import { loads, settings } from './compare/loads.mjs';

const known = [...Object.keys(loads), ...Object.keys(settings), 'answers'];
const usage = `usage: node scripts/compare.mjs REF [${known.join(' | ')} ...] [--rounds N] [--moments N] [--seed S]`;
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '10' },
    moments: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const [ref, ...chosen] = positionals;
const names = chosen.length > 0 ? chosen : known;
const numbers = [flags.rounds, flags.moments, flags.seed].map(Number);
const isKnown = names.every((name) => known.includes(name));
if (!ref || !isKnown || !numbers.every((number) => Number.isSafeInteger(number) && number > 0)) {
  console.error(usage);
  process.exit(2);
}
const [rounds, moments, seed] = numbers;
/** A ratio above this counts as slower; below it lies the noise of a shared machine. */
const mostRatio = 1.08;

const isOfTwo = (name) => !Object.hasOwn(settings, name);
const other = names.some(isOfTwo) ? await builtCommit(ref) : undefined;
const here = await builtTree();
const slower = [];
for (const name of names.filter((name) => name !== 'answers')) {
  const { measured, against, ...setting } = settings[name] ?? { measured: loads[name], against: loads[name] };
  const theirBuild = isOfTwo(name) ? other : here;
  const figures = await ratiosOf(name, {
    ours: () => measured(here),
    theirs: () => against(theirBuild),
    name: setting.name ?? other.name,
  });
  console.log(JSON.stringify(figures));
  const most = setting.mostRatio ?? mostRatio;
  if (figures.ratio > most) slower.push(`${name}: ${figures.ratio}, at most ${most}`);
}
let differing = [];
if (names.includes('answers')) {
  const found = await differences(other, here, { moments, seed });
  differing = found.differing;
  console.log(JSON.stringify({ compare: 'answers', against: other.name, ...found.counts }));
  for (const line of differing) console.error(line);
  for (const line of found.worded) console.error(`in words: ${line}`);
}
if (slower.length > 0) console.error(`slower: ${slower.join('; ')}`);
process.exit(slower.length > 0 || differing.length > 0 ? 1 : 0);

/** CPU microseconds an operation of both sides, in turns; the ratio is the median of those of the rounds, above 1 where this tree is slower. */
async function ratiosOf(compared, sides) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < rounds; round += 1) {
    // The one that goes second finds the machine warmer, so they take turns at that too.
    const order = round % 2 === 0 ? ['theirs', 'ours'] : ['ours', 'theirs'];
    for (const side of order) (side === 'ours' ? ours : theirs).push(await sides[side]());
    console.error(
      `${compared} ${round + 1}/${rounds}: ${rounded(theirs.at(-1))} -> ${rounded(ours.at(-1))} µs`,
    );
  }
  const ratios = ours.map((value, round) => value / theirs[round]);
  return {
    compare: compared,
    against: sides.name,
    unit: 'CPU µs/operation',
    rounds,
    here: rounded(median(ours)),
    there: rounded(median(theirs)),
    ratio: rounded(median(ratios)),
    min: rounded(Math.min(...ratios)),
    max: rounded(Math.max(...ratios)),
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function rounded(value) {
  return Number(value.toPrecision(3));
}
