import type { NewEvent } from '../../src/event-store/event-store.js';
import type { Shape } from '../site-life.js';

/** What is measured, Topout or a peer: as much of a store of events as the tasks need. */
export interface Subject {
  /** Appends events to one stream, and answers as the store does: where it is durable at all, when it is durable. */
  append(stream: string, events: readonly NewEvent[]): Promise<unknown>;
  /** Reads a stream from its beginning; answers how many events it held. */
  load?(stream: string): Promise<number>;
  /** Hands every event of a log of such a shape to a projection, for so many seconds at the most. */
  replay?(shape: Shape, mostSeconds: number): Promise<Replayed>;
  close(): Promise<void>;
}

export interface Replayed {
  events: number;
  seconds: number;
}

/** Opens a new, empty store in a file, or in a folder, of this name; one in memory has none. */
export type OpenSubject = (path: string) => Promise<Subject>;
