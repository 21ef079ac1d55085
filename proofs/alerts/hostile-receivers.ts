import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

const ok = 'HTTP/1.1 200 OK\r\n';
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** What a hostile receiver does with a connection once its request begins to arrive. */
export type Behaviour = (socket: Socket) => void;

/** Every way to be slow, endless or wrong, by name; redirects lead to an internal URL. */
export function behaviours(inside: string): Record<string, Behaviour> {
  const says = (text: string) => (socket: Socket) => void socket.write(text);
  const ends = (text: string) => (socket: Socket) => void socket.end(text);
  return {
    silent: () => undefined,
    slowHead: (socket) => drip(socket, `${ok}x: ${'y'.repeat(1000)}`),
    slowBody: (socket) => drip(socket, 'z'.repeat(1000), `${ok}content-length: 100000\r\n\r\n`),
    continueAndHang: says('HTTP/1.1 100 Continue\r\n\r\n'),
    hintsWithoutEnd: (socket) => flood(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
    headWithoutEnd: (socket) => flood(socket, ok, 'x: y\r\n'),
    chunksWithoutEnd: (socket) => flood(socket, `${ok}transfer-encoding: chunked\r\n\r\n`, '5\r\nhello\r\n'),
    extensionWithoutEnd: (socket) => flood(socket, `${ok}transfer-encoding: chunked\r\n\r\n5;`, 'x'),
    tenGigabytes: (socket) => flood(socket, `${ok}content-length: 10000000000\r\n\r\n`, 'x'),
    failingWithoutEnd: (socket) => flood(socket, 'HTTP/1.1 500 No\r\n\r\n', 'x'),
    gzipBomb: (socket) => {
      socket.write(`${ok}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    },
    wrong: ends('SSH-2.0-OpenSSH_9.9\r\n'),
    reset: (socket) => socket.destroy(),
    found: ends(`HTTP/1.1 302 Found\r\nlocation: ${inside}\r\ncontent-length: 0\r\n\r\n`),
    moved: ends(`HTTP/1.1 308 Moved\r\nlocation: ${inside}\r\ncontent-length: 0\r\n\r\n`),
  };
}

/** Sends one byte at a time. */
function drip(socket: Socket, text: string, start = ''): void {
  socket.write(start);
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < text.length) socket.write(text.charAt(sent));
    sent += 1;
  }, 20);
  socket.once('close', () => clearInterval(timer));
}

/** Sends the same data repeatedly, as fast as possible. */
function flood(socket: Socket, start: string, again: string): void {
  const much = Buffer.from(again.repeat(Math.ceil(16_384 / again.length)));
  socket.write(start);
  const more = () => {
    while (!socket.destroyed && socket.write(much));
  };
  socket.on('drain', more);
  more();
}

/** Every spelling of this machine in a URL; `four` and `six` are the ports of the listeners there. */
export function insideUrls(four: number, six: number): string[] {
  const hosts = [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '１２７.0.0.1',
    '127。0。0。1',
    '0',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::1]',
    'owner@127.0.0.1',
    'alerts.example.org:word@127.0.0.1',
    ...Object.keys(insideNames).map((name) => `${name}.hostile.example`),
  ];
  const urls = hosts.flatMap((host) => [`http://${host}:${four}/`, `https://${host}:${four}/`]);
  return [...urls, `http://[::1]:${six}/`, `https://[::1]:${six}/`, 'https://four.hostile.example:22/'];
}

/** The addresses of an attacker's names. */
export const insideNames: Record<string, readonly string[]> = {
  four: ['127.0.0.1'],
  mapped: ['::ffff:127.0.0.1'],
  // The first is allowed and refuses connections.
  mixed: ['127.1.255.1', '127.0.0.1'],
};
