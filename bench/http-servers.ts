import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openFolder } from '../test/support/open-folder.js';
import { residentMB } from './served-log.js';

/** A server in its own process. */
export interface Server {
  port: number;
  /** Processor time of all its threads since its start. */
  cpuMicroseconds(): number;
  /** Megabytes of resident memory. */
  residentMB(): number;
  stop(): Promise<void>;
}

/** Arguments of Node for the service, such as those of a profiler. */
const nodeArguments = (process.env.TOPOUT_BENCH_NODE ?? '').split(' ').filter(Boolean);

/**
 * The processor cores of this process as a mask, where processes can be pinned, so that server and load do not share one; asked at the
 * first server only.
 */
let ownCores: string | undefined;
/** Servers that run. */
let running = 0;

/** Keeps this process, the load, on another core than a server; returns the start of the server's command. */
function besideServer(): string[] {
  try {
    ownCores ??= / ([0-9a-f]+)$/m.exec(taskset('-p', String(process.pid)))?.[1];
    if (running === 0) taskset('-acp', '1', String(process.pid));
  } catch {
    ownCores = undefined;
  }
  running += 1;
  return ownCores === undefined ? [] : ['taskset', '-c', '0'];
}

/** Gives this process its own cores back when no server runs, or every later measurement has one. */
function afterServer(): void {
  running -= 1;
  if (running === 0 && ownCores !== undefined) taskset('-ap', ownCores, String(process.pid));
}

function taskset(...args: string[]): string {
  return execFileSync('taskset', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The whole service on an empty data folder beside the compiled files, which is on disk. */
export async function startService(): Promise<Server> {
  const folder = mkdtempSync(fileURLToPath(new URL('../http-', import.meta.url)));
  const server = await startServer(
    [...nodeArguments, fileURLToPath(new URL('../src/main.js', import.meta.url))],
    {
      PORT: '0',
      TOPOUT_DATA: openFolder(`${folder}/data`),
      TOPOUT_EXAMPLE: 'off',
      TOPOUT_TODAY: '2018-07-10',
      TOPOUT_REQUEST_LOG: process.env.TOPOUT_REQUEST_LOG || 'off',
    },
  );
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Fastify with routes that read the same bodies and store nothing. */
export function startBare(): Promise<Server> {
  return startServer([fileURLToPath(new URL('http-bare.js', import.meta.url))], {});
}

/** Starts a server that prints its address on its first line. */
async function startServer(args: string[], env: Record<string, string>): Promise<Server> {
  const [file = '', ...before] = [...besideServer(), process.execPath];
  const child = spawn(file, [...before, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => ['']),
  ])) as [string];
  const port = Number(/:(\d+)\b/.exec(line)?.[1]);
  if (!port) throw new Error(`A server did not start; it said "${line}".`);
  return {
    port,
    cpuMicroseconds: () => cpuMicroseconds(child.pid ?? 0),
    residentMB: () => residentMB(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      afterServer();
    },
  };
}

/** Linux's processor time of a process (proc(5)), in ticks of 10 ms. */
function cpuMicroseconds(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = after.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10_000;
}
