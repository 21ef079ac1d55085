import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FactTable } from '../../domain/project/facts/fact.js';
import type { World } from '../../src/app/ports.js';
import type { Health } from '../../src/app/topout.js';
import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { createHttpApp } from '../../src/http/app.js';
import { openToAll } from './open-mode.js';
import { quickWorld } from './quick-world.js';
import type { Written } from './written.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer: its text, and its parsed body. */
export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a body is whatever was answered.
  body: any;
}

/** A whole service on a cluster, as one of several. */
export interface Replica {
  app: NestFastifyApplication;
  composed: Composed;
  dataPath: string;
  /** The reports to its operator, in order. */
  told: string[];
  ask(method: Method, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The state of the service, once it is as expected. */
  health(isAsExpected: (health: Health & { reasons: string[] }) => boolean, ms?: number): Promise<Answer>;
  /** Listens, and returns the address. */
  listen(): Promise<string>;
  /** Stops the service; its folder stays until `remove`. */
  close(): Promise<void>;
  remove(): void;
}

export interface ReplicaOptions {
  /** `esdb://...`; without it the events are in the data folder. */
  url?: string;
  prefix?: string;
  name?: string;
  /** A new folder unless one is given. */
  dataPath?: string;
  vaultPath?: string;
  world?: World;
  /** The clock that splits long work into turns; the process's by default. */
  elapsedMs?: () => number;
  env?: Record<string, string>;
  /** The facts that it knows; all of the domain when absent. */
  facts?: FactTable;
  written?: Written;
}

const today = '2018-07-10';

/** Starts a service; with a quick world unless another is given. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const dataPath = options.dataPath ?? mkdtempSync(join(tmpdir(), 'topout-replica-'));
  const world = options.world ?? quickWorld(5);
  const told: string[] = [];
  const tell = (sentence: string) => {
    told.push(sentence);
    options.written?.note(sentence);
  };
  const config = readConfig({
    TOPOUT_DATA: dataPath,
    TOPOUT_TODAY: today,
    TOPOUT_EXAMPLE: 'off',
    TOPOUT_VAULT: options.vaultPath ?? join(dataPath, 'vault.json'),
    TOPOUT_STREAM_PREFIX: options.prefix ?? 'topout.',
    TOPOUT_SETTLING_TIME: '0',
    TOPOUT_REPLICA: options.name ?? 'north',
    ...(options.url === undefined ? {} : { EVENT_STORE_URL: options.url }),
    ...options.env,
  });
  const composed = await compose(config, {
    world,
    elapsedMs: options.elapsedMs,
    facts: options.facts,
    onStoreStatus: tell,
    onViewsFailure: (error) => options.written?.note(error),
    onAlertsFailure: (error) => options.written?.note(error),
    onFatal: (error) => options.written?.note(error),
  });
  const app = await createHttpApp(composed.topout, {
    ...openToAll,
    after: world.after,
    measures: composed.measures,
  });
  const ask: Replica['ask'] = async (method, url, body, headers = {}) => {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await app.inject({ method, url, payload, headers: { ...type, ...headers } });
    options.written?.note(response.headers, response.payload);
    const isJson = /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.payload,
      body: isJson && response.payload !== '' ? JSON.parse(response.payload) : {},
    };
  };
  return {
    app,
    composed,
    dataPath,
    told,
    ask,
    async health(isAsExpected, ms = 20_000) {
      const end = performance.now() + ms;
      for (;;) {
        const answer = await ask('GET', '/health/ready');
        if (isAsExpected(answer.body)) return answer;
        if (performance.now() > end) throw new Error(`after ${ms / 1000} s: ${answer.text}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async listen() {
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
    async close() {
      await app.close();
      await composed.close();
    },
    remove: () => rmSync(dataPath, { recursive: true, force: true }),
  };
}
