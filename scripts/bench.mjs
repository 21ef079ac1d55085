// Compiles everything a measurement needs into .build, then runs the file named first with the other arguments.
import { existsSync, rmSync } from 'node:fs';
import { alone, ensureAnswers, ensureInstalled, handOver, inRoot, node } from './ensure.mjs';

const [file, ...args] = process.argv.slice(2);
const folders = ['domain', 'src', 'projections', 'bench', 'proofs', 'test/support', 'test/stand-in'].filter(
  (folder) => existsSync(inRoot(folder)),
);

await ensureInstalled();
const code = await alone(async () => {
  const answers = await ensureAnswers();
  if (answers !== 0) return answers;
  for (const folder of folders) rmSync(inRoot('.build', folder), { recursive: true, force: true });
  return node([
    'node_modules/@swc/cli/bin/swc.js',
    ...folders,
    '--out-dir',
    '.build',
    '--copy-files',
    // What is installed for a comparison lies in bench/peers.
    '--ignore',
    '**/node_modules/**',
    '--quiet',
  ]);
});
if (code !== 0) process.exit(code);
process.exit(await handOver([inRoot('.build', file), ...args]));
