import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the sources, where the peers have a package.json of their own; this file runs compiled elsewhere. */
const folder = fileURLToPath(new URL('../../../bench/peers/', import.meta.url));
const require = createRequire(join(folder, 'package.json'));
/** Written last, so that it is missing after an installation that broke off. */
const stamp = join(folder, 'node_modules/.installed');

/** Installs the peers unless they are; answers why they cannot be, in a sentence, or nothing. */
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
    // What could not be compiled is tried again at the next run.
    if (isInstalled('sqlite3') && isInstalled('lmdb')) writeFileSync(stamp, lock);
    return undefined;
  }
  const said = error?.message ?? stderr.split('\n').find((line) => line.includes('npm error')) ?? stderr;
  return `the peers could not be installed (npm ci): ${said.trim()}`;
}

/** True for a package that is there; npm leaves out an optional one that can neither be fetched nor compiled. */
export function isInstalled(name: string): boolean {
  return existsSync(join(folder, 'node_modules', name));
}

/**
 * A package of a peer. Its types are not there where the product is compiled, so whoever asks writes down what it uses.
 *
 * @throws Error it is not installed, such as one that could not be compiled
 */
export function peer<Package>(name: string): Package {
  return require(name) as Package;
}

/** Points the compiler of sqlite3 to the headers beside the Node that runs npm, where there are some; else it fetches them. */
function headers(): { npm_config_nodedir?: string } {
  const root = dirname(dirname(process.env.npm_node_execpath ?? process.execPath));
  const places = [root, '/usr', '/usr/local'].filter((place) =>
    existsSync(join(place, 'include/node/node_api.h')),
  );
  return places[0] === undefined ? {} : { npm_config_nodedir: places[0] };
}
