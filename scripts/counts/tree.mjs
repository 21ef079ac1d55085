// What the files of a tree say about its layout, read without running it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { inRoot } from '../ensure.mjs';

/** How many files lie side by side in each folder of these places. */
export function filesByFolder(root, places) {
  const counts = new Map();
  for (const file of filesOf(root, places)) {
    const folder = posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([folder, count]) => ({ folder, count }));
}

/** How many lines the TypeScript files of a place have. */
export function lines(root, place) {
  return sources(root, [place]).reduce((sum, file) => sum + lineCount(root, file), 0);
}

/** The TypeScript files and scripts that are longer than `most` lines, each with its length. */
export function longFiles(root, places, most) {
  return sources(root, places)
    .map((file) => [file, lineCount(root, file)])
    .filter(([, count]) => count > most);
}

/**
 * The imports between folders, types included.
 *
 * @param folderOf the folder that a file counts for; undefined leaves the file out
 * @returns {{arrows: object[], back: object[], circles: string[][]}} each arrow with the number of its imports; the pairs with
 *   arrows in both directions; the groups of folders each of which reaches all others
 */
export function imports(root, places, folderOf) {
  const counts = new Map();
  for (const file of sources(root, places)) {
    const from = folderOf(file);
    for (const target of targets(root, file)) {
      const to = folderOf(target);
      if (!from || !to || from === to) continue;
      const arrow = `${from} ${to}`;
      counts.set(arrow, (counts.get(arrow) ?? 0) + 1);
    }
  }
  const arrows = [...counts].map(([arrow, count]) => {
    const [from, to] = arrow.split(' ');
    return { from, to, count };
  });
  const back = arrows.filter(({ from, to }) => from < to && counts.has(`${to} ${from}`));
  return { arrows, back, circles: circlesOf(arrows) };
}

/** The exports and types that no other file imports, by the dead-code check without its exceptions. */
export function unusedExports(root) {
  const { ignoreIssues: _, ...config } = JSON.parse(readFileSync(join(root, 'knip.json'), 'utf8'));
  const strict = '.knip-strict.json';
  writeFileSync(join(root, strict), JSON.stringify({ ...config, ignoreExportsUsedInFile: false }));
  const args = ['--no-gitignore', '--config', strict, '--reporter', 'json', '--include', 'exports,types'];
  const { stdout, stderr } = spawnSync(
    inRoot('node_modules/node/bin/node'),
    [join(root, 'node_modules/knip/bin/knip.js'), ...args],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  rmSync(join(root, strict));
  if (!stdout.startsWith('{')) throw new Error(`The dead-code check failed: ${stdout}${stderr}`);
  return JSON.parse(stdout).issues.flatMap(({ file, exports = [], types = [] }) =>
    [...exports, ...types].map(({ name }) => [file, name]),
  );
}

function circlesOf(arrows) {
  const reached = (start) => {
    const seen = new Set();
    const rest = [start];
    for (let folder = rest.pop(); folder !== undefined; folder = rest.pop())
      for (const { from, to } of arrows) if (from === folder && !seen.has(to) && seen.add(to)) rest.push(to);
    return seen;
  };
  const all = new Map([...new Set(arrows.map(({ from }) => from))].map((one) => [one, reached(one)]));
  const groups = [...all]
    .filter(([folder, reaches]) => reaches.has(folder))
    .map(([folder, reaches]) => [...reaches].filter((one) => all.get(one)?.has(folder)).sort());
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

/** The files of the tree that one file imports, exports again or loads later. */
function targets(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const named = text.matchAll(/(?:\bfrom |\bimport |\bimport\()'(\.[^']+)'/g);
  return [...named].map(([, path]) => posix.join(posix.dirname(file), path));
}

function sources(root, places) {
  return filesOf(root, places).filter((file) => /\.(ts|tsx|mjs)$/.test(file));
}

function filesOf(root, places) {
  return places
    .filter((place) => existsSync(join(root, place)))
    .flatMap((place) =>
      readdirSync(join(root, place), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => posix.join(entry.parentPath.slice(join(root, '/').length), entry.name)),
    )
    .sort();
}

function lineCount(root, file) {
  return readFileSync(join(root, file), 'utf8').split('\n').length - 1;
}
