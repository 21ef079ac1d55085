import { randomBytes } from 'node:crypto';
import { v5 } from 'uuid';
import { uuidBytes } from '../../domain/values/uuid.js';
import type { World } from '../app/ports.js';
import { newIdAt } from './new-id.js';

/** The real clock, ids and timers. */
export const world: World = {
  now: () => new Date().toISOString(),
  newId: () => newIdAt(Date.now()),
  // By its bytes: the text of a UUID of another version than RFC 9562 knows would be refused.
  derivedId: (id, name) => v5(name, uuidBytes(id)),
  random: () => Math.random(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Random bytes for a new secret, in base64. */
export const newSecret = (bytes: number): string => randomBytes(bytes).toString('base64');

/** Calls back in the next turn of the event loop. */
export const nextTurn = (call: () => void): void => void setImmediate(call);

/** The monotonic clock of the process, in milliseconds. */
export const elapsedMs = (): number => performance.now();
