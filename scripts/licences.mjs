// Licences: every package of the lock file, of production and of development, has one that Topout may be built with.
// Before it reads the file it proves on planted packages that it finds a wrong one.
import { readFileSync } from 'node:fs';
import { inRoot } from './ensure.mjs';

/** Permissive licences: they ask for their notice, and for nothing else. */
const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
  'Unlicense',
  'CC0-1.0',
]);

/** Packages with another licence, each with the reason; `isTool` ones are in nothing that is delivered. */
const others = [
  { name: /^lightningcss/, licence: 'MPL-2.0', isTool: true, why: 'the build of the page runs it' },
  { name: /^axe-core$/, licence: 'MPL-2.0', isTool: true, why: 'tests of the page run it' },
  { name: /^caniuse-lite$/, licence: 'CC-BY-4.0', isTool: true, why: 'data of a build tool' },
  { name: /^@fontsource\/noto-sans-sc$/, licence: 'OFL-1.1', why: 'a font of the page, delivered unchanged' },
];

/** @returns a sentence for each package that has no licence, or one that is not allowed */
function faultsIn(packages, used = new Set()) {
  return Object.entries(packages).flatMap(([path, { license, dev }]) => {
    if (path === '') return [];
    const name = path.split('node_modules/').at(-1);
    if (isAllowed(license)) return [];
    const other = others.find((one) => one.name.test(name) && one.licence === license);
    if (other && (!other.isTool || dev === true)) {
      used.add(other);
      return [];
    }
    const where = other
      ? 'a dependency of production, expected one of development alone'
      : 'expected one of the list';
    return [`${path}: seen ${license ?? 'no licence'}; ${where} in scripts/licences.mjs`];
  });
}

/** True if an SPDX expression can be met: one side of OR, both of AND. */
function isAllowed(expression) {
  if (typeof expression !== 'string') return false;
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare.split(' OR ').some((side) => side.split(' AND ').every((one) => permissive.has(one)));
}

const planted = {
  'node_modules/copyleft': { license: 'GPL-3.0-only' },
  'node_modules/both': { license: 'MIT AND GPL-3.0-only' },
  'node_modules/nothing': {},
  'node_modules/a/node_modules/network': { license: 'AGPL-3.0-or-later', dev: true },
  'node_modules/lightningcss': { license: 'MPL-2.0' },
  'node_modules/lightningcss-renamed-licence': { license: 'GPL-2.0-only', dev: true },
};
const ordinary = {
  'node_modules/a': { license: 'MIT' },
  'node_modules/b': { license: '(MIT OR GPL-3.0-only)' },
  'node_modules/c': { license: '(BSD-3-Clause AND Apache-2.0)' },
  'node_modules/lightningcss': { license: 'MPL-2.0', dev: true },
};
const mistakes = [];
for (const [path, one] of Object.entries(planted))
  if (faultsIn({ [path]: one }).length === 0) mistakes.push(`canary: not found: ${path} (${one.license})`);
for (const fault of faultsIn(ordinary)) mistakes.push(`canary: refused, and is allowed: ${fault}`);

const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
const used = new Set();
mistakes.push(...faultsIn(packages, used));
for (const other of others)
  if (!used.has(other))
    mistakes.push(`no package is ${other.name} with ${other.licence}; remove it from the list`);
for (const mistake of mistakes) console.error(mistake);
const count = Object.keys(packages).length - 1;
if (mistakes.length === 0)
  console.log(
    `${count} packages have an allowed licence; ${Object.keys(planted).length} wrong ones were planted and found`,
  );
process.exit(mistakes.length > 0 ? 1 : 0);
