import type { AnyEvent, AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Instant } from '../../domain/values/calendar.js';

/** An event as it is handed to a store: the client's id makes a second append of it harmless. */
export type NewEvent = AnyEvent & {
  /** UUID, lower case: the idempotency key, unique in the whole store. */
  id: string;
  by: string;
};

/** What the writer believes about the stream: its last revision, that it has none, or nothing. */
export type ExpectedRevision = number | 'no-stream' | 'any';

/**
 * Where the ids of an append come from: `fresh` ones were made for it just now, so that nobody else can send them; any others
 * may come to several processes at once.
 */
export type IdOrigin = 'fresh' | 'proposed';

/** What an append answers, once the events are durable. */
export interface Appended {
  /** The events as they stand in the store, in the order they were given. */
  events: AnyRecordedEvent[];
  /** True when all of them were there already, from an earlier append of the same ids and content. */
  isReplay: boolean;
}

/** A running subscription. */
export interface Subscription {
  /** Resolves when everything that was in the store at the time of the call has been handed over; rejects if it ends before. */
  caughtUp: Promise<void>;
  /** Ends it; after this resolves the handler is not called again. The handler itself must not wait for it. */
  close(): Promise<void>;
}

/** What a subscriber is handed: events in order of position, never twice, never with one left out. */
export type PageHandler = (events: readonly AnyRecordedEvent[]) => void | Promise<void>;

/**
 * What a store on this machine answers at once, so that nobody keeps a copy of its log. Positions are inclusive; streams are
 * named by a prefix that they have in common.
 */
export interface Journal {
  /** The events of a stream from a revision up to a position, oldest first: the first page of them; empty when there are none. */
  page(stream: string, upTo: number, fromRevision: number): AnyRecordedEvent[];
  /** The event at a position; undefined beyond the end. */
  at(position: number): AnyRecordedEvent | undefined;
  /** Names of streams that have begun by a position, in the order of their names, after one of them. */
  streams(prefix: string, after: string, upTo: number, limit: number): string[];
  countOf(prefix: string): number;
  /** Streams that have events after a position, in the order of their names, after one of them, with the position of their last event. */
  movedAfter(
    prefix: string,
    position: number,
    after: string,
    limit: number,
  ): { stream: string; revision: number; position: number }[];
  /** Pages of the events after a position in all streams but those of the prefix, in order. */
  readOthers(prefix: string, after: number): AsyncIterable<readonly AnyRecordedEvent[]>;
  /** The position of the last event recorded up to an instant; 0 when there was none. */
  positionAt(instant: Instant): number;
}

/** How a store is doing. Only one that is `up` takes writes and hands over what others write. */
export type StoreState =
  | 'up'
  | 'connecting'
  | 'catching-up'
  /** The cluster has no leader, or says that it is not ready. */
  | 'no-leader'
  /** Too few nodes of the cluster are alive to choose a leader. */
  | 'no-quorum'
  | 'unreachable'
  /** It is connected and gives no answer. */
  | 'silent'
  /** The account is unknown or has no right. */
  | 'denied'
  /** Its certificate is not trusted. */
  | 'untrusted'
  /** It is another installation's, or of a newer version. */
  | 'refused'
  | 'damaged'
  /** Something of this replica fails, its disk for example. */
  | 'failing'
  | 'closed';

/** How a store is doing, for whoever runs it. */
export interface StoreStatus {
  state: StoreState;
  /** When it came into this state. */
  since: Instant;
  /** The position of the last event that this process knows of. */
  head: number;
  /** Why it is not up, in words; never with a password. */
  why?: string;
  /** When everything in it was last known to be followed; absent when it never was. */
  inStepAt?: Instant;
  /** It can be read, and the last append could not be stored: since when that is so, and why. */
  notWriting?: { since: Instant; why: string };
  /** Streams that somebody has cut short or deleted in the store itself; they take no entry until that is put right. */
  spoilt: { stream: string; why: string }[];
}

/**
 * A store of events: streams of dense revisions in one global order.
 *
 * Errors are those of `errors.ts` and no others; a `TypeError` is a mistake of the caller, such as an append of nothing.
 */
export interface EventStore {
  /** True when other processes append to it too, so that what one knows of it may be behind. */
  readonly isShared: boolean;
  /** Absent where answers come over a network. */
  readonly journal?: Journal;
  /** A UUID that is another one each time the log was put back to an earlier state; absent while it never was. */
  readonly generation?: string | undefined;
  /**
   * Appends events to one stream, all or none, and answers when they are durable.
   *
   * The same ids with the same content answer the first result again, whatever revision is expected.
   *
   * @throws RevisionConflict the stream is not at the expected revision
   * @throws EventIdReused an id is taken by other content, or only some of the ids are there already
   * @throws StoreFull nothing was stored, room is needed
   * @throws StoreUnavailable nothing was stored, try again later
   * @throws OutcomeUnknown stored or not: append again with the same ids
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    /** `proposed` when absent; a shared store answers fresh ones without a second look. */
    ids?: IdOrigin,
  ): Promise<Appended>;
  /** Pages of a stream from a revision on (inclusive, 0 by default); none when the stream does not exist. */
  readStream(stream: string, fromRevision?: number): AsyncIterable<readonly AnyRecordedEvent[]>;
  /** Pages of everything that lies after a position (exclusive, the beginning by default), in order. */
  readAll(after?: number): AsyncIterable<readonly AnyRecordedEvent[]>;
  /** Hands over all that lies after a position, then what is appended, as it comes. A failing handler ends it through `onError`. */
  subscribe(after: number, onPage: PageHandler, onError: (error: Error) => void): Subscription;
  /** The position of the last event, 0 when there is none. */
  head(): Promise<number>;
  /** How it is doing, without asking it. */
  status(): StoreStatus;
  /** Finishes what was accepted, then closes. */
  close(): Promise<void>;
}
