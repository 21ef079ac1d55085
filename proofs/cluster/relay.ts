import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Direction = 'to-server' | 'to-client';

/** How bytes hang: not read, read and dropped, trickling, or all delayed. */
export type Halt = 'freeze' | 'black-hole' | 'trickle' | { lateMs: number };

/** A connection to a server that hangs where a proof wants it to, permanently. */
export interface Relay {
  readonly port: number;
  /** Passes a number of further bytes in a direction, on all connections together, then halts both directions. */
  haltAfter(direction: Direction, bytes: number, how: Halt): void;
  /** Halts open connections; later ones pass. */
  haltOpen(how: Halt): void;
  close(): void;
}

const trickleMs = 50;

/** Starts a relay to a port of this machine. */
export async function startRelay(targetPort: number): Promise<Relay> {
  const pairs = new Set<{ sockets: Socket[]; halted?: Halt }>();
  const timers = new Set<NodeJS.Timeout>();
  let limit: { direction: Direction; bytes: number; how: Halt } | undefined;

  const door = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    const pair: { sockets: Socket[]; halted?: Halt } = { sockets: [client, server] };
    pairs.add(pair);
    const carry = (from: Socket, to: Socket, direction: Direction) => {
      from.on('error', () => undefined);
      from.on('close', () => {
        // A halted connection does not report that an end has closed.
        if (!pair.halted) to.destroy();
      });
      from.on('data', (bytes: Buffer) => {
        const how = pair.halted ?? (limit?.bytes === 0 ? limit.how : undefined);
        if (how) return hold(how, bytes, from, to);
        if (limit?.direction !== direction || bytes.length <= limit.bytes) {
          if (limit?.direction === direction) limit.bytes -= bytes.length;
          to.write(bytes);
          return;
        }
        to.write(bytes.subarray(0, limit.bytes));
        const rest = bytes.subarray(limit.bytes);
        limit.bytes = 0;
        hold(limit.how, rest, from, to);
      });
    };
    carry(client, server, 'to-server');
    carry(server, client, 'to-client');
  });

  function hold(how: Halt, bytes: Buffer, from: Socket, to: Socket): void {
    if (how === 'black-hole') return;
    if (typeof how === 'object') {
      const late = setTimeout(() => {
        timers.delete(late);
        to.write(bytes);
      }, how.lateMs);
      timers.add(late);
      return;
    }
    from.pause();
    if (how === 'freeze') return;
    let sent = 0;
    const drip = setInterval(() => {
      if (sent < bytes.length && !to.destroyed) to.write(bytes.subarray(sent, sent + 1));
      sent += 1;
      if (sent < bytes.length && !to.destroyed) return;
      clearInterval(drip);
      timers.delete(drip);
      from.resume();
    }, trickleMs);
    timers.add(drip);
  }

  await once(door.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (door.address() as AddressInfo).port,
    haltAfter(direction, bytes, how) {
      limit = { direction, bytes, how };
    },
    haltOpen(how) {
      for (const pair of pairs) pair.halted = how;
    },
    close() {
      door.close();
      for (const drip of timers) clearInterval(drip);
      for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
    },
  };
}
