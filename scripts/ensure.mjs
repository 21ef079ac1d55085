// What every script needs first: the dependencies, the build, and the Node that both bring along.
import './old-node.cjs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';
const node24 = inRoot('node_modules/node/bin', isWindows ? 'node.exe' : 'node');
const stamp = inRoot('dist/.sources');
const busy = inRoot('.build/busy');
const toStderr = ['ignore', 2, 2];
const sources = [
  'domain',
  'src',
  'projections',
  'web',
  'vite.config.ts',
  'scripts/offline-files.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  '.swcrc',
  'scripts/server-projections.mjs',
  'scripts/answers.mjs',
  'package-lock.json',
];

/** The program that runs now or ran last, and the signal that asked this process to end. */
let child;
let stopSignal;

export function inRoot(...path) {
  return join(root, ...path);
}

/** One line for the user; on stderr, because stdout belongs to the command. */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs `npm ci` unless node_modules already holds what the lock file names; ends the process on failure. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await alone(async () => {
    if (isInstalled()) return;
    say('topout: installing what package-lock.json names (npm ci); this takes a minute or so');
    // Warnings would only name the engines of packages that run on the Node being installed.
    const code = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
    if (code !== 0) fail(`npm ci ended with exit code ${code}; run the same command again`, code);
    if (!isInstalled()) {
      const missing = relative(root, node24);
      fail(`npm ci left no usable ${missing}; if npm is set to ignore-scripts, allow them and run again`);
    }
  });
}

/** Builds dist unless it was built from these very sources; returns whether dist is usable now. */
export async function ensureBuilt() {
  if (isBuilt()) return true;
  return await alone(async () => {
    if (isBuilt()) return true;
    say('topout: building dist (the service and its page)');
    const hash = sourceHash();
    rmSync(stamp, { force: true });
    const code = await inTurn([
      ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
      ['scripts/server-projections.mjs'],
      ['scripts/answers.mjs'],
      ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
      ['node_modules/vite/bin/vite.js', 'build', '--ssr', '--logLevel', 'warn'],
    ]);
    if (code === 0) writeFileSync(stamp, hash);
    else say(`topout: the build ended with exit code ${code}; nothing was started from it`);
    return code === 0;
  });
}

/** Puts the schemas of answers where what is compiled into .build looks for them; derives them unless dist is of these very sources. */
export async function ensureAnswers() {
  const file = inRoot('.build/answers.json');
  if (isBuilt()) {
    copyFileSync(inRoot('dist/answers.json'), file);
    return 0;
  }
  return node(['scripts/answers.mjs', file]);
}

/** Runs tools one after the other until one fails; returns the last exit code. */
async function inTurn(tools) {
  for (const args of tools) {
    const code = await node(args);
    if (code !== 0) return code;
  }
  return 0;
}

/** Runs a tool of this tree with Node 24, by default with its output on stderr; returns its exit code. */
export function node(args, stdio = toStderr) {
  return run(node24, args, { cwd: root, stdio });
}

/** Runs npm in this tree, by default with its output on stderr; returns its exit code. */
export function npm(args, stdio = toStderr) {
  const options = { cwd: root, stdio };
  const { npm_execpath: script, npm_node_execpath: own } = process.env;
  // The Node that runs npm must not be the one in node_modules, which npm ci removes.
  if (script?.endsWith('npm-cli.js')) return run(own ?? process.execPath, [script, ...args], options);
  return run('npm', args, { ...options, shell: isWindows });
}

/** Hands the terminal over to a program run by Node 24; returns its exit code, 128 + n if signal n killed it. */
export function handOver(args) {
  return run(node24, args, { stdio: 'inherit' });
}

/** Whether this process has been asked to end. */
export function isStopping() {
  return stopSignal !== undefined;
}

async function run(command, args, options) {
  if (!child) listenForStop();
  if (isStopping()) return exitCode(null, stopSignal);
  child = spawn(command, args, options);
  const [status, signal] = await once(child, 'exit');
  return exitCode(status, signal);
}

function listenForStop() {
  const stop = (signal, afterMs) => {
    if (isStopping()) return;
    stopSignal = signal;
    setTimeout(() => child.kill(signal), afterMs).unref();
  };
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  for (const signal of ['SIGINT', 'SIGHUP']) {
    // A terminal has already sent these to the child; a second one could cut an orderly stop short.
    process.on(signal, () => stop(signal, process.stdin.isTTY ? 3000 : 0));
  }
  if (process.env.npm_lifecycle_event) {
    // Stopping npm stops only its shell, and not what the shell runs.
    const shell = process.ppid;
    setInterval(() => process.ppid !== shell && stop('SIGTERM', 0), 200).unref();
  }
}

/** Runs the work while no other process of this tree installs or builds. */
export async function alone(work) {
  mkdirSync(inRoot('.build'), { recursive: true });
  for (let isFree = false, hasSaid = false; !isFree; ) {
    try {
      writeFileSync(busy, String(process.pid), { flag: 'wx' });
      isFree = true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isLeftOver()) rmSync(busy, { force: true });
      else if (!hasSaid) say('topout: waiting for another process that installs or builds here');
      hasSaid = true;
      await sleep(100);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(busy, { force: true });
  }
}

function isLeftOver() {
  try {
    const pid = Number(readFileSync(busy, 'utf8'));
    // An empty file is one whose owner is just about to write its number.
    if (pid === 0) return Date.now() - statSync(busy).mtimeMs > 2000;
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
  for (const file of sources.flatMap(filesUnder)) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(inRoot(file)));
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(inRoot(path))) return [];
  if (!statSync(inRoot(path)).isDirectory()) return [path];
  return readdirSync(inRoot(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !/[\\/](node_modules|dist)[\\/]/.test(file))
    .sort();
}

function exitCode(status, signal) {
  return status ?? 128 + constants.signals[signal];
}

function fail(sentence, code = 1) {
  say(`topout: ${sentence}`);
  rmSync(busy, { force: true });
  process.exit(code);
}
