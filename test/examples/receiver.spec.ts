import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { signedHeaders } from '../../src/channels/signature.js';

const program = new URL('../../examples/receiver/receiver.mjs', import.meta.url).pathname;
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const stranger = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const keyPair = () => {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const base64 = (url: string) => Buffer.from(url, 'base64url').toString('base64');
  return { privateKey: base64(d), publicKey: base64(x) };
};
const key = keyPair();

const raised = {
  type: 'AlertRaised',
  event: 'e-81',
  position: 81,
  alert: 'a-1',
  project: 'huaao-2',
  rule: 'declared-stall',
  severity: 'yellow',
  since: '2018-06-01',
};
const escalated = { ...raised, type: 'AlertEscalated', event: 'e-85', position: 85, severity: 'red' };
const cleared = { ...escalated, type: 'AlertCleared', event: 'e-90', position: 90 };
const raisedLine = '81 AlertRaised yellow huaao-2 declared-stall since 2018-06-01';
const escalatedLine = '85 AlertEscalated red huaao-2 declared-stall since 2018-06-01';
const clearedLine = '90 AlertCleared red huaao-2 declared-stall since 2018-06-01';
const late = ' (late: a newer one is known)';

interface Running {
  url: string;
  process: ChildProcess;
  /** Its output after it began to listen, once it has that many lines; extra lines are returned too. */
  printed(count: number): Promise<string[]>;
}

let folder: string;
let file: string;
const running: Running[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topout-receiver-'));
  file = join(folder, 'received.ndjson');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(stop));
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program on any free port. */
async function start(env: Record<string, string> = { RECEIVER_SECRET: secret }): Promise<Running> {
  const process = spawn(globalThis.process.execPath, [program], {
    env: { ...env, PORT: '0', RECEIVER_FILE: file },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  const output = createInterface({ input: process.stdout });
  const url = await new Promise<string>((ready, failed) => {
    process.on('exit', (code) => failed(new Error(`exit ${code}`)));
    output.on('line', (line) => {
      const found = /^receiving on (\S+),/.exec(line)?.[1];
      if (found) ready(found);
      else lines.push(line);
    });
  });
  const printed = async (count: number) => {
    while (lines.length < count) await once(output, 'line');
    return lines;
  };
  const one = { url, process, printed };
  running.push(one);
  return one;
}

async function stop({ process }: Running): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exited = new Promise((exit) => process.once('exit', exit));
  process.kill('SIGKILL');
  await exited;
}

interface Sending {
  id?: string;
  secret?: string;
  at?: string;
  key?: typeof key;
  /** The change of the body after it was signed. */
  forge?: (body: string) => string;
}

/** Sends a signed message and returns the status. */
async function send(to: Running, message: object, sending: Sending = {}): Promise<number> {
  const body = JSON.stringify(message);
  const { id = 'n-1', at = new Date().toISOString(), forge = (text) => text } = sending;
  const headers = signedHeaders({ id, at, body }, [sending.secret ?? secret], sending.key ?? key);
  const { status } = await fetch(to.url, { method: 'POST', headers: { ...headers }, body: forge(body) });
  return status;
}

const noticeOf = (...items: object[]) => ({ type: 'alerts.notice', data: { kind: 'at-once', items } });

async function alerts(of: Running): Promise<unknown> {
  return ((await (await fetch(of.url)).json()) as { alerts: unknown }).alerts;
}

test('the challenge is echoed', async () => {
  const receiver = await start();
  const body = '{"challenge":"word","type":"challenge"}';
  const headers = signedHeaders({ id: 'c-1', at: new Date().toISOString(), body }, [secret], key);
  const answer = await fetch(receiver.url, { method: 'POST', headers: { ...headers }, body });
  expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'word' }]);
});

test('a repeated notice is printed once, even if the receiver was killed in between', async () => {
  const receiver = await start();
  expect(await send(receiver, noticeOf(raised))).toBe(200);
  expect(await send(receiver, noticeOf(raised))).toBe(200);
  expect(await send(receiver, noticeOf(escalated), { id: 'n-2' })).toBe(200);
  expect(await receiver.printed(2)).toEqual([raisedLine, escalatedLine]);
  await stop(receiver);
  const again = await start();
  expect(await send(again, noticeOf(raised))).toBe(200);
  expect(await send(again, noticeOf(cleared), { id: 'n-3' })).toBe(200);
  expect(await again.printed(1)).toEqual([clearedLine]);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
});

test('in any order of notices, an alert has the state of the newest one', async () => {
  const receiver = await start();
  await send(receiver, noticeOf(cleared), { id: 'n-3' });
  await send(receiver, noticeOf(escalated, raised), { id: 'n-1' });
  expect(await receiver.printed(3)).toEqual([clearedLine, raisedLine + late, escalatedLine + late]);
  const stands = { 'a-1': { project: 'huaao-2', isOpen: false, severity: 'red', position: 90 } };
  expect(await alerts(receiver)).toEqual(stands);
  await stop(receiver);
  expect(await alerts(await start())).toEqual(stands);
});

test('a wrong signature, a changed body and an old timestamp are refused, and nothing is stored', async () => {
  const receiver = await start();
  const changed = (body: string) => body.replace('yellow', 'blue');
  const old = new Date(Date.now() - 301_000).toISOString();
  const early = new Date(Date.now() + 310_000).toISOString();
  expect([
    await send(receiver, noticeOf(raised), { secret: stranger }),
    await send(receiver, noticeOf(raised), { forge: changed }),
    await send(receiver, noticeOf(raised), { at: old }),
    await send(receiver, noticeOf(raised), { at: early }),
    (await fetch(receiver.url, { method: 'POST', body: '{}' })).status,
  ]).toEqual([401, 401, 401, 401, 401]);
  expect([await receiver.printed(0), await alerts(receiver)]).toEqual([[], {}]);
});

test("a receiver without a secret verifies with the installation's public key", async () => {
  const receiver = await start({ RECEIVER_PUBLIC_KEY: `whpk_${key.publicKey}` });
  expect(await send(receiver, noticeOf(raised), { secret: stranger })).toBe(200);
  expect(await send(receiver, noticeOf(escalated), { id: 'n-2', key: keyPair() })).toBe(401);
  expect(await receiver.printed(1)).toEqual([raisedLine]);
});

test('during a rotation a receiver accepts the old and the new secret', async () => {
  const receiver = await start({ RECEIVER_SECRET: `${secret},${stranger}` });
  expect(await send(receiver, noticeOf(raised), { secret: stranger })).toBe(200);
  expect(await send(receiver, noticeOf(escalated), { id: 'n-2' })).toBe(200);
});

test('a notice that could not be stored is not acknowledged, and accepted when it is sent again', async () => {
  const receiver = await start();
  mkdirSync(file);
  expect(await send(receiver, noticeOf(raised))).toBe(500);
  expect(await receiver.printed(0)).toEqual([]);
  rmSync(file, { recursive: true });
  expect(await send(receiver, noticeOf(raised))).toBe(200);
  expect(await receiver.printed(1)).toEqual([raisedLine]);
});

test('a line truncated by a crash is removed, and its notice is accepted when it is sent again', async () => {
  writeFileSync(file, `${JSON.stringify({ id: 'n-1', kind: 'at-once', items: [raised] })}\n`);
  appendFileSync(file, '{"id":"n-2","kind":"at-o');
  const receiver = await start();
  expect(await send(receiver, noticeOf(escalated), { id: 'n-2' })).toBe(200);
  await stop(receiver);
  expect(await alerts(await start())).toEqual({
    'a-1': { project: 'huaao-2', isOpen: true, severity: 'red', position: 85 },
  });
});

test('a receiver without any key does not start', async () => {
  await expect(start({})).rejects.toThrow('exit 2');
});
