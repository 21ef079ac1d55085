import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

let echo: Server;
let heard: Buffer[];
let proxy: TcpProxy;
let sockets: Socket[];

beforeEach(async () => {
  heard = [];
  sockets = [];
  echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard.push(bytes);
      socket.write(bytes);
    });
  });
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  proxy = await startTcpProxy((echo.address() as AddressInfo).port);
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await proxy.close();
  echo.close();
});

interface Line {
  socket: Socket;
  said: () => string;
  /** How it ended: an error code, `end` or `closed`; undefined while it is open. */
  fate: () => string | undefined;
}

async function dial(): Promise<Line> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  sockets.push(socket);
  let said = '';
  let fate: string | undefined;
  socket.on('data', (bytes) => {
    said += bytes.toString();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    fate = error.code;
  });
  socket.on('end', () => {
    fate ??= 'end';
  });
  socket.on('close', () => {
    fate ??= 'closed';
  });
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
  return { socket, said: () => said, fate: () => fate };
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isTrue(); tries += 1) await pause(5);
  expect(isTrue()).toBe(true);
}

const bytesHeard = () => Buffer.concat(heard).toString();

test('bytes pass in both directions', async () => {
  const line = await dial();
  line.socket.write('hello');
  await until(() => line.said() === 'hello');
  expect([proxy.open, proxy.connections]).toEqual([1, 1]);
});

test('a black hole swallows data of open and new connections, and they end when it closes', async () => {
  const open = await dial();
  open.socket.write('before');
  await until(() => open.said() === 'before');
  await proxy.setMode('black-hole');
  const late = await dial();
  open.socket.write('lost');
  late.socket.write('lost too');
  await pause(50);
  expect([open.said(), open.fate(), late.said(), late.fate(), bytesHeard()]).toEqual([
    'before',
    undefined,
    '',
    undefined,
    'before',
  ]);
  await proxy.setMode('pass');
  await until(() => open.fate() === 'ECONNRESET' && late.fate() === 'ECONNRESET');
});

test('data that arrive while it is frozen are delivered when it thaws', async () => {
  const line = await dial();
  await proxy.setMode('freeze');
  line.socket.write('kept');
  await pause(50);
  expect([bytesHeard(), line.fate()]).toEqual(['', undefined]);
  await proxy.setMode('pass');
  await until(() => line.said() === 'kept');
});

test('a reset ends open connections and new ones', async () => {
  const open = await dial();
  open.socket.write('x');
  await until(() => open.said() === 'x');
  await proxy.setMode('reset');
  await until(() => open.fate() === 'ECONNRESET');
  const late = await dial();
  await until(() => late.fate() === 'ECONNRESET');
});

test('a half-closed connection sends nothing more and still receives', async () => {
  const line = await dial();
  line.socket.write('a');
  await until(() => line.said() === 'a');
  await proxy.setMode('half-close');
  await until(() => line.fate() === 'end');
  line.socket.write('b');
  await until(() => bytesHeard() === 'ab');
  expect(line.said()).toBe('a');
});

test('a port that refuses does not affect open connections and listens again', async () => {
  const open = await dial();
  open.socket.write('a');
  await until(() => open.said() === 'a');
  await proxy.setMode('refuse');
  expect((await dial()).fate()).toBe('ECONNREFUSED');
  open.socket.write('b');
  await until(() => open.said() === 'ab');
  await proxy.setMode('pass');
  const again = await dial();
  again.socket.write('c');
  await until(() => again.said() === 'c');
});

test('bytes are delayed, or trickle', async () => {
  const line = await dial();
  proxy.delayMs = 60;
  await proxy.setMode('delay');
  const sent = Date.now();
  line.socket.write('late');
  await until(() => line.said() === 'late');
  expect(Date.now() - sent).toBeGreaterThanOrEqual(110);
  proxy.bytesPerSecond = 1_000;
  await proxy.setMode('slow');
  const slowly = Date.now();
  line.socket.write('x'.repeat(200));
  await until(() => line.said().length === 204);
  expect(Date.now() - slowly).toBeGreaterThanOrEqual(190);
});

test('a connection is cut after a number of bytes in a direction', async () => {
  const request = await dial();
  proxy.cutAfter('to-server', 3);
  request.socket.write('abcdef');
  await until(() => request.fate() !== undefined && bytesHeard() === 'abc');
  heard = [];
  const answer = await dial();
  proxy.cutAfter('to-client', 2);
  answer.socket.write('abcdef');
  await until(() => answer.fate() !== undefined);
  expect([bytesHeard(), answer.said()]).toEqual(['abcdef', 'ab']);
  const after = await dial();
  after.socket.write('whole');
  await until(() => after.said() === 'whole');
  proxy.cut();
  await until(() => after.fate() !== undefined);
});
