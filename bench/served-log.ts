import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openFolder } from '../test/support/open-folder.js';
import type { Log } from './logs.js';
import { lastDay } from './site-life.js';

/** The whole service in its own process, on the data folder of a log. */
export interface ServedLog {
  url: string;
  /** Milliseconds from its start until it printed its address and reported ready. */
  readyMs: number;
  /** Megabytes of resident memory. */
  residentMB(): number;
  get(path: string): Promise<Response>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function serveLog(log: Log): Promise<ServedLog> {
  const before = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(new URL('../src/main.js', import.meta.url))], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      TOPOUT_DATA: openFolder(dirname(log.path)),
      TOPOUT_EXAMPLE: 'off',
      TOPOUT_TODAY: lastDay,
      TOPOUT_REQUEST_LOG: 'off',
      TOPOUT_VAULT: `${dirname(log.path)}-vault.json`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => ['']),
  ])) as [string];
  const url = /https?:\/\/\S+/.exec(line)?.[0];
  if (!url) throw new Error(`The service did not start; it said "${line}".`);
  const get = (path: string) => fetch(url + path);
  const answer = await get('/health/ready');
  if (!answer.ok) throw new Error(`The service is not ready: ${await answer.text()}`);
  return {
    url,
    readyMs: performance.now() - before,
    residentMB: () => residentMB(child.pid ?? 0),
    get,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

/** Resolves once every view of a service is up to date. */
export async function untilLive({ get }: ServedLog): Promise<void> {
  for (;;) {
    const { views } = (await (await get('/health/ready')).json()) as {
      views: { state: string; lag: number }[];
    };
    if (views.every(({ state, lag }) => state === 'live' && lag === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Linux's resident set size of a process (proc(5), VmRSS), in megabytes. */
export function residentMB(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
