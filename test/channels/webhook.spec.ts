import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Address } from '../../src/channels/channel.js';
import type { Notice, NoticeItem } from '../../src/channels/notice.js';
import { type WebhookOptions, webhookChannel } from '../../src/channels/webhook.js';
import { mostBytes } from '../../src/channels/webhook-socket.js';
import { selfSigned } from '../support/certificate.js';
import { inEnglish } from '../support/in-english.js';
import { type Receiver, startBareReceiver, startReceiver } from '../support/webhook-receiver.js';

// Receivers are in 127.1.0.0/16, which the channel allows; the canary is on this machine outside it.
const site = '127.1.0.1';
const inside = '127.0.0.1';
const name = 'pager.site.example';
const certified = selfSigned([name]);
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const now = '2018-07-10T01:00:00.000Z';

const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const raw = (url = '') => Buffer.from(url, 'base64url').toString('base64');
const key = { privateKey: raw(jwk.d), publicKey: raw(jwk.x) };

const item: NoticeItem = {
  type: 'AlertRaised',
  event: '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e002',
  position: 81,
  recordedAt: '2018-07-10T00:59:59.000Z',
  alert: '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e003',
  project: 'huaao-2',
  cause: 'financing',
  projectName: { en: 'Huaao II', zh: '华奥二期' },
  district: { en: 'xx' },
  rule: 'declared-stall',
  rulesVersion: 1,
  subject: { kind: 'project' },
  severity: 'red',
  since: '2018-06-01',
  reason: { en: 'Wang of the bank said no', zh: '银行不贷' },
  evidence: ['0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e004'],
};
const notice: Notice = {
  notice: '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e001',
  subscription: '0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e005',
  kind: 'at-once',
  language: 'zh',
  timeZone: 'Asia/Shanghai',
  items: [item],
  remarks: [{ en: 'three were given up', zh: '三条已放弃' }],
  at: now,
  links: {
    alerts: 'https://topout.example/alerts?project=huaao-2',
    unsubscribe: 'https://topout.example/subscriptions/1/unsubscribe?token=abc',
  },
};

type Request = IncomingMessage & { text: string };
let answer: (request: Request, response: ServerResponse) => void;
let receiver: Receiver;
let canary: Receiver;
const bare: Receiver[] = [];
const taken: number[] = [];

beforeAll(async () => {
  receiver = await startReceiver(site, (request, response) => answer(request, response), certified);
  canary = await startReceiver(inside, (_request, response) => response.end('reached'));
});
afterEach(async () => {
  await Promise.all(bare.splice(0).map((one) => one.close()));
  taken.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await canary.close();
});

const options: WebhookOptions = {
  now: () => now,
  newId: () => 'f3b1c7de-0000-7000-8000-00000000000a',
  // Time is frozen unless a test advances it.
  after: () => () => undefined,
  signingKey: () => key,
  lookup: async () => [site],
  allow: ['127.1.0.0/16'],
  authorities: [certified.cert],
  onEnd: (bytes) => taken.push(bytes),
};

const hook = (path = '/hook', port = receiver.port): Address & { kind: 'webhook' } => {
  return { kind: 'webhook', url: `https://${name}:${port}${path}`, secrets: [secret] };
};
const answering = (status: number, body = '', headers: Record<string, string> = {}) => {
  answer = (_request, response) => void response.writeHead(status, headers).end(body);
};

test('a notice arrives thin, in canonical order and signed, without personal data', async () => {
  let seen: { method?: string; url?: string; headers: NodeJS.Dict<unknown>; text: string } | undefined;
  answer = ({ method, url, headers, text }, response) => {
    seen = { method, url, headers, text };
    response.end('thanks');
  };
  expect(await webhookChannel(options).deliver(notice, hook('/hook?site=1'))).toEqual({
    kind: 'accepted',
    status: 200,
  });
  expect(seen?.text).toBe(
    '{"data":{"items":[{"alert":"0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e003","event":"0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e002","link":"https://topout.example/alerts/0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e003","position":81,"project":"huaao-2","rule":"declared-stall","severity":"red","since":"2018-06-01","type":"AlertRaised"}],"kind":"at-once","notice":"0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e001","subscription":"0b3f1c1e-7a55-5d0e-9d5c-0a60a3a1e005"},"timestamp":"2018-07-10T00:59:59.000Z","type":"alerts.notice"}',
  );
  const { method, url, headers = {} } = seen ?? {};
  expect({
    method,
    url,
    host: headers.host,
    type: headers['content-type'],
    id: headers['webhook-id'],
  }).toEqual({
    method: 'POST',
    url: '/hook?site=1',
    host: `${name}:${receiver.port}`,
    type: 'application/json; charset=utf-8',
    id: notice.notice,
  });
  const signed = new Webhook(secret).sign(notice.notice, new Date(now), seen?.text ?? '');
  expect(String(headers['webhook-signature']).split(' ')).toEqual([signed, expect.stringMatching(/^v1a,/)]);
});

test.each([
  [200, { kind: 'accepted', status: 200 }],
  [202, { kind: 'accepted', status: 202 }],
  [204, { kind: 'accepted', status: 204 }],
  [302, { kind: 'failed', status: 302, why: 'It answered 302; redirects are not followed.' }],
  [400, { kind: 'failed', status: 400, why: 'It answered 400.' }],
  [401, { kind: 'failed', status: 401, why: 'It answered 401.' }],
  [404, { kind: 'failed', status: 404, why: 'It answered 404.' }],
  [410, { kind: 'gone', status: 410, why: 'It answered 410.' }],
  [413, { kind: 'refused', status: 413, why: 'It answered 413.' }],
  [429, { kind: 'failed', status: 429, why: 'It answered 429.' }],
  [500, { kind: 'failed', status: 500, why: 'It answered 500.' }],
  [503, { kind: 'failed', status: 503, why: 'It answered 503.' }],
])('a status of %i has its outcome', async (status, outcome) => {
  answering(status);
  expect(await webhookChannel(options).deliver(notice, hook())).toEqual(outcome);
});

test.each([
  ['90', 90_000],
  ['0', 0],
  ['Tue, 10 Jul 2018 01:02:00 GMT', 120_000],
  ['Tue, 10 Jul 2018 00:00:00 GMT', 0],
  ['86400', 3_600_000],
  ['soon', undefined],
])('a busy receiver may delay the next attempt: %s', async (text, retryAfterMs) => {
  answering(503, '', { 'retry-after': text });
  const outcome = await webhookChannel(options).deliver(notice, hook());
  expect(outcome).toEqual({
    kind: 'failed',
    status: 503,
    why: 'It answered 503.',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
});

test('the beginning of a failed answer is kept, without control characters or half characters', async () => {
  answering(500, `\u001b[31mout of\r\ndisk\u0000 \u202egnp.exe ${'满'.repeat(200)}`);
  expect(await webhookChannel(options).deliver(notice, hook())).toEqual({
    kind: 'failed',
    status: 500,
    why: `It answered 500: "[31mout of disk gnp.exe ${'满'.repeat(75)}".`,
  });
});

test('a redirect to an internal address is not followed', async () => {
  answering(307, '', { location: `http://${inside}:${canary.port}/` });
  const outcome = await webhookChannel(options).deliver(notice, hook());
  expect({ kind: outcome.kind, reached: canary.connections }).toEqual({ kind: 'failed', reached: 0 });
});

test('a name that has moved to an internal address since its check is not contacted', async () => {
  const addresses = [[site], [inside]];
  const channel = webhookChannel({ ...options, lookup: async () => addresses.shift() ?? [] });
  answer = (request, response) => response.end(JSON.parse(request.text).challenge);
  expect(await channel.check(hook())).toBeUndefined();
  expect(await channel.deliver(notice, hook('/', canary.port))).toEqual({
    kind: 'failed',
    why: `The address is ${name}, which leads to ${inside}; expected a public address, or one in a range that the administrator allows.`,
  });
  expect(canary.connections).toBe(0);
});

test('proxies of the environment are not used', async () => {
  const proxy = `http://${inside}:${canary.port}`;
  Object.assign(process.env, { HTTPS_PROXY: proxy, https_proxy: proxy, NODE_USE_ENV_PROXY: '1' });
  answering(200);
  const { kind } = await webhookChannel(options).deliver(notice, hook());
  for (const variable of ['HTTPS_PROXY', 'https_proxy', 'NODE_USE_ENV_PROXY']) delete process.env[variable];
  expect({ kind, reached: canary.connections }).toEqual({ kind: 'accepted', reached: 0 });
});

test('an untrusted certificate, or one of another name, is refused', async () => {
  answering(200);
  const untrusting = webhookChannel({ ...options, authorities: [] });
  expect(await untrusting.deliver(notice, hook())).toEqual({
    kind: 'failed',
    why: 'self-signed certificate.',
  });
  const elsewhere = { ...hook(), url: `https://other.example:${receiver.port}/` };
  expect(await webhookChannel(options).deliver(notice, elsewhere)).toEqual({
    kind: 'failed',
    why: expect.stringContaining("not in the cert's altnames"),
  });
});

test('a receiver without TLS fails, with a readable message', async () => {
  const speaksPlainly = await startBareReceiver(site, (socket) => socket.resume().write('no TLS here\r\n'));
  bare.push(speaksPlainly);
  expect(await webhookChannel(options).deliver(notice, hook('/', speaksPlainly.port))).toEqual({
    kind: 'failed',
    why: 'the TLS handshake failed: wrong version number.',
  });
});

test('a silent receiver fails at the deadline', async () => {
  const calls = new Map<number, () => void>();
  const channel = webhookChannel({
    ...options,
    after(ms, call) {
      calls.set(ms, call);
      return () => calls.delete(ms);
    },
  });
  answer = () => calls.get(15_000)?.();
  expect(await channel.deliver(notice, hook())).toEqual({ kind: 'failed', why: 'no answer within 15 s.' });
  expect(calls.size).toBe(0);
});

test('a silent name server and a host that accepts no connection fail at their deadlines', async () => {
  const channel = (lookup: WebhookOptions['lookup'], stopsAt: number) => {
    // Called immediately, before the connection is established.
    const after = (ms: number, call: () => void) => {
      if (ms === stopsAt) queueMicrotask(call);
      return () => undefined;
    };
    return webhookChannel({ ...options, lookup, after });
  };
  const silent = () => new Promise<readonly string[]>(() => undefined);
  expect(await channel(silent, 15_000).deliver(notice, hook())).toEqual({
    kind: 'failed',
    why: 'no answer within 15 s.',
  });
  expect(await channel(options.lookup, 5000).deliver(notice, hook())).toEqual({
    kind: 'failed',
    why: 'no connection within 5 s.',
  });
});

test('an endless answer is read up to 64 KiB, and counts by its status', async () => {
  const endless = (status: number) => (_request: Request, response: ServerResponse) => {
    response.writeHead(status);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16 * 1024))) {}
    };
    response.on('drain', more);
    more();
  };
  answer = endless(200);
  expect(await webhookChannel(options).deliver(notice, hook())).toEqual({ kind: 'accepted', status: 200 });
  answer = endless(500);
  expect(await webhookChannel(options).deliver(notice, hook())).toEqual({
    kind: 'failed',
    status: 500,
    why: `It answered 500: "${'x'.repeat(256)}".`,
  });
  expect(taken.every((bytes) => bytes > mostBytes / 2 && bytes <= mostBytes)).toBe(true);
});

test.each([
  ['heads without end', 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'],
  ['early hints without end', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ['an extension of a chunk without end', 'HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n5;', 'x'],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', ''],
  ['what a client has to continue', 'HTTP/1.1 100 Continue\r\n\r\n', ''],
])('a receiver that sends %s is aborted', async (_what, start, more) => {
  const hostile = await startBareReceiver('127.0.0.1', (socket) => {
    socket.once('data', () => {
      socket.write(start);
      while (more && !socket.destroyed && socket.write(more.repeat(1000))) {}
      socket.on('drain', () => socket.write(more.repeat(1000)));
    });
  });
  bare.push(hostile);
  const channel = webhookChannel({ ...options, allowHttpLoopback: true, lookup: undefined });
  const address = { ...hook(), url: `http://127.0.0.1:${hostile.port}/` };
  expect(await channel.deliver(notice, address)).toMatchObject({ kind: 'failed' });
  expect(taken[0]).toBeLessThanOrEqual(mostBytes);
});

test('a receiver that refuses, hangs up or resets fails', async () => {
  const hangsUp = await startBareReceiver(site, (socket) => socket.end());
  const resets = await startBareReceiver(site, (socket) => socket.resetAndDestroy());
  bare.push(hangsUp, resets);
  const channel = webhookChannel(options);
  const kinds = [];
  for (const { port } of [hangsUp, resets]) kinds.push((await channel.deliver(notice, hook('/', port))).kind);
  await hangsUp.close();
  kinds.push((await channel.deliver(notice, hook('/', hangsUp.port))).kind);
  expect(kinds).toEqual(['failed', 'failed', 'failed']);
});

test('the second address of a name is tried if the first one refuses', async () => {
  answering(200);
  const channel = webhookChannel({ ...options, lookup: async () => ['127.1.99.99', site] });
  expect(await channel.deliver(notice, hook())).toEqual({ kind: 'accepted', status: 200 });
});

test('a receiver confirms by echoing the challenge', async () => {
  const channel = webhookChannel(options);
  answer = (request, response) => {
    const { type, challenge } = JSON.parse(request.text);
    response.end(JSON.stringify(type === 'challenge' ? { challenge } : {}));
  };
  expect(await channel.check(hook())).toBeUndefined();
  answer = (request, response) => response.end(`${JSON.parse(request.text).challenge}\n`);
  expect(await channel.check(hook())).toBeUndefined();
});

test('a receiver that does not echo the challenge is not subscribed', async () => {
  const expected = '200 with {"challenge": "f3b1c7de-0000-7000-8000-00000000000a"}';
  const failed = { reason: 'challenge-failed', member: 'channel.url', expected };
  const channel = webhookChannel(options);
  answering(200, 'welcome');
  expect(inEnglish(await channel.check(hook()))).toEqual({ ...failed, seen: '200: "welcome"' });
  answer = (request, response) => void response.writeHead(404).end(JSON.parse(request.text).challenge);
  expect(inEnglish(await channel.check(hook()))).toEqual({
    ...failed,
    seen: '404: "f3b1c7de-0000-7000-8000-00000000000a"',
  });
  expect(inEnglish(await channel.check({ ...hook(), url: `https://${inside}/` }))).toEqual({
    reason: 'address-refused',
    member: 'channel.url',
    seen: `the literal address ${inside}`,
    expected: 'a name, such as alerts.example.org',
  });
  answer = (_request, response) => void response.destroy();
  const { seen } = inEnglish(await channel.check(hook())) ?? {};
  expect(seen).toMatch(/[^.]$/);
});

test('a closed channel ends its attempts and starts no more', async () => {
  const channel = webhookChannel(options);
  answer = () => void channel.close();
  expect(await channel.deliver(notice, hook())).toEqual({ kind: 'failed', why: 'the channel was closed.' });
  expect(await channel.deliver(notice, hook())).toEqual({ kind: 'failed', why: 'The channel was closed.' });
  expect(inEnglish(await channel.check(hook()))).toMatchObject({ reason: 'channel-unavailable' });
});

test('if nothing can be signed nothing is sent, with the reason', async () => {
  const { connections } = receiver;
  const signingKey = () => {
    throw new Error('The key file is damaged.');
  };
  const channel = webhookChannel({ ...options, signingKey });
  expect(await channel.deliver(notice, hook())).toEqual({
    kind: 'failed',
    why: 'The key file is damaged.',
  });
  expect(inEnglish(await channel.check(hook()))).toEqual({
    reason: 'channel-unavailable',
    member: 'channel.url',
    seen: 'The key file is damaged',
    expected: 'a channel that is open and can sign',
  });
  expect(receiver.connections).toBe(connections);
});

test('no attempt leaves a connection open', async () => {
  answering(200);
  await webhookChannel(options).deliver(notice, hook());
  const left = [...receiver.open];
  await Promise.all(left.map((socket) => new Promise((closed) => socket.once('close', closed))));
  expect(receiver.open.size).toBe(0);
});
