import type { Readable } from 'node:stream';
import type { World } from '../../app/ports.js';
import { RequestRefused } from '../problems/faults.js';

/** The shutdown ends once no request has come for this long, in milliseconds. */
const quietMs = 300;
/** Its maximum duration while some do come: before and after accepting ends. */
const mostMs = { open: 2_000, closed: 1_000 };
const lookMs = 20;

/** The used parts of a server that shuts down. */
interface Ending {
  getConnections(call: (error: Error | null, count: number) => void): void;
  on(event: 'request' | 'connection', call: () => void): unknown;
  off(event: 'request' | 'connection', call: () => void): unknown;
}

/** The ports of the shutdown. */
interface LettingGo {
  after: World['after'];
  /** Calls back once the event loop has accepted waiting connections. */
  nextTurn(call: () => void): void;
  /** Accepts no further connection, and keeps existing ones. */
  stopListening(): void;
}

/** The answer to a request during shutdown. */
export function gracefulShutdown(): RequestRefused {
  return new RequestRefused([
    {
      member: 'service',
      type: 'service-ending',
      seen: 'it is about to end, and nothing of this request was carried out',
      expected: 'another one, or this one once it is back',
    },
  ]);
}

/** Reads and drops a request's body: closing a connection with unread bytes loses the answer. */
export async function readAway(body: Readable): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // A client that disconnects waits for no answer.
  }
}

/**
 * Resolves when every client that could not know of the shutdown got an answer, or sends nothing.
 *
 * An idle connection that is closed may meet a request on its way, and an unaccepted one is reset by the system: so
 * connections are kept until there was time to answer, first new ones and then existing ones.
 */
export async function letGo(server: Ending, ports: LettingGo): Promise<void> {
  await settled(server, ports, mostMs.open);
  await takenIn(server, ports);
  ports.stopListening();
  await settled(server, ports, mostMs.closed);
}

async function settled(server: Ending, { after }: LettingGo, most: number): Promise<void> {
  let quiet = 0;
  const heard = () => {
    quiet = 0;
  };
  // Quiet is counted in checks, which take longer under load; the total time is limited.
  let isOver = false;
  const stop = after(most, () => {
    isOver = true;
  });
  server.on('request', heard);
  while (!isOver && quiet < quietMs && (await connectedTo(server)) > 0) {
    await new Promise<void>((resolve) => void after(lookMs, resolve));
    quiet += lookMs;
  }
  server.off('request', heard);
  stop();
}

/** Resolves right after a turn of the event loop without a new connection: libuv accepts one connection per turn. */
async function takenIn(server: Ending, { after, nextTurn }: LettingGo): Promise<void> {
  let isOver = false;
  const stop = after(mostMs.open, () => {
    isOver = true;
  });
  let hasCome = true;
  const note = () => {
    hasCome = true;
  };
  server.on('connection', note);
  while (hasCome && !isOver) {
    hasCome = false;
    await new Promise<void>((resolve) => nextTurn(resolve));
  }
  server.off('connection', note);
  stop();
}

function connectedTo(server: Ending): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
}
