import { firstValueFrom, map, Observable, race, skip } from 'rxjs';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { StoreCorrupt, StoreUnavailable } from '../errors.js';
import type { LeafAt } from '../event-store.js';
import type { LogIndex } from './event-index.js';
import { type Names, type Read, readRecord } from './events.js';
import { type Feed, pageSize, readMs } from './feed.js';
import type { Reads } from './reads.js';

/** How long a reader waits for the feed to advance before it fails or retries, in milliseconds. */
const patienceMs = 10_000;
const retryMs = 1_000;

interface LogParts {
  reads: Reads;
  names: Names;
  index: LogIndex;
  feed: Feed;
  after(ms: number, call: () => void): () => void;
}

/** Pages of the log: from memory for close followers, else from the cluster; never beyond the feed's position. */
export class LogPages {
  constructor(private readonly parts: LogParts) {}

  /**
   * The next events after a position, none at the end of the log.
   *
   * @throws WireFailure, StoreUnavailable, StoreCorrupt
   */
  async next(position: number): Promise<readonly AnyRecordedEvent[]> {
    const { feed, reads } = this.parts;
    for (;;) {
      const page = await this.taken(position);
      if (page.length > 0) return page;
      const { state } = feed.standing.status;
      if (state === 'up') {
        const [more] = await reads.all(Math.max(position, feed.position), 1, readMs);
        if (!more) return this.taken(position);
        // The feed was faster: check again what it has processed.
        if (more.position <= feed.position) continue;
      }
      await this.moved();
    }
  }

  /**
   * The next events after a position for a subscriber, none if it has to wait; an outage is not an error.
   *
   * @param generation of the log when the subscription started
   * @throws StoreUnavailable the log is another one now, so that the position is meaningless
   */
  async followed(position: number, generation: number): Promise<readonly AnyRecordedEvent[]> {
    for (;;) {
      if (this.parts.feed.generation !== generation)
        throw new StoreUnavailable('the log of the cluster is not the one that was followed');
      try {
        return await this.taken(position);
      } catch (error) {
        if (error instanceof StoreCorrupt || this.parts.feed.standing.status.state === 'closed') throw error;
        await this.movedWithin(retryMs);
      }
    }
  }

  /** The position of the last event of the log. */
  async head(): Promise<number> {
    const { reads, index } = this.parts;
    const last = await reads.last(readMs);
    // Records of the cluster itself, such as a deletion, are not events of the log.
    return last && !last.type.startsWith('$') ? Math.max(last.position, index.head) : index.head;
  }

  /** The position of the last event of the log once the cluster returns it. */
  async goal(): Promise<number> {
    for (;;) {
      try {
        return await this.head();
      } catch (error) {
        if (this.parts.feed.standing.status.state === 'closed') throw error;
        await this.movedWithin(retryMs);
      }
    }
  }

  /** The leaves of at most so many events after a position that the feed has processed, read from the cluster. */
  async leaves(position: number, limit: number): Promise<LeafAt[]> {
    const found = await this.fetched(position, limit);
    return found.map(({ event, leaf }) => ({
      position: event.position,
      leaf: Buffer.from(leaf(), 'base64url'),
    }));
  }

  /** Events after a position that the feed has processed; none if there are none yet. */
  private async taken(position: number): Promise<readonly AnyRecordedEvent[]> {
    const { pages } = this.parts.feed.taken;
    if (position >= pages.start) return pages.after(position);
    return (await this.fetched(position, pageSize)).map(({ event }) => event);
  }

  /** At most so many records after a position, up to that of the feed, from the cluster. */
  private async fetched(position: number, limit: number): Promise<Read[]> {
    const { feed, reads, names } = this.parts;
    for (let from = position; from < feed.position; ) {
      const upTo = feed.position;
      const records = (await reads.all(from, limit, readMs)).filter((record) => record.position <= upTo);
      const found = records.flatMap((record) => {
        const stream = names.streamOf(record.stream);
        return stream === undefined || record.type.startsWith('$')
          ? []
          : [readRecord(record, stream, names.reading)];
      });
      if (found.length > 0) return found;
      from = records.at(-1)?.position ?? upTo;
    }
    return [];
  }

  /** Waits for the feed to advance; fails if it is down, or takes too long. */
  private async moved(): Promise<void> {
    const { feed } = this.parts;
    const { state, why = `it is ${state}` } = feed.standing.status;
    if (state === 'damaged' || state === 'refused') throw new StoreCorrupt(why);
    if (state !== 'connecting' && state !== 'catching-up' && state !== 'up') throw new StoreUnavailable(why);
    if (!(await this.movedWithin(patienceMs))) throw new StoreUnavailable('the log is not followed');
  }

  /** True at the next move; false when none comes within so many milliseconds. */
  private movedWithin(ms: number): Promise<boolean> {
    const { after, feed } = this.parts;
    const late = new Observable<boolean>((subscriber) => after(ms, () => subscriber.next(false)));
    return firstValueFrom(
      race(
        feed.standing.moves$.pipe(
          skip(1),
          map(() => true),
        ),
        late,
      ),
    );
  }
}
