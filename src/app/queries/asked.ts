import type { Reach } from '../../../domain/access/scope.js';
import type { Command } from '../../../domain/project/commands.js';
import type { Day, Instant } from '../../../domain/values/days/calendar.js';

/** The options of a write. */
export interface WriteRequest {
  /** UUID proposed by the client for the (first) event; generated when absent. */
  id?: string;
  /** The id of the person who signed in, or in open mode the name that they state. */
  by: string;
  /** How far it is known that it is them; `stated` when absent. */
  verification?: 'signed-in';
  /** Only entries of the same author may be withdrawn. */
  withdrawsOnlyOwn?: true;
  /** The revision that the writer saw; refused as `revision-stale` when the project has moved on. */
  expectedRevision?: number;
}

/** A command among those that are recorded together; its id is proposed by the client. */
export type Step = { command: Command; id: string } & Pick<WriteRequest, 'withdrawsOnlyOwn'>;

/** A requested point on the two clocks. */
export interface MomentAsked {
  /** The day of the answer; the business day by default. */
  asOf?: Day;
  /** What was known: entries up to a position, or recorded up to an instant (inclusive); everything when absent. */
  knownAt?: { position: number } | { instant: Instant };
  /** Waits up to 2 s until the views reach this position. */
  after?: number;
  /** Only projects of which the caller may know; all when absent. */
  within?: Reach;
  /** Aborted when the client has left, so that a long answer ends. */
  leaving?: AbortSignal;
}

/** The point on the two clocks of an answer; requesting it again gives the same bytes. */
export interface Moment {
  /** The day of the answer. */
  asOf: Day;
  /** What was known: the entries up to this position. */
  knownAt: { position: number };
}

export interface Page {
  /** Opaque; from the `next` of the previous page. */
  cursor?: string;
  /** 1 to 500. */
  limit: number;
}

export interface PageOf<Item> {
  items: Item[];
  /** Absent on the last page. */
  next?: string;
}
