import type { Readable } from 'node:stream';
import type { World } from '../../app/ports.js';
import { RequestRefused } from '../problems/faults.js';

/** Nobody is expected to come any more once no request came for so long, in milliseconds. */
const quietMs = 300;
/** How long it goes on at most while some do come: before nobody is taken in any more, and after. */
const mostMs = { open: 2_000, closed: 1_000 };
const lookMs = 20;

/** A server that ends, as far as it is asked here. */
interface Ending {
  getConnections(call: (error: Error | null, count: number) => void): void;
  on(event: 'request' | 'connection', call: () => void): unknown;
  off(event: 'request' | 'connection', call: () => void): unknown;
}

/** What letting go needs of the world around it. */
interface LettingGo {
  after: World['after'];
  /** Calls back once the event loop has taken in whoever waits. */
  nextTurn(call: () => void): void;
  /** Takes in no further connection, and keeps those that are there. */
  stopListening(): void;
}

/** What a request is told that comes once the service is about to end. */
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

/** Takes in what a request brings, and drops it: a connection that ends with bytes unread takes its answer along. */
export async function readAway(body: Readable): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // Who breaks off waits for no answer.
  }
}

/**
 * Resolves when whoever could not know that a server ends was told, or does not ask.
 *
 * A connection that is closed while it is idle may meet a request on its way, and one that was not taken in yet is reset by
 * the system: so each is kept until there was time to be told, first of those who come and then of those who are there.
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
  // Quiet is counted in looks, which take longer where there is much to do; the whole is not.
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

/** Resolves right after a turn of the event loop in which nobody came: libuv takes in one connection a turn. */
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
