import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { world } from '../../src/composition/world.js';
import { refuseMalformed } from '../../src/http/problems/malformed-request.js';
import { countWaits } from '../../src/http/server/timed-bodies.js';

const requestTimeout = 1_000;

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server whose sink takes so long for each piece of a body, and may answer while it reads. */
async function sink(pieceMs: number, isEager = false): Promise<number> {
  server = createServer({ requestTimeout, connectionsCheckingInterval: 20 }, async (request, response) => {
    countWaits(request, server as Server, world.after);
    let bytes = 0;
    try {
      for await (const piece of request) {
        bytes += piece.length;
        await pause(pieceMs);
        if (isEager) response.write('.');
      }
    } catch {
      return;
    }
    response.end(`${bytes} bytes`);
  });
  server.on('clientError', refuseMalformed);
  await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const head = (bytes: number) =>
  `POST /entries HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${bytes}\r\n\r\n`;

/** All that a client gets who sends a byte every 20 ms and never the last one. */
async function dribble(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => undefined);
  socket.write(head(9_000));
  const going = setInterval(() => socket.write('a'), 20);
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  // Cut off while a byte is on its way, it ends with an error, which takes nothing from what came before.
  await new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  clearInterval(going);
  return answer;
}

test('a body that a slow sink leaves unread has its whole answer', async () => {
  const bytes = 4 * 1024 * 1024;
  const begun = performance.now();
  const port = await sink(40, true);
  const answer = await fetch(`http://127.0.0.1:${port}/entries`, { method: 'POST', body: 'x'.repeat(bytes) });
  expect(await answer.text()).toMatch(new RegExp(`^\\.+${bytes} bytes$`));
  // Else this shows nothing.
  expect(performance.now() - begun).toBeGreaterThan(2 * requestTimeout);
});

test('a client that sends a body byte by byte is told so, and cut off', async () => {
  const answer = await dribble(await sink(0));
  expect(answer).toMatch(/^HTTP\/1\.1 408 .*\/problems\/request-slow/s);
});

test('an answer that has begun is cut off without a second one in it', async () => {
  const answer = await dribble(await sink(0, true));
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  expect(answer).not.toContain('request-slow');
});

test('a body without a connection, as of a request inside the process, is not counted', () => {
  server = createServer({ requestTimeout });
  let looks = 0;
  const after = () => {
    looks += 1;
    return () => undefined;
  };
  countWaits({ complete: false, socket: {} } as IncomingMessage, server, after);
  expect(looks).toBe(0);
});
