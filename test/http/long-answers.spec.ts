import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { defaultRules } from '../../domain/governance/rules.js';
import type { Following } from '../../src/app/governance/governance.js';
import { ClientLeft } from '../../src/app/turns.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';
import { AlertLog } from '../support/alert-log.js';
import { openToAll } from '../support/open-mode.js';
import { fakeTopout } from './fakes.js';

const { version: _, ...rules } = defaultRules;
const period = 'rules/test?from=2018-01-01&to=2018-07-10';

let app: NestFastifyApplication;
let ending: AbortController;
let url: string;
/** The running back-test: its client, and how it ends. */
let running: { following: Following; end(): void; left: Promise<void> };
let begun: PromiseWithResolvers<void>;

beforeEach(async () => {
  const topout = fakeTopout(new AlertLog());
  const { governance } = topout;
  const soon = governance.testRules.bind(governance);
  ending = new AbortController();
  begun = Promise.withResolvers();
  governance.testRules = async (candidate, from, where, following = {}) => {
    const ended = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    following.leaving?.addEventListener('abort', () => left.resolve());
    running = { following, end: ended.resolve, left: left.promise };
    begun.resolve();
    await Promise.race([ended.promise, left.promise]);
    if (following.leaving?.aborted) throw new ClientLeft();
    return soon(candidate, from, where);
  };
  // Seconds pass as hundredths.
  const after: typeof world.after = (ms, call) => world.after(ms / 100, call);
  app = await createHttpApp(topout, { ...openToAll, after, ending: ending.signal });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterEach(() => app.close());

function ask(accept: string, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept };
  const body = JSON.stringify(rules);
  return fetch(`${url}/${period}`, { method: 'POST', headers, body, ...(signal ? { signal } : {}) });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a long back-test is one JSON preceded by blanks, which keep the connection alive', async () => {
  const asked = ask('application/json');
  await begun.promise;
  const answer = await asked;
  await pause(300);
  running.end();
  const text = await answer.text();
  expect(text).toMatch(/^\n{2,}\{/);
  expect(JSON.parse(text)).toMatchObject({ projects: expect.any(Number), alerts: expect.any(Array) });
});

test('as lines it reports progress, and finally the result', async () => {
  const asked = ask('application/x-ndjson');
  await begun.promise;
  running.following.onProgress?.(7, 20_000);
  const answer = await asked;
  expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
  running.end();
  const lines = (await answer.text()).trim().split('\n');
  const [first, last] = [lines[0], lines.at(-1)].map((line) => JSON.parse(line ?? ''));
  expect(first).toEqual({ done: 7, of: 20_000 });
  expect(last.result.alerts).toBeDefined();
});

test('it ends with its client', async () => {
  const client = new AbortController();
  const asked = ask('application/json', client.signal).catch(() => 'broken off');
  await begun.promise;
  client.abort();
  await running.left;
  expect(await asked).toBe('broken off');
});

test('it ends with the service, and a partial result is not mistaken for the whole', async () => {
  const answers = [await begin('application/json'), await begin('application/x-ndjson')];
  ending.abort();
  const [json, lines] = await Promise.all(answers.map((answer) => answer.text().catch(() => 'broken off')));
  expect(json).toBe('broken off');
  expect(JSON.parse(lines?.trim().split('\n').at(-1) ?? '')).toMatchObject({
    problem: { type: '/problems/service-ending', status: 503 },
  });
});

async function begin(type: string): Promise<Response> {
  begun = Promise.withResolvers();
  const asked = ask(type);
  await begun.promise;
  return asked;
}
