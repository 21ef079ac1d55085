import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { facts } from '../../domain/project/facts/facts.js';
import type { Topout } from '../../src/app/topout.js';
import { world } from '../../src/composition/world.js';
import { type StreamLimits, streamLimits } from '../../src/http/alert-stream/alert-stream.js';
import { createHttpApp } from '../../src/http/app.js';
import type { AlertLog } from '../../test/support/alert-log.js';
import { openToAll } from '../../test/support/open-mode.js';

import type { ReadersFound, ReadersOrder } from './sse-readers.js';

/** Readers per process. */
const readersEach = 2_000;

/** A service that streams a log of alerts on a port of the loopback. */
export async function serveStreams(
  log: AlertLog,
  port: number,
  limits: Partial<StreamLimits> = {},
): Promise<{ app: NestFastifyApplication; port: number }> {
  const topout: Partial<Topout> = {
    facts,
    alerts: log as unknown as Topout['alerts'],
    head: async () => log.position(),
    standing: () => ({ isMade: true }),
  };
  const app = await createHttpApp(topout as Topout, {
    ...openToAll,
    after: world.after,
    streams: { ...streamLimits, ...limits },
  });
  await app.getHttpAdapter().getInstance().listen({ host: '127.0.0.1', port, backlog: 4_096 });
  const address = app.getHttpServer().address();
  return { app, port: typeof address === 'object' && address ? address.port : port };
}

/** Readers on real sockets, spread over processes. */
export class Crowd {
  private readonly processes: ChildProcess[] = [];

  /** Starts readers and waits until all of them are connected, for two minutes at most. */
  async gather(order: ReadersOrder): Promise<void> {
    const script = fileURLToPath(new URL('./sse-readers.js', import.meta.url));
    for (let left = order.count; left > 0; left -= readersEach) {
      const child = fork(script, { execArgv: [] });
      this.processes.push(child);
      child.send({ start: { ...order, count: Math.min(left, readersEach) } });
      await once(child, 'message');
    }
    await this.until(({ connected }) => connected === order.count, 120_000);
  }

  /** The combined results of all processes. */
  async found(message: { readOn?: true } = {}): Promise<ReadersFound> {
    const all = await Promise.all(
      this.processes.map(async (child) => {
        const answer = once(child, 'message');
        child.send(message);
        return (await answer)[0] as ReadersFound;
      }),
    );
    const histories: Record<string, number> = {};
    for (const [history, count] of all.flatMap((found) => Object.entries(found.histories)))
      histories[history] = (histories[history] ?? 0) + count;
    return {
      connected: all.reduce((sum, { connected }) => sum + connected, 0),
      droppedSlow: all.reduce((sum, { droppedSlow }) => sum + droppedSlow, 0),
      histories,
      delaysMs: all.flatMap(({ delaysMs }) => delaysMs),
    };
  }

  /** Polls a condition every half second, until it holds or the time is over. */
  async until(isSo: (found: ReadersFound) => boolean, mostMs: number): Promise<ReadersFound> {
    for (let passedMs = 0; ; passedMs += 500) {
      const found = await this.found();
      if (isSo(found) || passedMs >= mostMs) return found;
      await wait(500);
    }
  }

  /** Ends the processes. */
  leave(): void {
    for (const child of this.processes.splice(0)) child.kill();
  }
}

/** The numbers of missed and duplicate events of all readers. */
export function comparedWith(
  { histories }: ReadersFound,
  expected: readonly number[],
): { missed: number; duplicates: number; disordered: number } {
  const sums = { missed: 0, duplicates: 0, disordered: 0 };
  for (const [history, count] of Object.entries(histories)) {
    const positions = history === '' ? [] : history.split(',').map(Number);
    const got = new Set(positions);
    sums.missed += count * expected.filter((position) => !got.has(position)).length;
    sums.duplicates += count * (positions.length - got.size);
    sums.disordered += positions.some((position, index) => position < (positions[index - 1] ?? 0))
      ? count
      : 0;
  }
  return sums;
}

/** True once every counted reader has the last event. */
export function hasReceivedAll({ histories }: ReadersFound, expected: readonly number[]): boolean {
  const last = String(expected.at(-1));
  return Object.keys(histories).every((history) => history.endsWith(last));
}

/** A percentile of the figures; 0 for none. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
