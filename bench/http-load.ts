import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The result of a load on a server. */
export interface Served {
  /** Requests per second. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
}

/** A request with a JSON body as bytes. */
export function requestOf(path: string, body: unknown, headers: Record<string, string>): Buffer {
  const text = JSON.stringify(body);
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
}

/**
 * Sends requests over a number of persistent connections, one in flight on each; every answer must be 201.
 *
 * Plain sockets and prepared bytes, so that the client is not the bottleneck.
 */
export async function load(port: number, requests: readonly Buffer[], connections: number): Promise<Served> {
  const waits: number[] = [];
  let next = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => connected(port)));
  const before = performance.now();
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let sentAt = 0;
          let seen = '';
          const send = () => {
            const request = requests[next];
            next += 1;
            if (!request) return resolve();
            sentAt = performance.now();
            socket.write(request);
          };
          socket.on('data', (bytes: Buffer) => {
            seen += bytes.toString('latin1');
            if (!isWhole(seen)) return;
            if (!seen.startsWith('HTTP/1.1 201')) return reject(new Error(`Answered otherwise: ${seen}`));
            waits.push(performance.now() - sentAt);
            seen = '';
            send();
          });
          socket.on('error', reject);
          socket.on('close', () => reject(new Error('The server closed a connection.')));
          send();
        }),
    ),
  );
  const seconds = (performance.now() - before) / 1000;
  for (const socket of sockets) socket.removeAllListeners().destroy();
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN;
  return { rate: waits.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** True if the body of an answer is complete. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end))?.[1];
  return length !== undefined && answer.length >= end + 4 + Number(length);
}
