import { type AnyRecordedEvent, schemas } from '../domain/any-event.js';
import type { Instant } from '../domain/calendar.js';
import type { Prepared } from './appending.js';
import { bodyText, type Envelope, leafOf } from './codec.js';
import { OutcomeUnknown, StoreRefused, StoreUnavailable } from './errors.js';
import type { Appends, Stored, WireEvent } from './eventstoredb-batch.js';
import { WireFailure } from './eventstoredb-errors.js';
import { type Names, readRecord, wireEvent } from './eventstoredb-events.js';
import type { Reads } from './eventstoredb-reads.js';

/**
 * How long one append waits for its answer, and how long one read, in milliseconds. A cut connection is known at once; only a
 * server that is slow or silent uses them up, and to ask a slow one again soon would make it slower.
 */
const appendTryMs = 4_000;
export const readTryMs = 2_000;

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
}

/** What became of an attempt: the events as they are stored, another writer's in their place, or nothing for a reason. */
export type Outcome = { stored: AnyRecordedEvent[] } | 'foreign' | { notDone: WireFailure };

export function attemptAt(stream: string, events: readonly Prepared[], tail: Tail, at: Instant): Attempt {
  let { revision, leaf: prev } = tail;
  const wire = events.map(({ event: { id, type, by }, content }) => {
    revision += 1;
    const envelope: Envelope = { id, stream, rev: revision, type, schema: schemas[type], at, by, prev };
    prev = leafOf(bodyText(envelope, content)).toString('base64url');
    return wireEvent(envelope, content);
  });
  return { stream, events, wire, after: tail.revision, tail: { revision, leaf: prev, at } };
}

/**
 * Sends an attempt until it is known what became of it: after a lost answer it is read back, by the ids of its events, and
 * sent again as it is when nothing stands there.
 *
 * @throws OutcomeUnknown the time is over, and nobody knows
 * @throws StoreRefused it is larger than the cluster takes
 * @throws StoreUnavailable the stream is not what it was: deleted, or numbered anew
 */
export async function settle(
  attempt: Attempt,
  cluster: { appends: Appends; reads: Reads; names: Names },
  allowance: Allowance,
): Promise<Outcome> {
  const { appends, reads, names } = cluster;
  const name = names.of(attempt.stream);
  for (let isInDoubt = false; ; ) {
    let failure: WireFailure;
    try {
      const stored = await allowance.within(appends.append(name, attempt.wire, attempt.after, appendTryMs));
      return {
        stored: storedAs(attempt, stored) ?? (await allowance.within(readBackOwn(reads, name, attempt))),
      };
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
  { stream, events, after }: Attempt,
): Promise<AnyRecordedEvent[] | 'foreign' | 'nothing'> {
  const records = await reads.stream(name, after + 1, events.length, readTryMs);
  if (records.length === 0) return 'nothing';
  const isOurs = events.every(({ event }, index) => records[index]?.id === event.id);
  return isOurs ? records.map((record) => readRecord(record, stream).event) : 'foreign';
}

/** Of several events the cluster names the place of the last alone: those of an attempt that was stored are read. */
async function readBackOwn(reads: Reads, name: string, attempt: Attempt): Promise<AnyRecordedEvent[]> {
  const found = await readBack(reads, name, attempt);
  if (typeof found === 'string') throw new WireFailure('unclear', 'what was stored cannot be read yet');
  return found;
}

/** The event of an attempt of one, as it is stored; undefined when its place has to be read. */
function storedAs(
  { stream, events, tail }: Attempt,
  { revision, position }: Stored,
): AnyRecordedEvent[] | undefined {
  if (revision !== tail.revision) {
    const why = `${stream} goes on at revision ${revision} instead of ${tail.revision}, because it was deleted on the cluster`;
    throw new StoreUnavailable(why);
  }
  const [only] = events;
  if (events.length > 1 || !only || position === undefined) return undefined;
  const { event } = only;
  return [{ ...event, stream, revision, position, schema: schemas[event.type], recordedAt: tail.at }];
}

function unknownOf({ events }: Attempt, cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(
    events.map(({ event }) => event.id),
    { cause },
  );
}
