import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { copiesOf, type Stage, stagesOf, valuesOf } from './dockerfile.js';
import { root, textOf } from './tree.js';

const stages = stagesOf(textOf('Dockerfile'));
const image = stages.at(-1) as Stage;
const copied = stages.flatMap((stage) => copiesOf(stage).flatMap(({ from, paths }) => (from ? [] : paths)));

/** The names in the build context: everything is ignored except the named ones. */
function sentToTheBuild(): string[] {
  const [first, ...others] = textOf('.dockerignore').trim().split('\n');
  expect(first).toBe('*');
  return others.map((line) => {
    expect(line).toMatch(/^!/);
    return line.slice(1);
  });
}

test('every copied path is in the tree, and in the build context', () => {
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect([...new Set(copied)].sort()).toEqual(sentToTheBuild().sort());
});

test('the build has all sources of a build in the tree', () => {
  const [, list = ''] = /^const sources = \[(.*?)\];/ms.exec(textOf('scripts/ensure.mjs')) ?? [];
  const sources = [...list.matchAll(/'([^']+)'/g)].map(([, path = '']) => path);
  expect(sources).toContain('src');
  const present = sources.filter((path) => existsSync(join(root, path)));
  const build = stages.find(({ name }) => name === 'build') as Stage;
  const paths = copiesOf(build).flatMap(({ paths }) => paths);
  expect(present.filter((path) => !paths.includes(path))).toEqual([]);
});

test('a stage copies only from earlier stages', () => {
  for (const [index, stage] of stages.entries()) {
    const above = stages.slice(0, index).map(({ name }) => name);
    for (const { from } of copiesOf(stage)) if (from) expect(above).toContain(from);
  }
});

test('all stages run the Node version of the package', () => {
  const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
  const asked = /^>=(\d+)$/.exec(engines.node)?.[1];
  expect(stages.map(({ base }) => base)).toEqual(stages.map(() => `node:${asked}-bookworm-slim`));
});

test('the image has no development dependencies and does not run as root', () => {
  const packages = stages.find(({ name }) => name === 'packages') as Stage;
  expect(valuesOf(packages, 'RUN')).toEqual(['npm ci --omit=dev --omit=optional']);
  expect(copiesOf(image).find(({ to }) => to === 'node_modules')?.from).toBe('packages');
  expect(valuesOf(image, 'USER')).toEqual(['node']);
});

test('the service itself gets the stop signal, not a shell or npm', () => {
  expect(valuesOf(image, 'CMD')).toEqual(['["node", "dist/src/main.js"]']);
  expect(valuesOf(image, 'STOPSIGNAL')).toEqual(['SIGTERM']);
  expect(valuesOf(image, 'ENTRYPOINT')).toEqual([]);
});

test('data and the keys beside them are in the volume', () => {
  const env = Object.fromEntries(
    valuesOf(image, 'ENV').flatMap((args) => args.split(/\s+/).map((pair) => pair.split('='))),
  );
  expect(env).toEqual({
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: '3000',
    TOPOUT_DATA: '/data/topout',
  });
  expect(valuesOf(image, 'VOLUME')).toEqual(['/data']);
  expect(valuesOf(image, 'EXPOSE')).toEqual([env.PORT]);
});

test('a container is healthy while it answers reads, even if the cluster accepts no writes', () => {
  const [check = ''] = valuesOf(image, 'HEALTHCHECK');
  const [, path] = /http:\/\/127\.0\.0\.1:\$\{process\.env\.PORT\}\/([\w/]+)`/.exec(check) ?? [];
  const routes = globSync('src/http/routes/*.ts', { cwd: root }).flatMap((name) =>
    [...textOf(name).matchAll(/@Get\('([^']+)'\)/g)].map(([, route]) => route),
  );
  expect(routes).toContain(path);
  expect(path).toBe('health/readable');
});

test('a line that is not an instruction is refused', () => {
  expect(() => stagesOf('FROM node:24\ncopy src src\n')).toThrow('no instruction: "copy src src"');
});
