import type { Instant } from '../domain/calendar.js';

/** What the application needs of the world around it; `compose.ts` passes it in. */
export interface World {
  /** The present instant, in UTC. */
  now(): Instant;
  /** A new UUID, ordered by time. */
  newId(): string;
  /** The UUID that always follows from another one and a name; the same input gives the same id. */
  derivedId(id: string, name: string): string;
  /** Calls back once after some milliseconds, unless the answer is called before. */
  after(ms: number, call: () => void): () => void;
}
