// The service of one build in a process of its own, and the processor time that it has used.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from '../ensure.mjs';

const node = inRoot('node_modules/node/bin/node');

/** A folder on the disk of this tree, removed by `remove`. */
export function workFolder() {
  mkdirSync(inRoot('.build'), { recursive: true });
  const path = mkdtempSync(inRoot('.build/compared-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the service on a data folder; it listens on loopback, on a port that is free. */
export async function served(build, dataPath, env = {}) {
  // An example on the loopback is open to everybody at this machine.
  mkdirSync(dataPath, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataPath, 'settings.json'), '{"example":"loaded"}\n', { mode: 0o600 });
  const child = spawn(node, [join(build.folder, 'dist/src/main.js')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: '0',
      TOPOUT_DATA: dataPath,
      TOPOUT_TODAY: '2018-07-10',
      TOPOUT_REQUEST_LOG: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const address = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    ended.then(([code]) => reject(new Error(`The service of ${build.name} ended with ${code}.`)));
  });
  await ready(address);
  return {
    address,
    dataPath,
    pid: child.pid,
    cpuMicroseconds: () => cpuMicroseconds(child.pid),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Sends a body, as an author or with the key of somebody who signs in; returns what was created. */
export async function post(service, path, body, key) {
  const answer = await fetch(`${service.address}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? { 'topout-by': 'inspector-7' } : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** Imports lines; each must be recorded. */
export async function sendLines(service, lines) {
  const answer = await fetch(`${service.address}/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'topout-by': 'import' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  });
  const text = await answer.text();
  const recorded = text.split('"status":201').length - 1;
  if (recorded === lines.length) return;
  const other = text.split('\n').find((line) => !line.includes('"status":201'));
  throw new Error(`${recorded} of ${lines.length} lines were recorded; another was answered ${other}`);
}

async function ready(address) {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} was not ready within a minute.`);
}

/** User and system time of a process so far, in microseconds; to a hundredth of a second. */
function cpuMicroseconds(pid) {
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program may hold blanks and parentheses; the fields follow its last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
}
