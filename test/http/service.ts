import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FactTable } from '../../domain/project/facts/fact.js';
import type { PasswordCost } from '../../src/app/access/sign-in/passwords.js';
import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { openToAll } from '../support/open-mode.js';

const today = '2018-07-10';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Headers = Record<string, string>;

/** The answer: its text, and its parsed body. */
export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  /** Parsed; of NDJSON the list of its lines. */
  body: Record<string, never>;
}

/** A whole service on its own store, called without a network. */
export interface Service {
  app: NestFastifyApplication;
  composed: Composed;
  /** Its data folder; the vault and what is beside it are there too. */
  dataPath: string;
  /** Sends a request once everything stored can be read. */
  get(url: string, headers?: Headers): Promise<Answer>;
  /** Sends a value as JSON, or a text or bytes unchanged. */
  send(method: Method, url: string, body: unknown, headers?: Headers): Promise<Answer>;
  /** Sends values, or texts unchanged, as lines. */
  sendLines(
    lines: readonly unknown[],
    headers?: Headers,
  ): Promise<Answer & { lines: Record<string, never>[] }>;
  /** The position of the last stored entry. */
  head(): Promise<number>;
  close(): Promise<void>;
}

/**
 * @param clock the real day by it is the business day; else that is the one above
 * @param facts the facts that it knows; all of the domain when absent
 * @param passwordCost what a password costs; as in a service when absent
 */
export async function startService(
  clock?: { at: string },
  facts?: FactTable,
  passwordCost?: PasswordCost,
): Promise<Service> {
  const dataPath = mkdtempSync(join(tmpdir(), 'topout-http-'));
  const ports = clock ? { ...world, now: () => clock.at } : world;
  const config = {
    host: '127.0.0.1',
    port: 0,
    dataPath,
    timeZone: 'Asia/Shanghai',
    ...(clock ? {} : { today }),
    usesRealDay: clock !== undefined,
    loadsExample: false,
    vaultPath: join(dataPath, 'vault.json'),
    mailFrom: 'topout@example.org',
    settlingMs: 0,
    webhookNetworks: [],
    allowsLoopbackWebhooks: false,
  };
  const composed = await compose(config, { world: ports, facts, passwordCost });
  const app = await createHttpApp(composed.topout, {
    ...openToAll,
    after: world.after,
    measures: composed.measures,
  });
  const ask = async (
    method: Method,
    url: string,
    payload?: string | Buffer,
    headers: Headers = {},
  ): Promise<Answer> => {
    const response = await app.inject({ method, url, payload, headers });
    const type = String(response.headers['content-type']);
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.payload,
      body: /json/.test(type) && !/ndjson/.test(type) ? JSON.parse(response.payload) : {},
    };
  };
  return {
    app,
    composed,
    dataPath,
    async get(url, headers) {
      await composed.views.waitFor(await composed.store.head());
      return ask('GET', url, undefined, headers);
    },
    send: (method, url, body, headers) =>
      ask(method, url, asPayload(body), { 'content-type': 'application/json', ...headers }),
    async sendLines(lines, headers) {
      const text = lines.map(asPayload).map(String).join('\n');
      const answer = await ask('POST', '/entries', text, {
        'content-type': 'application/x-ndjson',
        ...headers,
      });
      const isAnswered = answer.status === 200;
      return {
        ...answer,
        lines: isAnswered
          ? answer.text
              .trim()
              .split('\n')
              .filter(Boolean)
              .map((line) => JSON.parse(line))
          : [],
      };
    },
    head: () => composed.store.head(),
    async close() {
      await app.close();
      await composed.close();
      rmSync(dataPath, { recursive: true, force: true });
    },
  };
}

function asPayload(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
