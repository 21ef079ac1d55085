import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The behaviour of the connection: `black-hole` swallows all bytes, `freeze` keeps them until another mode is set,
 * `reset` answers with RST, `half-close` ends the server's side and still listens to the client, `refuse` does not
 * listen, `delay` and `slow` deliver late or trickle.
 */
type TcpMode = 'pass' | 'black-hole' | 'freeze' | 'reset' | 'half-close' | 'refuse' | 'delay' | 'slow';

type TcpDirection = 'to-server' | 'to-client';

/** A network connection that a test can disturb, including open connections. */
export interface TcpProxy {
  readonly port: number;
  /** The target of new connections. */
  targetPort: number;
  readonly mode: TcpMode;
  delayMs: number;
  bytesPerSecond: number;
  /** Open connections, and all connections so far. */
  readonly open: number;
  readonly connections: number;
  setMode(mode: TcpMode): Promise<void>;
  /** Ends all connections; or the one that the server sees as coming from this port. */
  cut(fromPort?: number): void;
  /** Ends the connection that carries the n-th byte from now on in a direction; that byte is still delivered. */
  cutAfter(direction: TcpDirection, bytes: number): void;
  /** Stops listening; connections stay as they are. */
  closeDoor(): Promise<void>;
  /** Listens again on the same port. */
  openDoor(): Promise<void>;
  close(): Promise<void>;
}

interface Piece {
  bytes: Buffer;
  at: number;
}

const sliceMs = 10;
const highWater = 1 << 20;

/** Starts a proxy on 127.0.0.1, on any port unless one is given. */
export async function startTcpProxy(targetPort: number, port = 0): Promise<TcpProxy> {
  const pairs = new Set<{ client: Socket; server: Socket; lost: boolean }>();
  const limits = new Map<TcpDirection, number>();
  let changed = Promise.withResolvers<void>();
  let connections = 0;
  let mode: TcpMode = 'pass';
  let listeningOn = port;

  const door = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    connections += 1;
    client.on('error', () => undefined);
    if (mode === 'reset') return void client.resetAndDestroy();
    const server = connect({ port: proxy.targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const pair = { client, server, lost: false };
    pairs.add(pair);
    const finish = () => {
      pairs.delete(pair);
      if (mode === 'black-hole' || mode === 'freeze') return;
      client.destroy();
      server.destroy();
    };
    server.on('error', finish);
    client.on('close', finish);
    server.on('close', finish);
    void carry(pair, client, server, 'to-server');
    void carry(pair, server, client, 'to-client');
    if (mode === 'half-close') client.end();
  });

  /** Forwards data from one end to the other, each piece by the current mode. */
  async function carry(
    pair: { lost: boolean },
    from: Socket,
    to: Socket,
    direction: TcpDirection,
  ): Promise<void> {
    const queue: Piece[] = [];
    let queued = 0;
    let hasEnded = false;
    let arrived = Promise.withResolvers<void>();
    from.on('data', (bytes: Buffer) => {
      queue.push({ bytes, at: Date.now() });
      queued += bytes.length;
      if (queued > highWater) from.pause();
      arrived.resolve();
    });
    for (const end of ['end', 'close']) {
      from.on(end, () => {
        hasEnded = true;
        arrived.resolve();
      });
    }
    while (true) {
      while (mode === 'freeze') await changed.promise;
      const piece = queue.shift();
      if (!piece) {
        if (hasEnded) break;
        arrived = Promise.withResolvers();
        await arrived.promise;
        continue;
      }
      queued -= piece.bytes.length;
      if (queued <= highWater) from.resume();
      await deliver(pair, piece, from, to, direction);
    }
    while (mode === 'black-hole') await changed.promise;
    to.end();
  }

  async function deliver(
    pair: { lost: boolean },
    { bytes, at }: Piece,
    from: Socket,
    to: Socket,
    direction: TcpDirection,
  ): Promise<void> {
    if (mode === 'delay') await pause(Math.max(0, at + proxy.delayMs - Date.now()));
    let rest = bytes;
    while (rest.length > 0) {
      while (mode === 'freeze') await changed.promise;
      if (mode === 'black-hole') {
        pair.lost = true;
        return;
      }
      if (to.destroyed || !to.writable) return;
      const limit = limits.get(direction) ?? Number.POSITIVE_INFINITY;
      const share =
        mode === 'slow' ? Math.max(1, Math.round((proxy.bytesPerSecond * sliceMs) / 1000)) : rest.length;
      const slice = rest.subarray(0, Math.min(share, limit));
      rest = rest.subarray(slice.length);
      const isLast = slice.length === limit;
      if (limits.has(direction)) limits.set(direction, limit - slice.length);
      if (isLast) {
        limits.delete(direction);
        to.write(slice, () => {
          from.destroy();
          to.destroy();
        });
        return;
      }
      if (!to.write(slice)) await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => undefined);
      if (mode === 'slow') await pause(sliceMs);
    }
  }

  const proxy: TcpProxy = {
    get port() {
      return listeningOn;
    },
    targetPort,
    get mode() {
      return mode;
    },
    delayMs: 100,
    bytesPerSecond: 10_000,
    get open() {
      return pairs.size;
    },
    get connections() {
      return connections;
    },
    async setMode(next) {
      mode = next;
      changed.resolve();
      changed = Promise.withResolvers();
      for (const { client, server, lost } of pairs) {
        if (next === 'reset') {
          client.resetAndDestroy();
          server.resetAndDestroy();
        } else if (next === 'half-close') client.end();
        else if (lost && next !== 'black-hole' && next !== 'freeze') client.resetAndDestroy();
      }
      if (next === 'refuse') await this.closeDoor();
      else await this.openDoor();
    },
    cut(fromPort) {
      for (const { client, server } of pairs) {
        if (fromPort !== undefined && server.localPort !== fromPort) continue;
        client.destroy();
        server.destroy();
      }
    },
    cutAfter: (direction, bytes) => void limits.set(direction, bytes),
    async closeDoor() {
      if (door.listening) {
        door.close();
        await new Promise((turn) => setImmediate(turn));
      }
    },
    async openDoor() {
      if (door.listening) return;
      await once(door.listen(listeningOn, '127.0.0.1'), 'listening');
      listeningOn = (door.address() as AddressInfo).port;
    },
    async close() {
      await this.closeDoor();
      mode = 'pass';
      changed.resolve();
      this.cut();
    },
  };
  await proxy.openDoor();
  return proxy;
}
