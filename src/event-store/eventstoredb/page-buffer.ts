import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { WireFailure } from './errors.js';
import type { LogIndex, Noted } from './event-index.js';
import { corrupt, type Names, readRecord } from './events.js';
import { LatestPages } from './pages.js';
import type { WireRecord } from './reads.js';
import { spoiltBy } from './settings.js';

/** How long a page waits for close followers before it is dropped from memory, in milliseconds. */
const patienceMs = 1_000;

/** A follower: reports its position, and when it stops. */
export interface Follower {
  moveTo(position: number): void;
  end(): void;
}

/** The processed log of a replica: verified, indexed, and its latest part cached for followers. */
export class PageBuffer {
  readonly pages = new LatestPages();
  /** The latest `recordedAt` seen. */
  lastAt: Instant = '';
  /** Waiters for a record at a place of a stream. */
  private readonly awaited = new Map<string, (record: WireRecord) => void>();
  /** Positions of the followers. */
  private readonly followers = new Set<{ position: number }>();
  private onFollowerMove: () => void = () => undefined;
  /** The place of an apparent gap in the log, to check on the next read whether it is still there. */
  private hole: string | undefined;

  constructor(
    private readonly index: LogIndex,
    private readonly names: Names,
    private readonly after: (ms: number, call: () => void) => () => void,
  ) {}

  /** Waits for the record at a revision of a stream on the cluster, until cancelled; one waiter at a time. */
  await(name: string, revision: number): { record: Promise<WireRecord>; end(): void } {
    const place = `${name} ${revision}`;
    const record = new Promise<WireRecord>((resolve) => this.awaited.set(place, resolve));
    return { record, end: () => void this.awaited.delete(place) };
  }

  /** Registers a follower at a position; while catching up the feed does not run far ahead of followers. */
  follow(position: number): Follower {
    const follower = { position };
    this.followers.add(follower);
    return {
      moveTo: (reached) => {
        follower.position = reached;
        this.onFollowerMove();
      },
      end: () => {
        this.followers.delete(follower);
        this.onFollowerMove();
      },
    };
  }

  /**
   * Processes the next records; returns whether stream settings were among them.
   *
   * @throws WireFailure an event was out of order
   * @throws StoreCorrupt, StoreRefused it is not what this version of Topout writes
   */
  take(records: readonly WireRecord[]): { hasSettings: boolean } {
    const { index, names } = this;
    const after = index.position;
    const news = records.filter(({ position }) => !(position <= after));
    const last = news.at(-1);
    if (!last) return { hasSettings: false };
    const events: AnyRecordedEvent[] = [];
    const noted: Noted[] = [];
    const revisions = new Map<string, number>();
    let hasSettings = false;
    for (const record of news) {
      const spoilt = spoiltBy(record, names);
      if (spoilt) {
        index.noteSpoilt(spoilt.stream, spoilt.why);
        hasSettings = true;
        continue;
      }
      const stream = names.streamOf(record.stream);
      if (stream === undefined) continue;
      const previous = revisions.get(stream) ?? index.revisionOf(stream);
      this.requireNext(record, previous);
      const { event } = readRecord(record, stream, this.names.reading);
      revisions.set(stream, record.revision);
      if (event.recordedAt > this.lastAt) this.lastAt = event.recordedAt;
      events.push(event);
      noted.push({ id: record.id, stream, revision: record.revision, position: record.position });
    }
    this.hole = undefined;
    const size = news.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    this.pages.add(after, last.position, events, size);
    // After the pages, because its file may fail: processed events must be in memory by then.
    index.note(noted, { position: last.position, id: last.id });
    if (this.awaited.size > 0)
      for (const record of news) this.awaited.get(`${record.stream} ${record.revision}`)?.(record);
    return { hasSettings };
  }

  /** Restores the last `recordedAt` after a restart: later events are never earlier. */
  recall(record: WireRecord): void {
    const stream = this.names.streamOf(record.stream);
    if (stream === undefined || spoiltBy(record, this.names)) return;
    const { recordedAt } = readRecord(record, stream).event;
    if (recordedAt > this.lastAt) this.lastAt = recordedAt;
  }

  /** Revisions of a stream must be consecutive; a gap is read again once, then it is damage. */
  private requireNext(record: WireRecord, previous: number): void {
    if (record.revision === previous + 1) return;
    const hole = `${record.stream} ${previous + 1}`;
    if (this.hole === hole)
      throw corrupt(
        record,
        `revision ${previous + 1} is missing before it; was the stream truncated on the cluster?`,
      );
    this.hole = hole;
    throw new WireFailure('unclear', `revision ${previous + 1} of ${record.stream} did not come`);
  }

  /** Lets close followers process cached pages before they are dropped, for a limited time. */
  async waitForFollowers(): Promise<void> {
    const isBehind = ({ position }: { position: number }) =>
      position >= this.pages.start && this.pages.wouldDropAfter(position);
    if (![...this.followers].some(isBehind)) return;
    await new Promise<void>((resolve) => {
      const stop = this.after(patienceMs, resolve);
      this.onFollowerMove = () => {
        if ([...this.followers].some(isBehind)) return;
        stop();
        resolve();
      };
    });
    this.onFollowerMove = () => undefined;
  }
}
