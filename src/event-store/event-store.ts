import type { Observable } from 'rxjs';
import type { AnyEvent, AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Instant } from '../../domain/values/days/calendar.js';

/** An event to append: the client's id makes a second append of it harmless. */
export type NewEvent = AnyEvent & {
  /** UUID, lower case: the idempotency key, unique in the whole store. */
  id: string;
  by: string;
};

/** The state of the stream that the writer expects: its last revision, no stream, or any. */
export type ExpectedRevision = number | 'no-stream' | 'any';

/**
 * The origin of the ids of an append: `fresh` ones were just generated, so that nobody else can send them; any others
 * may reach several processes at the same time.
 */
export type IdOrigin = 'fresh' | 'proposed';

/** The result of an append, once the events are durable. */
export interface Appended {
  /** The stored events, in the given order. */
  events: AnyRecordedEvent[];
  /** True if all of them were already stored by an earlier append of the same ids and content. */
  isReplay: boolean;
}

/** Events in order of position. */
export type EventPage = readonly AnyRecordedEvent[];

/** Synchronous queries of a log. Positions are inclusive; streams are selected by a name prefix. */
export interface Journal {
  /** The events of a stream from a revision up to a position, oldest first: one page; empty if there are none. */
  page(stream: string, upTo: number, fromRevision: number): AnyRecordedEvent[];
  /** At most so many events after a position (exclusive), in order. */
  after(position: number, limit: number): AnyRecordedEvent[];
  /** Names of streams started by a position, sorted, after a given name. */
  streams(prefix: string, after: string, upTo: number, limit: number): string[];
  countOf(prefix: string): number;
  /** Streams with events after a position, sorted by name, after a given name, with the position of their last event. */
  movedAfter(
    prefix: string,
    position: number,
    after: string,
    limit: number,
  ): { stream: string; revision: number; position: number }[];
  /** The position of the last event recorded up to an instant; 0 if there was none. */
  positionAt(instant: Instant): number;
}

/** An event as an embedded store has it, not yet parsed nor compared with its hash. */
export type StoredRow = readonly [position: number, revision: number, body: string, leafHex: string];

/** The queries of an embedded store, so that nobody keeps a copy of its log. */
export interface StoreJournal extends Journal {
  /**
   * The first of some streams, whole up to a position (inclusive), in one short query; those that do not fit are
   * absent.
   */
  whole(streams: readonly string[], upTo: number): Map<string, AnyRecordedEvent[]>;
  /** The same as they are stored, for a thread that reads them by `eventsIn`. */
  wholeRows(streams: readonly string[], upTo: number): Map<string, StoredRow[]>;
  /** One page of a stream as it is stored, from a revision up to a position; empty at its end. */
  pageRows(stream: string, upTo: number, fromRevision: number): StoredRow[];
  /** Pages of the events after a position in all streams without the prefix, in order. */
  readOthers(prefix: string, after: number): AsyncIterable<EventPage>;
}

/** An event as a ledger has it: where it is in the log, and the RFC 6962 leaf of its bytes. */
export interface LeafAt {
  position: number;
  leaf: Uint8Array;
}

/** An event as it is stored. */
export interface BodyAt {
  position: number;
  /** The hashed bytes. */
  body: Buffer;
}

/** The hashes of the events of a log, from which its ledger is built. */
export interface Leaves {
  /** The UUID of the installation; undefined while a cluster has not been reached. */
  installation(): string | undefined;
  /** True if the positions are 1, 2, 3 and so on, without gaps. */
  readonly areDense: boolean;
  /** At most so many leaves after a position (exclusive), in order; none at the end. */
  after(position: number, limit: number): LeafAt[] | Promise<LeafAt[]>;
  /** The position of the event with an id; undefined if there is none. */
  positionOf(id: string): number | undefined;
  /** The stored bytes of the events of a stream, in pages, by revision from 0 on. */
  bodies(stream: string): AsyncIterable<readonly BodyAt[]>;
}

/** The state of a store. Only a store that is `up` accepts writes and delivers those of others. */
export type StoreState =
  | 'up'
  | 'connecting'
  | 'catching-up'
  /** The cluster has no leader, or is not ready. */
  | 'no-leader'
  /** Too few nodes are alive to elect a leader. */
  | 'no-quorum'
  | 'unreachable'
  /** It is connected but does not answer. */
  | 'silent'
  /** The account is unknown or lacks permission. */
  | 'denied'
  /** Its certificate is not trusted. */
  | 'untrusted'
  /** It belongs to another installation, or to a newer version. */
  | 'refused'
  | 'damaged'
  /** Something of this replica fails, for example its disk. */
  | 'failing'
  | 'closed';

/** The state of a store, for operators. */
export interface StoreStatus {
  state: StoreState;
  /** When it entered this state. */
  since: Instant;
  /** The position of the last event known to this process. */
  head: number;
  /** Why it is not up, in words; never with a password. */
  why?: string;
  /** When the log of a cluster was last known to be fully followed; absent if never, and for an embedded store. */
  inStepAt?: Instant;
  /** Reads work, but the last append could not be stored: since when, and why. */
  notWriting?: { since: Instant; why: string };
  /** Streams that were truncated or deleted in the store itself; they accept no entry until that is repaired. */
  spoilt: { stream: string; why: string }[];
}

/**
 * A store of events: streams of dense revisions in one global order.
 *
 * It throws only the errors of `errors.ts`; a `TypeError` is a programming error, such as an empty append.
 */
export interface EventStore {
  /** True if a decision holds only once the store has confirmed its revision, because other processes append to it too. */
  readonly decidesAtRevision: boolean;
  /** Absent for a store over the network. */
  readonly journal?: StoreJournal;
  /** A UUID that changes each time the log is reset to an earlier state; absent if it never was. */
  readonly generation?: string | undefined;
  readonly leaves: Leaves;
  /**
   * Appends events to one stream, all or none; resolves when they are durable.
   *
   * The same ids with the same content return the first result again, whatever revision is expected.
   *
   * @throws RevisionConflict the stream is not at the expected revision
   * @throws EventIdReused an id has other content, or only some of the ids exist
   * @throws StoreFull nothing was stored, room is needed
   * @throws StoreUnavailable nothing was stored, try again later
   * @throws OutcomeUnknown stored or not: append again with the same ids
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    /** Defaults to `proposed`; a shared store confirms fresh ids without reading them back. */
    ids?: IdOrigin,
  ): Promise<Appended>;
  /** Pages of a stream from a revision on (inclusive, default 0); none if the stream does not exist. */
  readStream(stream: string, fromRevision?: number): AsyncIterable<readonly AnyRecordedEvent[]>;
  /** Pages of all events after a position (exclusive, default the beginning), in order. */
  readAll(after?: number): AsyncIterable<readonly AnyRecordedEvent[]>;
  /**
   * Pages of all events after a position (exclusive), then of new ones as they come: each once, in order, without gaps. One
   * empty page follows when everything stored before the subscription has been delivered. Completes when the store closes.
   *
   * Every subscriber reads the log from its own position and nothing is buffered, so a slow one delays nobody. One that
   * pauses subscribes again after its last event.
   */
  events$(after: number): Observable<EventPage>;
  /**
   * Drops cached events whose texts are opened, so that later reads open them again, by the keys that are left then. Absent where
   * events are cached as they are stored.
   */
  forgetOpened?(): void;
  /** The position of the last event, 0 if there is none. */
  head(): Promise<number>;
  /** Its last known state, without a request. */
  status(): StoreStatus;
  /** Finishes accepted work, then closes. */
  close(): Promise<void>;
}
