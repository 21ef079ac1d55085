import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compose } from '../src/composition/compose.js';
import type { Composed } from '../src/composition/composed.js';
import { readConfig } from '../src/composition/settings/config.js';
import { world } from '../src/composition/world.js';
import { createHttpApp } from '../src/http/app.js';
import { eventsOf, temporaryFolder } from './support/event-store-ports.js';
import { openToAll } from './support/open-mode.js';

/**
 * Written by the service of commit cf3a745: the example district, an alert of `huaao-2`, and two subscriptions. The webhook of the
 * duty office accepted the notice; that of the site office answered 503 and is tried again later. Nothing listens on their ports now.
 */
const golden = join(import.meta.dirname, 'golden', 'data-folder');
/** An hour after the folder was written. */
const now = '2026-12-01T02:31:43.000Z';
/** Members that hold words of messages, which may change. */
const words = new Set(['reason', 'clears', 'words', 'why']);

let folder: ReturnType<typeof temporaryFolder>;
let composed: Composed;
let app: NestFastifyApplication;
beforeEach(async () => {
  folder = temporaryFolder();
  const dataPath = folder.file('data');
  mkdirSync(dataPath, { mode: 0o700 });
  for (const file of readdirSync(golden).filter((name) => name.endsWith('.gz'))) {
    const place = file.startsWith('vault') ? folder.path : dataPath;
    const content = gunzipSync(readFileSync(join(golden, file)));
    writeFileSync(join(place, file.replace('.gz', '')), content, { mode: 0o600 });
  }
  const config = readConfig({
    TOPOUT_DATA: dataPath,
    TOPOUT_VAULT: folder.file('vault.json'),
    TOPOUT_SETTLING_TIME: '0',
    TOPOUT_WEBHOOK_LOOPBACK: 'on',
  });
  composed = await compose(config, { world: { ...world, now: () => now } });
  app = await createHttpApp(composed.topout, { ...openToAll, after: world.after });
});
afterEach(async () => {
  await app.close();
  await composed.close();
  folder.remove();
});

async function get(url: string): Promise<unknown> {
  await composed.views.waitFor(await composed.store.head());
  return JSON.parse((await app.inject({ url })).payload, (name, value) =>
    words.has(name) ? undefined : value,
  );
}

/** The attempts in the log to notify the two subscriptions, `subscription alert attempt` each. */
async function attempts(): Promise<string[]> {
  const events = await eventsOf(composed.store.readAll());
  return events.flatMap((event) =>
    event.type === 'NoticeSent' || event.type === 'NoticeFailed'
      ? `${event.data.subscription} ${event.stream} ${event.data.attempt}`
      : [],
  );
}

test('a data folder of an earlier version opens with its figures, alerts, subscriptions and notices', async () => {
  const lines = readFileSync(join(golden, 'answers.jsonl'), 'utf8').trimEnd().split('\n');
  const expected = lines.map((line) =>
    JSON.parse(line, (name, value) => (words.has(name) ? undefined : value)),
  );
  const found = [];
  for (const { path } of expected) found.push({ path, body: await get(path) });
  expect(found).toEqual(expected);
});

test('a notice that was accepted is not sent again, and one that failed is tried again once', async () => {
  const [duty, site] = ['01a22f3a-a746-72ae-8942-6dd46e01b0bb', '01a22f3a-a819-75d1-bbd1-113515edfb48'];
  const before = [`${duty} alerts-huaao-2 1`, `${site} alerts-huaao-2 1`];
  expect(await attempts()).toEqual(before);
  await composed.watch();
  const stall = {
    type: 'StallDeclared',
    asOf: '2018-07-01',
    stall: 'gate',
    cause: 'financing',
    blocks: ['works'],
    from: '2018-07-01',
  };
  const answer = await app.inject({ method: 'POST', url: '/projects/baiyou-2/entries', payload: stall });
  expect(answer.statusCode).toBe(201);
  // The notice of the new alert is sent after all that was due before; to the site office only when its next retry is due.
  while ((await attempts()).length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  const after = [`${site} alerts-huaao-2 2`, `${duty} alerts-baiyou-2 1`];
  expect((await attempts()).sort()).toEqual([...before, ...after].sort());
});
