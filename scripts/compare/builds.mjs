// A build of this tree, and one of another commit in a folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, inRoot } from '../ensure.mjs';

/** This tree as it lies on the disk. */
export async function builtTree() {
  await ensureInstalled();
  if (!(await ensureBuilt())) throw new Error('This tree does not build.');
  return { name: 'this tree', folder: inRoot() };
}

/** A commit, unpacked and built once below `.build/compare`. */
export async function builtCommit(ref) {
  const git = (...args) => execFileSync('git', args, { cwd: inRoot(), maxBuffer: 2 ** 30 });
  const commit = git('rev-parse', '--verify', `${ref}^{commit}`).toString().trim();
  const folder = inRoot('.build/compare', commit);
  const isUnpacked = join(folder, '.unpacked');
  if (!existsSync(isUnpacked)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-x', '-C', folder], { input: git('archive', '--format=tar', commit) });
    writeFileSync(isUnpacked, '');
  }
  const packages = join(folder, 'node_modules');
  const isLinked = lstatSync(packages, { throwIfNoEntry: false })?.isSymbolicLink();
  const lock = (root) => readFileSync(join(root, 'package-lock.json'), 'utf8');
  const isSame = lock(folder) === lock(inRoot());
  // The same packages need no second installation; others must not be installed through the link, into this tree.
  if (isSame && !existsSync(packages)) symlinkSync(inRoot('node_modules'), packages);
  if (!isSame && isLinked) rmSync(packages);
  // By its own scripts, which know how that commit is built.
  const script =
    "import('./scripts/ensure.mjs').then(async (own) => { await own.ensureInstalled(); process.exit((await own.ensureBuilt()) ? 0 : 1); });";
  const child = spawn(process.execPath, ['-e', script], { cwd: folder, stdio: ['ignore', 2, 2] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${ref} does not build; see ${folder}.`);
  return { name: commit.slice(0, 12), folder };
}

/** The first of the files that the build has, relative to its `dist`; commits differ in where a module lies. */
export function moduleOf(build, ...places) {
  const found = places.map((place) => join(build.folder, 'dist', place)).find((path) => existsSync(path));
  if (!found) throw new Error(`${build.name} has none of ${places.join(', ')}.`);
  return found;
}
