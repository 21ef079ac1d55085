// What every script needs first: the dependencies, the build, and the Node that both bring along.
import './old-node.cjs';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';
const node24 = inRoot('node_modules/node/bin', isWindows ? 'node.exe' : 'node');
const stamp = inRoot('dist/.sources');
const sources = [
  'src',
  'projections',
  'web',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  '.swcrc',
  'package-lock.json',
];

export function inRoot(...path) {
  return join(root, ...path);
}

/** One line for the person who waits; on stderr, because stdout belongs to the command. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs `npm ci` unless node_modules already holds what the lock file names; ends the process on failure. */
export function ensureInstalled() {
  if (isInstalled()) return;
  alone(() => {
    if (isInstalled()) return;
    say('topout: installing what package-lock.json names (npm ci); this takes a minute or so');
    // Warnings would only name the engines of packages that run on the Node being installed.
    const code = npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
    if (code !== 0)
      fail(`npm ci ended with exit code ${code}; its message is above. Run the same command again.`, code);
    if (!isInstalled()) {
      fail(
        `npm ci left no usable ${relative(root, node24)}. If npm is set to ignore-scripts, allow them and run again.`,
      );
    }
  });
}

/** Builds dist unless it was built from these very sources; returns whether dist is good now. */
export function ensureBuilt() {
  if (isBuilt()) return true;
  return alone(() => {
    if (isBuilt()) return true;
    say('topout: building dist (nest build)');
    const hash = sourceHash();
    rmSync(stamp, { force: true });
    const code = node(['node_modules/@nestjs/cli/bin/nest.js', 'build']);
    if (code === 0) writeFileSync(stamp, hash);
    else say(`topout: the build ended with exit code ${code}; its message is above`);
    return code === 0;
  });
}

/** Runs a tool of this tree to its end with Node 24, its output on stderr; returns its exit code. */
export function node(args, options = {}) {
  return exitCode(spawnSync(node24, args, { cwd: root, stdio: ['ignore', 2, 2], ...options }));
}

/** Runs npm in this tree, its output on stderr; returns its exit code. */
export function npm(...args) {
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { npm_execpath: script, npm_node_execpath: own } = process.env;
  // The Node that runs npm must not be the one in node_modules, which npm ci removes.
  if (script?.endsWith('npm-cli.js'))
    return exitCode(spawnSync(own ?? process.execPath, [script, ...args], options));
  return exitCode(spawnSync('npm', args, { ...options, shell: isWindows }));
}

/**
 * Hands the terminal over to a program run by Node 24, until it ends.
 *
 * Answers its exit code (128 + n if signal n killed it) and whether this process had been asked to stop.
 */
export function handOver(args) {
  const child = spawn(node24, args, { stdio: 'inherit' });
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      // A terminal has already sent Ctrl-C to the child; a second one could cut an orderly stop short.
      const hasSeenIt = signal !== 'SIGTERM' && process.stdin.isTTY;
      setTimeout(() => child.kill(signal), hasSeenIt ? 3000 : 0).unref();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => resolve({ code: exitCode({ status, signal }), isStopping }));
  });
}

/** Runs the work while no other process of this tree installs or builds. */
export function alone(work) {
  const lock = inRoot('.build/busy');
  mkdirSync(inRoot('.build'), { recursive: true });
  for (let isFree = false, hasSaid = false; !isFree; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      isFree = true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isLeftOver(lock)) rmSync(lock, { force: true });
      else if (!hasSaid) say('topout: waiting for another process that installs or builds here');
      hasSaid = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isLeftOver(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // An empty file is one whose owner is just about to write its number.
    if (pid === 0) return Date.now() - statSync(lock).mtimeMs > 2000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function isInstalled() {
  const lock = inRoot('node_modules/.package-lock.json');
  if (!existsSync(node24) || !existsSync(lock)) return false;
  // npm writes this second lock file last, so it is missing or old after an install that broke off.
  const present = packages(lock);
  return Object.entries(packages(inRoot('package-lock.json'))).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return present[path] ? present[path].version === version : optional;
  });
}

function packages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash();
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder))
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(inRoot(path))) return [];
  if (!statSync(inRoot(path)).isDirectory()) return [path];
  return readdirSync(inRoot(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !/node_modules|dist/.test(file))
    .sort();
}

function exitCode({ status, signal, error }) {
  if (error) throw error;
  return status ?? 128 + constants.signals[signal];
}

function fail(sentence, code = 1) {
  say(`topout: ${sentence}`);
  rmSync(inRoot('.build/busy'), { force: true });
  process.exit(code);
}
