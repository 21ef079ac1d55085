import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { World } from '../../src/app/ports.js';
import { type StreamLimits, streamLimits } from '../../src/http/alert-stream/alert-stream.js';
import type { Schema } from '../../src/http/answers/schema.js';
import { createHttpApp } from '../../src/http/app.js';
import { AlertLog } from '../support/alert-log.js';
import { openToAll } from '../support/open-mode.js';
import { type Calls, fakeTopout } from './fakes.js';
import { misfits } from './fits.js';

/** Timers that a test fires; a turn without a wait is a turn. */
class Timers implements Pick<World, 'after'> {
  private readonly waiting = new Map<() => void, number>();

  after(ms: number, call: () => void): () => void {
    if (ms === 0) setImmediate(call);
    else this.waiting.set(call, ms);
    return () => void this.waiting.delete(call);
  }

  /** Fires timers set for exactly this number of milliseconds. */
  ring(ms: number): void {
    for (const [call, wait] of [...this.waiting]) {
      if (wait !== ms) continue;
      this.waiting.delete(call);
      call();
    }
  }

  get count(): number {
    return this.waiting.size;
  }
}

/** The HTTP side on fakes, with all of its calls. */
export interface FakeService {
  app: NestFastifyApplication;
  log: AlertLog;
  calls: Calls;
  timers: Timers;
  /** Sends a request without a network; a body is JSON unless it is a text. */
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string; body: Record<string, never> }>;
  /** The first violation of a named schema; undefined if the answer fits. */
  misfits(answer: unknown, schema: string): Promise<string[]>;
  /** Listens on the loopback, and returns the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export async function startFakeService(
  limits: Partial<StreamLimits> = {},
  log = new AlertLog(),
): Promise<FakeService> {
  const calls: Calls = [];
  const timers = new Timers();
  const app = await createHttpApp(fakeTopout(log, calls), {
    ...openToAll,
    after: (ms, call) => timers.after(ms, call),
    streams: { ...streamLimits, ...limits },
  });
  return {
    app,
    log,
    calls,
    timers,
    async ask(method, url, body, headers = {}) {
      const isJson = body !== undefined && typeof body !== 'string';
      const response = await app.inject({
        method,
        url,
        payload: isJson ? JSON.stringify(body) : (body as string | undefined),
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      });
      const text = response.payload;
      const hasJson = /json/.test(String(response.headers['content-type']));
      return {
        status: response.statusCode,
        headers: response.headers,
        text,
        body: hasJson ? JSON.parse(text) : {},
      };
    },
    async misfits(answer, schema) {
      const document = (await app.inject({ url: '/openapi.json' })).json();
      const components: Record<string, Schema> = document.components.schemas;
      return misfits(answer, { $ref: `#/components/schemas/${schema}` }, components);
    },
    async listen() {
      await app.getHttpAdapter().getInstance().listen({ host: '127.0.0.1', port: 0 });
      const address = app.getHttpServer().address();
      return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
    },
    close: () => app.close(),
  };
}
