// Links each projection for the server into one script without modules, for engines of ES2015: `node scripts/server-projections.mjs [FOLDER]`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, transformSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'projections', 'server');
const target = resolve(process.argv[2] ?? join(root, 'dist', 'server-projections'));
// Loose: members are set and spread by plain assignment, which engines that interpret are quickest at.
const level = { target: 'es2015', loose: true };

const plain = (code, syntax, vars) =>
  transformSync(code, {
    configFile: false,
    swcrc: false,
    isModule: syntax === 'typescript',
    jsc: {
      ...level,
      parser: { syntax },
      transform: { optimizer: { globals: { vars } } },
      minify: { compress: false, mangle: false, format: { comments: false, ecma: 2015 } },
    },
  }).code.replace(/^export /gm, '');

const engine = plain(readFileSync(join(source, 'engine.ts'), 'utf8'), 'typescript', {});
mkdirSync(target, { recursive: true });
for (const file of readdirSync(join(source, 'scripts'))) {
  const name = file.replace(/\.ts$/, '');
  const linked = await bundle({
    entry: { [name]: join(source, 'scripts', file) },
    output: { path: target, name },
    module: {},
    options: { swcrc: false, jsc: { ...level, parser: { syntax: 'typescript' } } },
  });
  const classes = {
    Map: 'OrderedMap',
    Set: 'OrderedSet',
    WeakMap: 'RecentMap',
    Float64Array: 'NumberList',
  };
  const folds = plain(linked[name].code, 'ecmascript', classes);
  writeFileSync(join(target, `${name}.js`), `'use strict';\n${engine}${folds}`);
}
