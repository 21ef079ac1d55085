import { type AnyRecordedEvent, schemas } from '../../../domain/log/any-event.js';
import type { Instant } from '../../../domain/values/calendar.js';
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
 * How long one append waits for its answer, and how long one read, in milliseconds. A cut connection is known at once; only a
 * server that is slow or silent uses them up, and to ask a slow one again soon would make it slower.
 */
const appendTryMs = 4_000;
export const readTryMs = 2_000;
/** How long it waits until the log it follows brings what was stored, before it reads that, in milliseconds. */
const bringMs = 100;

/** The end of a stream: where the next event attaches. */
export interface Tail {
  /** -1 for a stream without any event. */
  revision: number;
  leaf: string;
  at: Instant;
}

/** The time that an append has. */
export interface Allowance {
  isOver(): boolean;
  /**
   * Waits for a call no longer than there is time.
   *
   * @throws WireFailure `silent` when the time is over before it has ended
   */
  within<Answer>(call: Promise<Answer>): Promise<Answer>;
  /** Lets a little of it pass. */
  pause(): Promise<void>;
}

/** An append at an exact revision, in the very bytes in which it is sent as often as that takes. */
export interface Attempt {
  stream: string;
  events: readonly Prepared[];
  wire: readonly WireEvent[];
  after: number;
  /** The end of the stream once it is stored. */
  tail: Tail;
  /** Nobody else can send the same ids, so what is acknowledged is what was sent. */
  isOnly: boolean;
}

/** What became of an attempt: the events as they are stored, another writer's in their place, or nothing for a reason. */
export type Outcome = { stored: AnyRecordedEvent[] } | 'foreign' | { notDone: WireFailure };

export function attemptAt(
  { stream, events, ids }: { stream: string; events: readonly Prepared[]; ids: IdOrigin },
  tail: Tail,
  at: Instant,
): Attempt {
  let { revision, leaf: prev } = tail;
  const wire = events.map(({ event: { id, type, by }, content }) => {
    revision += 1;
    const envelope: Envelope = { id, stream, rev: revision, type, schema: schemas[type], at, by, prev };
    prev = leafOf(bodyText(envelope, content)).toString('base64url');
    return wireEvent(envelope, content);
  });
  const end = { revision, leaf: prev, at };
  return { stream, events, wire, after: tail.revision, tail: end, isOnly: ids === 'fresh' };
}

/** What an attempt is settled with. */
interface Cluster {
  appends: Appends;
  reads: Reads;
  names: Names;
  /** The log as it is followed, where it is; it brings what stands there without another read. */
  feed?: Feed;
  ports: { after(ms: number, call: () => void): () => void };
}

/**
 * Sends an attempt until it is known what became of it: what stands in its place is compared with what was sent, and it is
 * sent again as it is when nothing stands there after a lost answer.
 *
 * That the cluster acknowledges it says too little when the ids may have come to others as well: it does so too when another
 * replica has stored events of the same ids there, at another instant or with other content, since it compares ids alone.
 *
 * @throws OutcomeUnknown the time is over, and nobody knows
 * @throws StoreRefused it is larger than the cluster takes
 * @throws StoreUnavailable the stream is not what it was: deleted, or numbered anew
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
  const { appends, reads } = cluster;
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
      throw new StoreUnavailable(`${attempt.stream} was deleted for good on the cluster`, { cause: failure });
    const isLost = failure.fault === 'silent' || failure.fault === 'unclear';
    if (!isLost && failure.fault !== 'conflict' && !isInDoubt) return { notDone: failure };
    isInDoubt ||= isLost;
    const found = await whatStands(attempt, name, reads, allowance, isInDoubt);
    if (found !== 'nothing') return found === 'foreign' ? found : { stored: found };
    // That nothing stands there is final only when nothing was ever on its way.
    if (!isInDoubt) return { notDone: failure };
    if (allowance.isOver()) throw unknownOf(attempt, failure);
    await allowance.pause();
  }
}

/** The event of an attempt of one, which nobody else can have sent; undefined when what stands there has to be seen. */
function placedAs({ stream, events, tail, isOnly }: Attempt, { position }: Stored): Outcome | undefined {
  const [only] = events;
  if (!isOnly || events.length > 1 || !only || position === undefined) return undefined;
  const { event } = only;
  const { revision, at: recordedAt } = tail;
  return { stored: [{ ...event, stream, revision, position, schema: schemas[event.type], recordedAt }] };
}

/** What the followed log brings at the end of an attempt, which spares a read; undefined when that has to be read. */
async function broughtBy(
  coming: Promise<WireRecord> | undefined,
  { stream, wire }: Attempt,
  { feed, ports }: Cluster,
): Promise<Outcome | undefined> {
  const [only] = wire;
  // Of several events the places of those before the last are needed too.
  if (!coming || wire.length > 1 || !only || !isOfLog(stream) || feed?.standing.status.state !== 'up')
    return undefined;
  let stop: () => void = () => undefined;
  const inVain = new Promise<undefined>((resolve) => {
    stop = ports.after(bringMs, () => resolve(undefined));
  });
  const record = await Promise.race([coming, inVain]);
  stop();
  if (!record) return undefined;
  return isAsSent(record, only) ? { stored: [readRecord(record, stream).event] } : 'foreign';
}

/** Reads what stands in the place of an attempt, until the time is over. */
async function whatStands(
  attempt: Attempt,
  name: string,
  reads: Reads,
  allowance: Allowance,
  isInDoubt: boolean,
): Promise<AnyRecordedEvent[] | 'foreign' | 'nothing'> {
  for (;;) {
    try {
      return await allowance.within(readBack(reads, name, attempt));
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
  name: string,
  { stream, wire, after }: Attempt,
): Promise<AnyRecordedEvent[] | 'foreign' | 'nothing'> {
  const records = await reads.stream(name, after + 1, wire.length, readTryMs);
  if (records.length === 0) return 'nothing';
  // Another replica may have stored the same ids at the same place, at another instant or with other content.
  const isOurs = wire.every((sent, index) => isAsSent(records[index], sent));
  return isOurs ? records.map((record) => readRecord(record, stream).event) : 'foreign';
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
