import type { AnyRecordedEvent } from '../domain/any-event.js';
import type { Instant } from '../domain/calendar.js';
import { StoreCorrupt, StoreError, StoreRefused, StoreUnavailable } from './errors.js';
import type { StoreState, StoreStatus } from './event-store.js';
import type { Appends } from './eventstoredb-batch.js';
import type { Connection } from './eventstoredb-connection.js';
import { WireFailure } from './eventstoredb-errors.js';
import { corrupt, type Names, readRecord } from './eventstoredb-events.js';
import type { LogIndex, Noted } from './eventstoredb-index.js';
import { installationIn } from './eventstoredb-installation.js';
import { LatestPages } from './eventstoredb-pages.js';
import type { Reads, WireRecord } from './eventstoredb-reads.js';
import { spoiltBy } from './eventstoredb-settings.js';

/** How long a read may take, in milliseconds. */
export const readMs = 10_000;
/** Events of one page, and of one read while it catches up, of which only some are in memory at a time. */
export const pageSize = 500;
const catchUpSize = 4_000;

/** How often it is looked whether the subscription still hands over all there is, in milliseconds. */
const probeEveryMs = 10_000;
/** How long that look may take, and how late the subscription may be, in milliseconds. */
const probeMs = 5_000;
const lateMs = 2_000;
/** How long it waits before it follows again: at first, and at most, in milliseconds. */
const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** How long a page waits for those who follow closely, before it is dropped from memory, in milliseconds. */
const patienceMs = 1_000;

/** What the feed works with. */
export interface FeedParts {
  connection: Connection;
  reads: Reads;
  appends: Appends;
  names: Names;
  index: LogIndex;
  ports: {
    now(): Instant;
    newId(): string;
    after(ms: number, call: () => void): () => void;
    random(): number;
    nextTurn(call: () => void): void;
  };
  /** Told when the state or what is wrong changes. */
  onStatus(status: StoreStatus): void;
}

/** Someone who follows: says how far it has taken the log, and when it stops. */
export interface Follower {
  moveTo(position: number): void;
  end(): void;
}

/** The log as a replica follows it, for as long as it runs: what fails is begun again from the last event taken. */
export class Feed {
  readonly pages = new LatestPages();
  readonly #parts: FeedParts;
  readonly #wakers = new Set<() => void>();
  /** Who waits for what comes at a place of a stream. */
  readonly #awaited = new Map<string, (record: WireRecord) => void>();
  /** Positions of those who follow. */
  readonly #followers = new Set<{ position: number }>();
  #onFollowerMove: () => void = () => undefined;
  #status: Omit<StoreStatus, 'head'>;
  #isClosed = false;
  #isIdentified = false;
  #run: Promise<void> | undefined;
  #stopPause: () => void = () => undefined;
  #endLive: (() => void) | undefined;
  /** The place at which the log seemed to have a hole, to see whether it is still there at the next reading. */
  #hole: string | undefined;
  drops = 0;
  restarts = 0;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    const { ports, index } = parts;
    const inStep = index.inStepAt === '' ? {} : { inStepAt: index.inStepAt };
    this.#status = { state: 'connecting', since: ports.now(), spoilt: index.spoilt(), ...inStep };
  }

  start(): void {
    this.#run ??= this.#keepFollowing();
  }

  /** Counts the logs that were followed: one more when this one turned out to be another than before. */
  generation = 0;
  /** The latest instant of recording that was met. */
  lastAt: Instant = '';
  /** True once everything was taken that the log held at some moment since this process began. */
  hasCaughtUp = false;

  /** The position up to which the log was taken. */
  get position(): number {
    return this.#parts.index.position;
  }

  get status(): StoreStatus {
    return { ...this.#status, head: this.#parts.index.head };
  }

  /**
   * Resolves once the cluster is known to be the one of this replica: before that nothing is read from it or written to it.
   *
   * @throws StoreUnavailable it is another one, or could not be asked so far
   */
  async whenIdentified(): Promise<void> {
    while (!this.#isIdentified) {
      const { state, why = `it is ${state}` } = this.#status;
      if (state !== 'connecting') throw new StoreUnavailable(why);
      await this.moved();
    }
  }

  /** Calls back whenever there is more, or the state has changed; the answer ends that. */
  onMove(waker: () => void): () => void {
    this.#wakers.add(waker);
    return () => void this.#wakers.delete(waker);
  }

  /** Resolves at the next move. */
  moved(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onMove(() => {
        stop();
        resolve();
      });
    });
  }

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

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopPause();
    this.#endLive?.();
    this.#say('closed');
    await this.#run;
  }

  async #keepFollowing(): Promise<void> {
    for (let failures = 0; !this.#isClosed; ) {
      const from = this.position;
      try {
        await this.#identify();
        await this.#catchUp();
        await this.#live();
      } catch (error) {
        if (this.#isClosed) return;
        const failure = error as Error;
        const isSlow = failure instanceof WireFailure && failure.fault === 'too-slow';
        failures = isSlow || this.position > from ? 0 : failures + 1;
        if (isSlow) this.drops += 1;
        else {
          this.restarts += 1;
          if (failure instanceof StoreRefused) this.#isIdentified = false;
          this.#say(...stateOf(failure));
        }
        // A connection that is silent is not trusted again; one that was dropped the client makes anew by itself.
        if (!isSlow && !(failure instanceof StoreError)) this.#parts.connection.renew();
        await this.#pause(isSlow ? 0 : this.#pauseMs(failures));
      }
    }
  }

  /** Makes sure that the cluster is the one that this replica followed, and that its index is of this log. */
  async #identify(): Promise<void> {
    const { reads, index, names, appends, ports } = this.#parts;
    if (this.#status.state === 'connecting') this.#say('connecting');
    const installation = await installationIn({ reads, appends, names, newId: ports.newId, now: ports.now });
    if (index.installation !== '' && index.installation !== installation) {
      throw new StoreRefused(
        `the event store of installation ${installation}`,
        `this data folder has followed installation ${index.installation}; correct EVENT_STORE_URL or TOPOUT_STREAM_PREFIX, or choose another folder with TOPOUT_DATA`,
      );
    }
    if (index.installation === '') index.installation = installation;
    this.#isIdentified = true;
    if (index.position === 0) return;
    const record = await reads.at(index.position, readMs).catch(whenNotThere);
    if (record?.id === index.lastId) return;
    // The log was put back to an earlier state, or is another one: what was noted of it is not true.
    index.clear();
    index.installation = installation;
    this.pages.clear();
    this.generation += 1;
    this.#wake();
  }

  async #catchUp(): Promise<void> {
    const { reads, ports } = this.#parts;
    if (this.#status.state !== 'up') this.#say('catching-up');
    for (;;) {
      const count = await reads.each(this.position, catchUpSize, readMs, async (records) => {
        await this.#waitForFollowers();
        if (this.#isClosed) return;
        this.#take(records);
        await new Promise<void>((resolve) => ports.nextTurn(resolve));
      });
      if (this.#isClosed) return;
      if (count > 0) continue;
      this.hasCaughtUp = true;
      return;
    }
  }

  /** Follows what comes, until it fails or falls silent. */
  async #live(): Promise<void> {
    const { reads, ports } = this.#parts;
    let arrived: WireRecord[] = [];
    let fail: (error: Error) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    failed.catch(() => undefined);
    const takeArrived = () => {
      const page = arrived;
      arrived = [];
      if (this.#isClosed) return;
      if (page.length === 0) {
        this.hasCaughtUp = true;
        return;
      }
      try {
        this.#take(page);
      } catch (error) {
        fail(error as Error);
      }
    };
    const onRecord = (record: WireRecord) => {
      // What comes in one go is noted in one go.
      if (arrived.push(record) === 1) ports.nextTurn(takeArrived);
    };
    const subscription = await reads.follow(this.position, onRecord, readMs);
    let stopProbe: () => void = () => undefined;
    this.#endLive = () => fail(new WireFailure('not-sent', 'it was closed'));
    const probeLater = () => {
      stopProbe = ports.after(probeEveryMs, () => {
        this.#probe().then(probeLater, fail);
      });
    };
    try {
      this.#say('up');
      probeLater();
      if (this.#isClosed) return;
      await Promise.race([subscription.ended, failed]);
    } finally {
      this.#endLive = undefined;
      stopProbe();
      subscription.end();
      // What was handed over before the end counts.
      if (!this.#isClosed) this.#takeQuietly(arrived);
    }
  }

  /** Sees whether the log holds more than the subscription has handed over. */
  async #probe(): Promise<void> {
    const { reads, ports } = this.#parts;
    const [missing] = await reads.all(this.position, 1, probeMs);
    if (missing && missing.position > this.position) {
      await new Promise<void>((resolve) => void ports.after(lateMs, resolve));
      if (missing.position > this.position)
        throw new WireFailure('silent', 'the subscription is silent although the log goes on');
    }
    this.#noteInStep();
  }

  #takeQuietly(page: WireRecord[]): void {
    try {
      if (page.length > 0) this.#take(page);
    } catch {
      // It is read and judged again when the log is followed again.
    }
  }

  /** Takes what comes next: notes it, keeps it for those who follow, and lets them know. */
  #take(records: readonly WireRecord[]): void {
    const { index, names } = this.#parts;
    const after = index.position;
    const news = records.filter(({ position }) => !(position <= after));
    const last = news.at(-1);
    if (!last) return;
    const events: AnyRecordedEvent[] = [];
    const noted: Noted[] = [];
    const revisions = new Map<string, number>();
    let isSpoiltAnew = false;
    for (const record of news) {
      const spoilt = spoiltBy(record, names);
      if (spoilt) {
        index.noteSpoilt(spoilt.stream, spoilt.why);
        isSpoiltAnew = true;
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
    index.note(noted, { position: last.position, id: last.id });
    this.#hole = undefined;
    const size = news.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    this.pages.add(after, last.position, events, size);
    if (this.#awaited.size > 0)
      for (const record of news) this.#awaited.get(`${record.stream} ${record.revision}`)?.(record);
    if (isSpoiltAnew) this.#say(this.#status.state);
    this.#wake();
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
  async #waitForFollowers(): Promise<void> {
    const isBehind = ({ position }: { position: number }) =>
      position >= this.pages.start && this.pages.wouldDropAfter(position);
    if (![...this.#followers].some(isBehind)) return;
    await new Promise<void>((resolve) => {
      const stop = this.#parts.ports.after(patienceMs, resolve);
      this.#onFollowerMove = () => {
        if ([...this.#followers].some(isBehind)) return;
        stop();
        resolve();
      };
    });
    this.#onFollowerMove = () => undefined;
  }

  #say(state: StoreState, why?: string): void {
    const { ports, index, onStatus } = this.#parts;
    const before = this.#status;
    this.#status = {
      state,
      since: before.state === state ? before.since : ports.now(),
      spoilt: index.spoilt(),
      ...(why === undefined ? {} : { why }),
      ...(before.inStepAt === undefined ? {} : { inStepAt: before.inStepAt }),
    };
    if (state === 'up') this.#noteInStep();
    onStatus(this.status);
    this.#wake();
  }

  /** The log was followed to its end just now. */
  #noteInStep(): void {
    const now = this.#parts.ports.now();
    this.#parts.index.inStepAt = now;
    this.#parts.index.flush();
    this.#status = { ...this.#status, inStepAt: now };
  }

  #wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }

  #pauseMs(failures: number): number {
    const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10));
    return ceiling * (0.5 + this.#parts.ports.random() / 2);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isClosed) return resolve();
      const stop = this.#parts.ports.after(ms, resolve);
      this.#stopPause = () => {
        stop();
        resolve();
      };
    });
  }
}

/** A log that was put back to an earlier state, or is another one, may have nothing begin at a position. */
function whenNotThere(error: unknown): undefined {
  if (error instanceof WireFailure && /invalid ?position/i.test(error.message)) return undefined;
  throw error;
}

/** What a failure to follow says of the store. */
function stateOf(failure: Error): [StoreState, string] {
  const { message } = failure;
  if (failure instanceof StoreCorrupt) return ['damaged', message];
  if (failure instanceof StoreRefused) return ['refused', message];
  if (!(failure instanceof WireFailure)) return ['failing', message];
  const { fault } = failure;
  if (fault === 'denied' || fault === 'untrusted' || fault === 'silent') return [fault, message];
  return [fault === 'not-done' ? 'no-leader' : 'unreachable', message];
}
