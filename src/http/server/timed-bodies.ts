import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { World } from '../../app/ports.js';

/** How often a body is looked at before its time is up. */
const looks = 30;

/** Connections with a body whose time is counted here. */
const counted = new WeakSet<Socket>();

/**
 * Counts the time of a body as the time in which the service waits for its client, and ends its connection when that
 * reaches the `requestTimeout` of the server.
 *
 * Node counts from the start of the request, and so also the time in which the service leaves what was sent unread: its
 * clients would then be refused because the service is busy. A look counts if nothing that was sent is unread: neither
 * in memory nor, as the next turn of the event loop shows, in the system.
 */
export function countWaits(body: IncomingMessage, server: Server, after: World['after']): void {
  const { socket } = body;
  const { requestTimeout } = server;
  // A request that is made inside the process has no connection that could be held.
  if (requestTimeout === 0 || !('destroy' in socket)) return;
  const everyMs = requestTimeout / looks;
  let waits = 0;
  const isOver = () => body.complete || socket.destroyed;
  const end = () => void counted.delete(socket);
  const next = () => {
    if (isOver()) return end();
    after(everyMs, look);
  };
  const look = () => {
    const { bytesRead } = socket;
    if (isOver() || body.readableLength > 0) return next();
    after(1, () => {
      const isWaiting = !isOver() && body.readableLength === 0 && socket.bytesRead === bytesRead;
      if (isWaiting) waits += 1;
      if (waits < looks) return next();
      end();
      const slow = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      server.emit('clientError', slow, socket);
    });
  };
  counted.add(socket);
  next();
}

/** True while a body of a connection has a time of its own, so that the time of Node does not count. */
export function isCounted(socket: Socket): boolean {
  return counted.has(socket);
}
