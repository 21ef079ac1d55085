import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { EventStream, type StreamState } from '../../web/shared/event-stream.js';
import { Problem } from '../../web/shared/problem.js';

interface Opened {
  headers: Record<string, string>;
  signal: AbortSignal;
  send(text: string): void;
  end(): void;
}

const opened: Opened[] = [];
const heard: string[] = [];
let states: StreamState[] = [];
let refusal: Error | undefined;

/** A service whose answers a test writes. */
async function open(headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  if (refusal) throw refusal;
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      control = given;
      signal.addEventListener('abort', () => given.error(signal.reason));
    },
  });
  opened.push({
    headers,
    signal,
    send: (text) => control?.enqueue(new TextEncoder().encode(text)),
    end: () => control?.close(),
  });
  return new Response(body);
}

const stream = new EventStream(open, {
  event: (type, data) => heard.push(`${type} ${data}`),
  state: (state) => states.push(state),
});
const turn = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => {
  jest.useFakeTimers();
  refusal = undefined;
  opened.length = 0;
  heard.length = 0;
  states = [];
});
afterEach(() => {
  stream.stop();
  jest.useRealTimers();
});

test('events are read however they are split, and the place is kept over a reconnect', async () => {
  stream.start();
  await turn();
  opened[0]?.send('retry: 3000\nid: 84\n\nid: 85\nevent: AlertRa');
  opened[0]?.send('ised\ndata: {"position":85}\n\n: nothing new\nid: 90\n\n');
  await turn();
  expect(heard).toEqual(['AlertRaised {"position":85}']);
  opened[0]?.end();
  await turn();
  expect(states).toEqual(['connecting', 'live', 'broken']);
  await jest.advanceTimersByTimeAsync(2_999);
  expect(opened).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(opened[1]?.headers).toMatchObject({ accept: 'text/event-stream', 'last-event-id': '90' });
  expect(states.slice(3)).toEqual(['connecting', 'live']);
});

test('a refused stream reconnects at growing intervals, never when access is denied, and immediately on request', async () => {
  refusal = new Problem('store-full', 503, '', '');
  stream.start();
  await jest.advanceTimersByTimeAsync(200_000);
  const attempts = states.filter((state) => state === 'connecting').length;
  expect(attempts).toBeGreaterThan(4);
  expect(attempts).toBeLessThan(10);
  refusal = new Problem('unreadable', 401, '', '');
  states = [];
  stream.start();
  await jest.advanceTimersByTimeAsync(200_000);
  expect(states).toEqual(['connecting', 'refused']);
  refusal = undefined;
  stream.start();
  await turn();
  expect(states.at(-1)).toBe('live');
});

test('a silent connection is given up', async () => {
  stream.start();
  await turn();
  opened[0]?.send('id: 1\n\n');
  await jest.advanceTimersByTimeAsync(44_000);
  opened[0]?.send(': nothing new\nid: 2\n\n');
  await jest.advanceTimersByTimeAsync(44_000);
  expect(opened).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(opened).toHaveLength(2);
});

test('a stopped stream stays stopped', async () => {
  stream.start();
  await turn();
  stream.stop();
  await jest.advanceTimersByTimeAsync(120_000);
  expect([opened.length, opened[0]?.signal.aborted, states.at(-1)]).toEqual([1, true, 'off']);
});
