import {
  type IncomingMessage,
  createServer as plain,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as secure } from 'node:https';
import { type AddressInfo, createServer as raw, type Server, type Socket } from 'node:net';
import { createServer as secureRaw } from 'node:tls';
import type { Certified } from './certificate.js';

/** A server for tests, and its connections. */
export interface Receiver {
  port: number;
  host: string;
  /** Open connections. */
  open: Set<Socket>;
  /** All connections so far. */
  connections: number;
  close(): Promise<void>;
}

/** Serves HTTP, with TLS if a certificate is given; by default on any free port. */
export function startReceiver(
  host: string,
  answer: (request: IncomingMessage & { text: string }, response: ServerResponse) => void,
  certified?: Certified,
  port = 0,
): Promise<Receiver> {
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', () => {
      answer(Object.assign(request, { text: Buffer.concat(chunks).toString() }), response);
    });
  };
  return listening(certified ? secure({ ...certified }, listener) : plain(listener), host, port);
}

/** Lets a test write arbitrary bytes to each connection, behind TLS if a certificate is given. */
export function startBareReceiver(
  host: string,
  meet: (socket: Socket) => void,
  certified?: Certified,
): Promise<Receiver> {
  return listening(certified ? secureRaw({ ...certified }, meet) : raw(meet), host);
}

async function listening(server: Server, host: string, port = 0): Promise<Receiver> {
  const open = new Set<Socket>();
  const receiver: Receiver = {
    host,
    port: 0,
    open,
    connections: 0,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
  server.on('connection', (socket) => {
    receiver.connections += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, host, ready);
  });
  receiver.port = (server.address() as AddressInfo).port;
  return receiver;
}
