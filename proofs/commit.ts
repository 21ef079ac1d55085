import { spawnSync } from 'node:child_process';

/** The commit of a tree, and whether the tree has uncommitted changes; files written by the proofs do not count. */
export function commitOf(root: string, written: string): string {
  const git = (...args: string[]) => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', '--short=12', 'HEAD');
  if (status !== 0) return 'of no commit (no git here)';
  const changed = git('status', '--porcelain', '--', '.', `:!${written}`).stdout.trim();
  return `${stdout.trim()}${changed === '' ? '' : ', with changes that are in no commit'}`;
}
