import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Instant } from '../../../domain/values/calendar.js';
import { WireFailure } from './errors.js';
import type { LogIndex, Noted } from './event-index.js';
import { corrupt, type Names, readRecord } from './events.js';
import { LatestPages } from './pages.js';
import type { WireRecord } from './reads.js';
import { spoiltBy } from './settings.js';

/** How long a page waits for those who follow closely, before it is dropped from memory, in milliseconds. */
const patienceMs = 1_000;

/** Someone who follows: says how far it has taken the log, and when it stops. */
export interface Follower {
  moveTo(position: number): void;
  end(): void;
}

/** What a replica has taken of the log: checked, noted, and its latest stretch kept in memory for those who follow. */
export class PageBuffer {
  readonly pages = new LatestPages();
  /** The latest instant of recording that was met. */
  lastAt: Instant = '';
  /** Who waits for what comes at a place of a stream. */
  readonly #awaited = new Map<string, (record: WireRecord) => void>();
  /** Positions of those who follow. */
  readonly #followers = new Set<{ position: number }>();
  #onFollowerMove: () => void = () => undefined;
  /** The place at which the log seemed to have a hole, to see whether it is still there at the next reading. */
  #hole: string | undefined;

  constructor(
    private readonly index: LogIndex,
    private readonly names: Names,
    private readonly after: (ms: number, call: () => void) => () => void,
  ) {}

  /** Waits for the record at a revision of a stream on the cluster, from now on until it is ended; one at a time may. */
  await(name: string, revision: number): { record: Promise<WireRecord>; end(): void } {
    const place = `${name} ${revision}`;
    const record = new Promise<WireRecord>((resolve) => this.#awaited.set(place, resolve));
    return { record, end: () => void this.#awaited.delete(place) };
  }

  /** Lets the feed know who follows from a position; it does not run far ahead of them while it catches up. */
  follow(position: number): Follower {
    const follower = { position };
    this.#followers.add(follower);
    return {
      moveTo: (reached) => {
        follower.position = reached;
        this.#onFollowerMove();
      },
      end: () => {
        this.#followers.delete(follower);
        this.#onFollowerMove();
      },
    };
  }

  /**
   * Takes what comes next; answers whether the settings of a stream were among it.
   *
   * @throws WireFailure an event did not come in its turn
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
      this.#requireNext(record, previous);
      const { event } = readRecord(record, stream);
      revisions.set(stream, record.revision);
      if (event.recordedAt > this.lastAt) this.lastAt = event.recordedAt;
      events.push(event);
      noted.push({ id: record.id, stream, revision: record.revision, position: record.position });
    }
    this.#hole = undefined;
    const size = news.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    this.pages.add(after, last.position, events, size);
    // After the pages, because its file may fail: what counts as taken has to be in memory then.
    index.note(noted, { position: last.position, id: last.id });
    if (this.#awaited.size > 0)
      for (const record of news) this.#awaited.get(`${record.stream} ${record.revision}`)?.(record);
    return { hasSettings };
  }

  /** Knows from the last record that was taken before a restart when it was recorded: nothing is recorded earlier from now on. */
  recall(record: WireRecord): void {
    const stream = this.names.streamOf(record.stream);
    if (stream === undefined || spoiltBy(record, this.names)) return;
    const { recordedAt } = readRecord(record, stream).event;
    if (recordedAt > this.lastAt) this.lastAt = recordedAt;
  }

  /** Each event of a stream has to follow the one before; a hole is read again once, then it is damage. */
  #requireNext(record: WireRecord, previous: number): void {
    if (record.revision === previous + 1) return;
    const hole = `${record.stream} ${previous + 1}`;
    if (this.#hole === hole)
      throw corrupt(
        record,
        `revision ${previous + 1} is missing before it; was the stream cut short on the cluster?`,
      );
    this.#hole = hole;
    throw new WireFailure('unclear', `revision ${previous + 1} of ${record.stream} did not come`);
  }

  /** Lets those who follow closely take what is in memory before it makes room; nobody holds it up for long. */
  async waitForFollowers(): Promise<void> {
    const isBehind = ({ position }: { position: number }) =>
      position >= this.pages.start && this.pages.wouldDropAfter(position);
    if (![...this.#followers].some(isBehind)) return;
    await new Promise<void>((resolve) => {
      const stop = this.after(patienceMs, resolve);
      this.#onFollowerMove = () => {
        if ([...this.#followers].some(isBehind)) return;
        stop();
        resolve();
      };
    });
    this.#onFollowerMove = () => undefined;
  }
}
