import type { NewEvent } from '../../src/event-store/event-store.js';
import type { Shape } from '../site-life.js';

/** A measured subject, Topout or a peer: the operations that the tasks need. */
export interface Subject {
  /** Appends events to one stream, and resolves as the store does: when durable, if it is durable at all. */
  append(stream: string, events: readonly NewEvent[]): Promise<unknown>;
  /** Reads a stream from its beginning; returns its number of events. */
  load?(stream: string): Promise<number>;
  /** Passes every event of a log of the given shape to a projection, up to a number of seconds. */
  replay?(shape: Shape, mostSeconds: number): Promise<Replayed>;
  close(): Promise<void>;
}

export interface Replayed {
  events: number;
  seconds: number;
}

/** Opens a new, empty store in a file or folder of this name; ignored by an in-memory store. */
export type OpenSubject = (path: string) => Promise<Subject>;
