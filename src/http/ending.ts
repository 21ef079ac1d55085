import type { Readable } from 'node:stream';
import type { World } from '../app/ports.js';
import { RequestRefused } from './faults.js';

/** How long connections are kept for requests that were sent before their client could know of the end, in milliseconds. */
const graceMs = 500;
const lookMs = 20;

/** What ends: it tells how many are connected to it. */
interface Connected {
  getConnections(call: (error: Error | null, count: number) => void): void;
}

/** What a request is told that comes once the service is about to end. */
export function serviceEnding(): RequestRefused {
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
 * Resolves when nobody is connected any more, or after half a second.
 *
 * A connection that is closed while it is idle may meet a request on its way; so each is given the time to be told.
 */
export async function letGo(server: Connected, after: World['after']): Promise<void> {
  for (let waited = 0; waited < graceMs && (await connectedTo(server)) > 0; waited += lookMs)
    await new Promise<void>((resolve) => void after(lookMs, resolve));
}

function connectedTo(server: Connected): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
}
