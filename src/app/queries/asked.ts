import type { Day, Instant } from '../../../domain/values/calendar.js';

/** How a write is asked for. */
export interface WriteRequest {
  /** UUID proposed by the client for the (first) event; a new one when absent. */
  id?: string;
  /** Opaque principal. */
  by: string;
  /** The revision that the writer saw; refused as `revision-stale` when the project has moved on. */
  expectedRevision?: number;
}

/** A point on the two clocks as it is asked for. */
export interface MomentAsked {
  /** The day to answer about; the business day when absent. */
  asOf?: Day;
  /** What was known: entries up to a position, or recorded up to an instant (inclusive); everything when absent. */
  knownAt?: { position: number } | { instant: Instant };
  /** Waits up to 2 s until the views hold this position. */
  after?: number;
  /** Aborted when nobody waits for the answer any more, so that a long one ends. */
  leaving?: AbortSignal;
}

/** A point on the two clocks as it was answered for; asking for it again gives the same bytes. */
export interface Moment {
  /** The day that the answer is about. */
  asOf: Day;
  /** What was known: the entries up to this position. */
  knownAt: { position: number };
}

export interface Page {
  /** Opaque; from the `next` of the page before. */
  cursor?: string;
  /** 1 to 500. */
  limit: number;
}

export interface PageOf<Item> {
  items: Item[];
  /** Absent on the last page. */
  next?: string;
}
