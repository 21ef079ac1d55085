import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { isExpected, type Prepared, saysSame } from '../appending.js';
import { noPrev } from '../codec.js';
import { EventIdReused, RevisionConflict, StoreUnavailable } from '../errors.js';
import type { Appended, ExpectedRevision, IdOrigin } from '../event-store.js';
import { Queues } from '../queues.js';
import { Tails } from '../tails.js';
import { type Allowance, attemptAt, readTryMs, settle, type Tail } from './attempt.js';
import type { Appends } from './batch.js';
import { NoAnswer, WireFailure } from './errors.js';
import type { LogIndex } from './event-index.js';
import { isOfLog, type Names, readRecord } from './events.js';
import type { Feed } from './feed.js';
import type { Reads } from './reads.js';

/** Total time limit of an append, in milliseconds. */
const appendMs = 5_000;
/** Delay before a retry of what the cluster could not do, in milliseconds. */
const pauseMs = 100;
/** Events that the cluster retains of a stream outside the log. */
const housekeepingKept = 100;

/** The dependencies of the writer. */
export interface WriterParts {
  appends: Appends;
  reads: Reads;
  names: Names;
  index: LogIndex;
  feed: Feed;
  ports: { now(): Instant; newId(): string; after(ms: number, call: () => void): () => void };
}

/** A queued append. */
interface Request {
  stream: string;
  events: readonly Prepared[];
  expected: ExpectedRevision;
  ids: IdOrigin;
}

/**
 * Appends to a cluster at the exact revision, never twice; the outcome is unknown only if reading back cannot settle
 * it.
 */
export class ClusterWriter {
  private readonly parts: WriterParts;
  private readonly queues = new Queues();
  private readonly tails = new Tails<Tail>();
  private lastAt: Instant = '';
  private generation = 0;
  private isClosed = false;

  constructor(parts: WriterParts) {
    this.parts = parts;
  }

  /** Appends by the contract of the port; appends to one stream, or with a shared id, run one after the other. */
  append(request: Request): Promise<Appended> {
    if (this.isClosed) return Promise.reject(new StoreUnavailable('it is closed'));
    const { allowance, end } = allowanceOf(this.parts.ports.after);
    const keys = [request.stream, ...request.events.map(({ event }) => event.id)];
    const answer = this.queues.run(keys, () => this.run(request, allowance)).finally(end);
    const { standing } = this.parts.feed;
    answer.then(
      () => standing.noteWriting(undefined),
      (error: Error) => {
        // The cluster accepts nothing, or the outcome is unknown: that concerns more than this append.
        const { cause } = error;
        if (!(cause instanceof WireFailure) || cause.fault === 'deleted') return;
        standing.noteWriting(cause.message);
        this.parts.feed.lookNow();
      },
    );
    return answer;
  }

  /** Finishes accepted appends, and accepts no more. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.queues.whenIdle();
  }

  private async run(request: Request, allowance: Allowance): Promise<Appended> {
    const { stream, expected } = request;
    let last: WireFailure | undefined;
    for (;;) {
      if (allowance.isOver())
        throw new StoreUnavailable(last?.message ?? 'there was no time for it', { cause: last });
      this.requireTaking(last);
      this.requireSound(stream);
      this.forgetOtherLog();
      try {
        if (!this.parts.feed.isIdentified) await allowance.within(this.parts.feed.whenIdentified());
        const remembered = this.tails.get(stream);
        const tail = remembered ?? (await this.readTail(stream, allowance));
        const earlier = request.ids === 'fresh' ? undefined : await this.earlier(request, allowance);
        if (earlier) return { events: earlier, isReplay: true };
        if (!isExpected(expected, tail.revision)) {
          if (!remembered)
            throw new RevisionConflict(stream, expected as number | 'no-stream', tail.revision);
          // Another writer may have appended.
          this.tails.forget(stream);
          continue;
        }
        const attempt = attemptAt(request, tail, this.nextAt(tail));
        this.tails.forget(stream);
        const outcome = await settle(attempt, this.parts, allowance);
        if (outcome === 'foreign') continue;
        if ('notDone' in outcome) throw outcome.notDone;
        this.noteStored(stream, outcome.stored, attempt.tail);
        return { events: outcome.stored, isReplay: false };
      } catch (error) {
        if (!(error instanceof WireFailure)) throw error;
        last = error;
        if (error.fault === 'denied' || error.fault === 'untrusted')
          throw new StoreUnavailable(error.message, { cause: error });
        await allowance.pause();
      }
    }
  }

  /** Remembered stream ends belong to the log that was followed at the time. */
  private forgetOtherLog(): void {
    const { generation } = this.parts.feed;
    if (generation !== this.generation) this.tails.forgetAll();
    this.generation = generation;
  }

  /** An instant not before any `recordedAt` this replica has seen. */
  private nextAt(tail: Tail): Instant {
    const instants = [this.parts.ports.now(), this.parts.feed.taken.lastAt, tail.at];
    for (const instant of instants) if (instant > this.lastAt) this.lastAt = instant;
    return this.lastAt;
  }

  /**
   * The end of a stream on the cluster. When it returns, the index holds every event up to it, so that ids missing in
   * the index are new to this stream.
   */
  private async readTail(stream: string, allowance: Allowance): Promise<Tail> {
    const { reads, names } = this.parts;
    const last = await allowance.within(reads.lastOf(names.of(stream), readTryMs));
    if (!last) {
      if (isOfLog(stream)) await this.followTo(0, allowance);
      return { revision: -1, leaf: noPrev, at: '' };
    }
    if (isOfLog(stream)) await this.followTo(last.position, allowance);
    const read = readRecord(last, stream, names.reading);
    const tail = { revision: last.revision, leaf: read.leaf(), at: read.event.recordedAt };
    this.tails.keep(stream, tail);
    return tail;
  }

  /** Waits until the log is followed up to a position, and up to its end at the start of this process. */
  private async followTo(position: number, allowance: Allowance): Promise<void> {
    const { feed } = this.parts;
    while (feed.position < position || !feed.hasCaughtUp) {
      const { state, why } = feed.standing.status;
      try {
        await allowance.within(feed.standing.moved());
      } catch (error) {
        throw new StoreUnavailable(why ?? `the log is not followed yet, the store is ${state}`, {
          cause: error,
        });
      }
    }
  }

  /** The events of an earlier append with the same ids and contents; undefined if none of the ids is in the log. */
  private async earlier(
    { stream, events }: Request,
    allowance: Allowance,
  ): Promise<AnyRecordedEvent[] | undefined> {
    const { index, reads, names } = this.parts;
    const places = events.map(({ event }) => index.find(event.id));
    const there = events.find((_, number) => places[number]);
    if (!there) return undefined;
    const found: AnyRecordedEvent[] = [];
    for (const [number, prepared] of events.entries()) {
      const { event } = prepared;
      const place = places[number];
      if (!place) throw new EventIdReused(there.event.id);
      if (place.stream !== stream) throw new EventIdReused(event.id);
      const [record] = await allowance.within(reads.stream(names.of(stream), place.revision, 1, readTryMs));
      const stored = record?.id === event.id ? readRecord(record, stream, names.reading).event : undefined;
      if (!stored)
        throw new StoreUnavailable(`revision ${place.revision} of ${stream} is gone from the cluster`);
      if (!saysSame(stored, prepared)) throw new EventIdReused(event.id);
      found.push(stored);
    }
    return found;
  }

  private noteStored(stream: string, stored: readonly AnyRecordedEvent[], tail: Tail): void {
    this.tails.keep(stream, tail);
    if (!isOfLog(stream)) {
      if (stored.some(({ revision }) => revision === 0)) void this.keepShort(stream);
      return;
    }
    const { index } = this.parts;
    index.noteOwn(stored.map(({ id, revision, position }) => ({ id, stream, revision, position })));
  }

  /** Limits the stored length of a stream outside the log; nobody reads its beginning. */
  private async keepShort(stream: string): Promise<void> {
    const { appends, names, ports } = this.parts;
    const data = Buffer.from(JSON.stringify({ $maxCount: housekeepingKept }));
    const settings = { id: ports.newId(), type: '$metadata', data, metadata: Buffer.from('{}') };
    // Without it the stream is only longer.
    await appends.append(`$$${names.of(stream)}`, [settings], -1, appendMs).catch(() => undefined);
  }

  /** Fails fast: otherwise each of many appends to an unreachable cluster would wait for the one before. */
  private requireTaking(last: WireFailure | undefined): void {
    const { feed } = this.parts;
    const why = last ? feed.standing.whyAway() : feed.standing.whyNoAppend();
    if (why === undefined) return;
    feed.lookNow();
    throw new StoreUnavailable(why, { cause: last });
  }

  private requireSound(stream: string): void {
    const spoilt = this.parts.index.spoilt().find((known) => known.stream === stream);
    if (spoilt) throw new StoreUnavailable(`${stream}: ${spoilt.why}`);
  }
}

/** The time limit of one append, starting now, in milliseconds. */
export function allowanceOf(
  after: WriterParts['ports']['after'],
  ms = appendMs,
): { allowance: Allowance; end(): void } {
  let isOver = false;
  const waiting = new Set<() => void>();
  const stop = after(ms, () => {
    isOver = true;
    for (const giveUp of waiting) giveUp();
  });
  const allowance: Allowance = {
    isOver: () => isOver,
    within(call) {
      if (isOver) {
        call.catch(() => undefined);
        return Promise.reject(new NoAnswer('the append', ms));
      }
      return new Promise((resolve, reject) => {
        const giveUp = () => reject(new NoAnswer('the append', ms));
        waiting.add(giveUp);
        call.then(resolve, reject).finally(() => waiting.delete(giveUp));
      });
    },
    pause: () => new Promise((resolve) => void after(pauseMs, resolve)),
  };
  return { allowance, end: stop };
}
