import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A library between a program and the system, or why there is none. */
export type Shim = { path: string; compiler: string } | { why: string };

/** Compiles a C file beside this one into a folder, with the first available compiler. */
export function compileShim(name: string, folder: string): Shim {
  if (process.platform !== 'linux') return { why: `LD_PRELOAD is of Linux, and this is ${process.platform}` };
  const source = fileURLToPath(new URL(`./${name}.c`, import.meta.url));
  const path = join(folder, `${name}.so`);
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const flags = ['-shared', '-fPIC', '-O1', '-Wall', '-o', path, source, '-ldl', '-lpthread'];
    const { status, error, stderr } = spawnSync(compiler, flags, { encoding: 'utf8' });
    if (status === 0) return { path, compiler };
    if (!error) return { why: `${compiler} could not compile ${name}.c: ${stderr.trim().slice(0, 500)}` };
  }
  return { why: 'no C compiler (cc, gcc, clang) is there' };
}
