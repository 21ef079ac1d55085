import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The source folder, where the peers have their own package.json; this file runs compiled elsewhere. */
const folder = fileURLToPath(new URL('../../../bench/peers/', import.meta.url));
const require = createRequire(join(folder, 'package.json'));
/** Written last, so that it is missing after an interrupted installation. */
const stamp = join(folder, 'node_modules/.installed');

/** Installs the peers if needed; returns a sentence if that is impossible, else undefined. */
export function installPeers(): string | undefined {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return undefined;
  process.stderr.write(
    'bench: installing the peers into bench/peers/node_modules (npm ci); sqlite3 may be compiled\n',
  );
  const { status, stderr, error } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: folder,
    env: { ...process.env, ...headers() },
    stdio: ['ignore', 2, 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) {
    // A failed compilation is tried again at the next run.
    if (isInstalled('sqlite3') && isInstalled('lmdb')) writeFileSync(stamp, lock);
    return undefined;
  }
  const said = error?.message ?? stderr.split('\n').find((line) => line.includes('npm error')) ?? stderr;
  return `the peers could not be installed (npm ci): ${said.trim()}`;
}

/** True if a package is installed; npm skips an optional one that it can neither download nor compile. */
export function isInstalled(name: string): boolean {
  return existsSync(join(folder, 'node_modules', name));
}

/**
 * A package of a peer. Its types are not available where the product is compiled, so the caller declares what it uses.
 *
 * @throws Error it is not installed, for example because it could not be compiled
 */
export function peer<Package>(name: string): Package {
  return require(name) as Package;
}

/** Points the compiler of sqlite3 to the headers beside the Node that runs npm, if present; else it downloads them. */
function headers(): { npm_config_nodedir?: string } {
  const root = dirname(dirname(process.env.npm_node_execpath ?? process.execPath));
  const places = [root, '/usr', '/usr/local'].filter((place) =>
    existsSync(join(place, 'include/node/node_api.h')),
  );
  return places[0] === undefined ? {} : { npm_config_nodedir: places[0] };
}
