import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/composition/settings/config.js';
import { start } from '../src/start/start.js';
import { openFolder } from '../test/support/open-folder.js';
import { type Bench, figureOf } from './figures.js';

/** Appends per second over the network; every tenth declares a stall. */
const rate = 100;
const stallEvery = 10;

/** When a stall was sent, and when each kind of receiver got it, in milliseconds. */
interface Sighting {
  sentAt: number;
  stream?: number;
  webhook?: number;
}

/**
 * From sending a stall to the service until a reader of the stream and the receiver of a webhook have it, at 100
 * appends per second; versus the request's own round trip, which is the lower bound.
 */
export const latency: Bench = async function* ({ isSmall, runs }) {
  const stalls = isSmall ? 10 : 60;
  const toStream: number[] = [];
  const toWebhook: number[] = [];
  const answered: number[] = [];
  for (let run = 0; run < runs; run++) {
    const times = await timesOf(stalls);
    toStream.push(middle(times.stream));
    toWebhook.push(middle(times.webhook));
    answered.push(middle(times.answered));
  }
  const versus = { name: 'the same append until it is answered', values: answered };
  const what = (figure: string) => ({ bench: 'latency', figure, unit: 'ms' });
  yield figureOf(what(`append of a stall to a reader of the stream, p50 of ${stalls}`), toStream, versus);
  yield figureOf(what(`append of a stall to a local webhook receiver, p50 of ${stalls}`), toWebhook, versus);
};

async function timesOf(stalls: number): Promise<Record<'stream' | 'webhook' | 'answered', number[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'topout-latency-'));
  const config = readConfig({
    PORT: '0',
    TOPOUT_DATA: openFolder(join(folder, 'data')),
    TOPOUT_EXAMPLE: 'off',
    TOPOUT_TODAY: '2018-07-10',
    TOPOUT_WEBHOOK_LOOPBACK: 'on',
    TOPOUT_SETTLING_TIME: '0',
  });
  const service = await start(config, (error) => {
    throw error;
  });
  const sightings = new Map<string, Sighting>();
  const answered: number[] = [];
  const note = (kind: 'stream' | 'webhook', project: string) => {
    const sighting = sightings.get(project);
    if (sighting) sighting[kind] ??= performance.now() - sighting.sentAt;
  };
  const receiver = await receiving((project) => note('webhook', project));
  const reading = new AbortController();
  try {
    const { port } = receiver.address() as AddressInfo;
    await post(`${service.url}/subscriptions`, {
      name: 'latency',
      channel: { kind: 'webhook', url: `http://127.0.0.1:${port}/` },
      choice: {},
      timing: { kind: 'at-once' },
      language: 'en',
      timeZone: 'Asia/Shanghai',
    });
    for (let number = 0; number < stalls; number++)
      await post(`${service.url}/projects`, {
        project: `works-${number}`,
        name: { en: `Works ${number}` },
        asOf: '2018-01-01',
      });
    await readStream(service.url, reading.signal, (project) => note('stream', project));
    for (let number = 0; number < stalls * stallEvery; number++) {
      const project = `works-${Math.floor(number / stallEvery)}`;
      const isStall = number % stallEvery === stallEvery - 1;
      const sentAt = performance.now();
      if (isStall) sightings.set(project, { sentAt });
      const body = isStall
        ? {
            type: 'StallDeclared',
            asOf: '2018-07-01',
            stall: 'june',
            cause: 'financing',
            blocks: ['works'],
            from: '2018-07-01',
          }
        : {
            type: 'ProgressMeasured',
            asOf: '2018-07-01',
            item: 'roof',
            measure: { kind: 'percent', percent: (number % 50) + 1 },
          };
      const sent = post(`${service.url}/projects/${project}/entries`, body).then(() => {
        if (isStall) answered.push(performance.now() - sentAt);
      });
      await Promise.all([
        new Promise((resolve) => setTimeout(resolve, 1000 / rate)),
        isStall ? undefined : sent,
      ]);
      await sent;
    }
    await until(() =>
      [...sightings.values()].every(({ stream, webhook }) => stream !== undefined && webhook !== undefined),
    );
    const all = [...sightings.values()];
    return {
      stream: all.map((one) => one.stream ?? Number.NaN),
      webhook: all.map((one) => one.webhook ?? Number.NaN),
      answered,
    };
  } finally {
    reading.abort();
    await service.close();
    receiver.closeAllConnections();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A receiver that answers the challenge and accepts everything. */
async function receiving(onProject: (project: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const body = JSON.parse(text);
      for (const item of body.data?.items ?? []) onProject(item.project);
      response.end(JSON.stringify(body.challenge === undefined ? {} : { challenge: body.challenge }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

async function readStream(
  url: string,
  signal: AbortSignal,
  onProject: (project: string) => void,
): Promise<void> {
  const { body } = await fetch(`${url}/alerts/stream`, { signal });
  if (!body) throw new Error('The stream of alerts has no body.');
  void (async () => {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: ?(.*)$/m.exec(block)?.[1];
        if (data?.startsWith('{')) onProject(JSON.parse(data).alert?.project ?? '');
      }
    }
  })().catch(() => undefined);
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += 5) {
    if (waited > 20_000) throw new Error('Some of the stalls were not delivered within 20 s.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
