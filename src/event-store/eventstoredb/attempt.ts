import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Prepared } from '../appending.js';
import { bodyText, type Envelope, leafOf } from '../codec.js';
import { OutcomeUnknown, StoreRefused, StoreUnavailable } from '../errors.js';
import type { IdOrigin } from '../event-store.js';
import type { Appends, Stored, WireEvent } from './batch.js';
import { WireFailure } from './errors.js';
import { isOfLog, type Names, readRecord, wireEvent } from './events.js';
import type { Feed } from './feed.js';
import type { Reads, WireRecord } from './reads.js';

/**
 * Timeouts of one append and one read, in milliseconds. A cut connection is noticed immediately; only a slow or silent
 * server uses them up, and early retries would make it slower.
 */
const appendTryMs = 4_000;
export const readTryMs = 2_000;
/** How long to wait for the followed log to deliver an appended event, before reading it, in milliseconds. */
const bringMs = 100;

/** The end of a stream: where the next event attaches. */
export interface Tail {
  /** -1 for a stream without events. */
  revision: number;
  leaf: string;
  at: Instant;
}

/** The time limit of an append. */
export interface Allowance {
  isOver(): boolean;
  /**
   * Awaits a call up to the time limit.
   *
   * @throws WireFailure `silent` if the limit passes first
   */
  within<Answer>(call: Promise<Answer>): Promise<Answer>;
  /** Waits for a short part of it. */
  pause(): Promise<void>;
}

/** An append at an exact revision; every retry sends the same bytes. */
export interface Attempt {
  stream: string;
  events: readonly Prepared[];
  wire: readonly WireEvent[];
  after: number;
  /** The end of the stream once it is stored. */
  tail: Tail;
  /** Nobody else can send the same ids, so an acknowledgement is about these events. */
  isOnly: boolean;
}

/** The outcome of an attempt: the stored events, another writer's events in their place, or nothing with a reason. */
export type Outcome = { stored: AnyRecordedEvent[] } | 'foreign' | { notDone: WireFailure };

export function attemptAt(
  { stream, events, ids }: { stream: string; events: readonly Prepared[]; ids: IdOrigin },
  tail: Tail,
  at: Instant,
): Attempt {
  let { revision, leaf: prev } = tail;
  const wire = events.map(({ event: { id, type, by }, schema, content }) => {
    revision += 1;
    const envelope: Envelope = { id, stream, rev: revision, type, schema, at, by, prev };
    prev = leafOf(bodyText(envelope, content)).toString('base64url');
    return wireEvent(envelope, content);
  });
  const end = { revision, leaf: prev, at };
  return { stream, events, wire, after: tail.revision, tail: end, isOnly: ids === 'fresh' };
}

/** The dependencies for settling an attempt. */
interface Cluster {
  appends: Appends;
  reads: Reads;
  names: Names;
  /** The followed log, if available; it delivers the events at that place without a read. */
  feed?: Feed;
  ports: { after(ms: number, call: () => void): () => void };
}

/**
 * Sends an attempt until its outcome is known: the events at its place are compared with those sent, and the attempt is
 * repeated unchanged if there are none after a lost answer.
 *
 * An acknowledgement is not enough if the ids may have reached others: the cluster also acknowledges when another
 * replica has stored the same ids there, at another instant or with other content, because it compares ids only.
 *
 * @throws OutcomeUnknown the time limit passed, and the outcome is unknown
 * @throws StoreRefused it is larger than the cluster accepts
 * @throws StoreUnavailable the stream was deleted, or numbered differently
 */
export async function settle(attempt: Attempt, cluster: Cluster, allowance: Allowance): Promise<Outcome> {
  const name = cluster.names.of(attempt.stream);
  const coming = attempt.isOnly ? undefined : cluster.feed?.taken.await(name, attempt.tail.revision);
  try {
    return await sendUntilKnown(attempt, name, cluster, coming?.record, allowance);
  } finally {
    coming?.end();
  }
}

async function sendUntilKnown(
  attempt: Attempt,
  name: string,
  cluster: Cluster,
  coming: Promise<WireRecord> | undefined,
  allowance: Allowance,
): Promise<Outcome> {
  const { appends, names, reads } = cluster;
  for (let isInDoubt = false; ; ) {
    let failure: WireFailure;
    try {
      const stored = await allowance.within(appends.append(name, attempt.wire, attempt.after, appendTryMs));
      requirePlace(attempt, stored);
      const outcome = placedAs(attempt, stored) ?? (await broughtBy(coming, attempt, cluster));
      if (outcome) return outcome;
      failure = new WireFailure('unclear', 'what was stored cannot be read yet');
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
      failure = error;
    }
    if (failure.fault === 'too-large')
      throw new StoreRefused(
        `An append to ${attempt.stream}`,
        `${failure.message}; send fewer entries at a time`,
      );
    if (failure.fault === 'deleted')
      throw new StoreUnavailable(`${attempt.stream} was deleted permanently on the cluster`, {
        cause: failure,
      });
    const isLost = failure.fault === 'silent' || failure.fault === 'unclear';
    if (!isLost && failure.fault !== 'conflict' && !isInDoubt) return { notDone: failure };
    isInDoubt ||= isLost;
    const found = await whatStands(attempt, names, reads, allowance, isInDoubt);
    if (found !== 'nothing') return found === 'foreign' ? found : { stored: found };
    // An empty place is final only if nothing was sent.
    if (!isInDoubt) return { notDone: failure };
    if (allowance.isOver()) throw unknownOf(attempt, failure);
    await allowance.pause();
  }
}

/** The event of a single-event attempt that nobody else can have sent; undefined if the stored event must be read. */
function placedAs({ stream, events, tail, isOnly }: Attempt, { position }: Stored): Outcome | undefined {
  const [only] = events;
  if (!isOnly || events.length > 1 || !only || position === undefined) return undefined;
  const { event, schema } = only;
  const { revision, at: recordedAt } = tail;
  return { stored: [{ ...event, stream, revision, position, schema, recordedAt }] };
}

/**
 * The events that the followed log delivers at the end of an attempt, which saves a read; undefined if they must be
 * read.
 */
async function broughtBy(
  coming: Promise<WireRecord> | undefined,
  { stream, wire }: Attempt,
  { feed, names, ports }: Cluster,
): Promise<Outcome | undefined> {
  const [only] = wire;
  // For several events the positions of the earlier ones are needed too.
  if (!coming || wire.length > 1 || !only || !isOfLog(stream) || feed?.standing.status.state !== 'up')
    return undefined;
  let stop: () => void = () => undefined;
  const inVain = new Promise<undefined>((resolve) => {
    stop = ports.after(bringMs, () => resolve(undefined));
  });
  const record = await Promise.race([coming, inVain]);
  stop();
  if (!record) return undefined;
  return isAsSent(record, only) ? { stored: [readRecord(record, stream, names.reading).event] } : 'foreign';
}

/** Reads the events at the place of an attempt, until the time limit. */
async function whatStands(
  attempt: Attempt,
  names: Names,
  reads: Reads,
  allowance: Allowance,
  isInDoubt: boolean,
): Promise<AnyRecordedEvent[] | 'foreign' | 'nothing'> {
  for (;;) {
    try {
      return await allowance.within(readBack(reads, names, attempt));
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
      if (allowance.isOver())
        throw isInDoubt ? unknownOf(attempt, error) : new StoreUnavailable(error.message, { cause: error });
      await allowance.pause();
    }
  }
}

async function readBack(
  reads: Reads,
  names: Names,
  { stream, wire, after }: Attempt,
): Promise<AnyRecordedEvent[] | 'foreign' | 'nothing'> {
  const records = await reads.stream(names.of(stream), after + 1, wire.length, readTryMs);
  if (records.length === 0) return 'nothing';
  // Another replica may have stored the same ids at the same place, at another instant or with other content.
  const isOurs = wire.every((sent, index) => isAsSent(records[index], sent));
  return isOurs ? records.map((record) => readRecord(record, stream, names.reading).event) : 'foreign';
}

function isAsSent(record: WireRecord | undefined, { id, data, metadata }: WireEvent): boolean {
  return (
    record?.id === id &&
    record.data === Buffer.from(data).toString() &&
    record.metadata === Buffer.from(metadata).toString()
  );
}

function requirePlace({ stream, tail }: Attempt, { revision }: Stored): void {
  if (revision === tail.revision) return;
  const why = `${stream} goes on at revision ${revision} instead of ${tail.revision}, because it was deleted on the cluster`;
  throw new StoreUnavailable(why);
}

function unknownOf({ events }: Attempt, cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(
    events.map(({ event }) => event.id),
    { cause },
  );
}
