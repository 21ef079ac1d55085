import type { Instant } from '../../../domain/values/days/calendar.js';
import { StoreCorrupt, StoreError, StoreRefused, StoreUnavailable } from '../errors.js';
import type { StoreState, StoreStatus } from '../event-store.js';
import { Availability } from './availability.js';
import type { Appends } from './batch.js';
import type { Connection } from './connection.js';
import { WireFailure } from './errors.js';
import type { LogIndex } from './event-index.js';
import type { Names } from './events.js';
import { beginGeneration, installationIn } from './installation.js';
import { withoutLeader } from './nodes.js';
import { PageBuffer } from './page-buffer.js';
import type { Reads, WireRecord } from './reads.js';

/** Timeout of a read, in milliseconds. */
export const readMs = 10_000;
/** Events of one page, and of one read while catching up, of which only some are in memory at a time. */
export const pageSize = 500;
const catchUpSize = 4_000;

/** Interval of the check that the subscription delivers everything, in milliseconds. */
const probeEveryMs = 10_000;
/** Timeout of that check, and the tolerated delay of the subscription, in milliseconds. */
const probeMs = 5_000;
const lateMs = 2_000;
/** Timeout for the nodes' status, in milliseconds. */
const nodesMs = 1_000;
/** Delay before following again: initial and maximum, in milliseconds. */
const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** Minimum delay, however often a restart is requested, in milliseconds. */
const leastPauseMs = 1_000;

/** The dependencies of the feed. */
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
  /** Called when the state or its problem changes. */
  onStatus(status: StoreStatus): void;
}

/** Follows the log for as long as the replica runs; after a failure it resumes from the last processed event. */
export class Feed {
  readonly standing: Availability;
  readonly taken: PageBuffer;
  /** How often it restarted after a failure, and because the log grew faster than it was processed. */
  readonly restarts = { failed: 0, slow: 0 };
  /** Counts the followed logs: incremented when the log turns out to be another one. */
  generation = 0;
  /** True once everything was processed that the log held at some moment since the process started. */
  hasCaughtUp = false;
  /** True once the cluster is confirmed to be this replica's. */
  isIdentified = false;
  private readonly parts: FeedParts;
  /** The generation of the log; undefined if it was never reset. */
  putBackAs: string | undefined;
  private isClosed = false;
  private run: Promise<void> | undefined;
  private stopPause: () => void = () => undefined;
  private pausedAt: Instant | undefined;
  private endLive: (() => void) | undefined;
  private probeNow: () => void = () => undefined;

  constructor(parts: FeedParts) {
    this.parts = parts;
    const { ports, index, names, onStatus } = parts;
    this.standing = new Availability(index, () => ports.now(), onStatus);
    this.taken = new PageBuffer(index, names, ports.after);
  }

  start(): void {
    this.run ??= this.keepFollowing();
  }

  /** The processed position. */
  get position(): number {
    return this.parts.index.position;
  }

  /**
   * Resolves once the cluster is confirmed to be this replica's: before that nothing is read or written.
   *
   * @throws StoreUnavailable it is another one, or could not be reached so far
   */
  async whenIdentified(): Promise<void> {
    while (!this.isIdentified) {
      const { state, why = `it is ${state}` } = this.standing.status;
      if (state !== 'connecting') throw new StoreUnavailable(why);
      await this.standing.moved();
    }
  }

  /** Checks the cluster immediately, because a caller needs it or got no answer. */
  lookNow(): void {
    this.probeNow();
    const pausedMs = Date.parse(this.parts.ports.now()) - Date.parse(this.pausedAt ?? '');
    if (pausedMs >= leastPauseMs) this.stopPause();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.stopPause();
    this.endLive?.();
    this.standing.say('closed');
    await this.run;
  }

  private async keepFollowing(): Promise<void> {
    for (let failures = 0; !this.isClosed; ) {
      const from = this.position;
      try {
        await this.identify();
        await this.catchUp();
        await this.live();
      } catch (error) {
        if (this.isClosed) return;
        const failure = error as Error;
        const isSlow = failure instanceof WireFailure && failure.fault === 'too-slow';
        failures = isSlow || this.position > from ? 0 : failures + 1;
        if (isSlow) this.restarts.slow += 1;
        else {
          this.restarts.failed += 1;
          if (failure instanceof StoreRefused) this.isIdentified = false;
          this.standing.say(...(await this.stateOf(failure)));
          if (this.isClosed) return;
        }
        // A silent connection is replaced; a dropped one is reopened by the client.
        if (!isSlow && !(failure instanceof StoreError)) this.parts.connection.renew();
        await this.pause(isSlow ? 0 : this.pauseMs(failures));
      }
    }
  }

  /** Checks that the cluster is the one that this replica followed, and that the index belongs to its log. */
  private async identify(): Promise<void> {
    const { reads, index, names, appends, ports } = this.parts;
    if (this.standing.state === 'connecting') this.standing.say('connecting');
    const cluster = { reads, appends, names, newId: ports.newId, now: ports.now };
    const { installation, generation } = await installationIn(cluster);
    if (index.installation !== '' && index.installation !== installation) {
      throw new StoreRefused(
        `the event store of installation ${installation}`,
        `this data folder has followed installation ${index.installation}; correct EVENT_STORE_URL or TOPOUT_STREAM_PREFIX, or choose another folder with TOPOUT_DATA`,
      );
    }
    if (index.installation === '') index.installation = installation;
    this.putBackAs = generation;
    this.isIdentified = true;
    if (index.position === 0) return;
    const record = await reads.at(index.position, readMs).catch(whenNotThere);
    if (record?.id === index.lastId) {
      this.taken.recall(record);
      return;
    }
    // The log was reset to an earlier state, or is another one: the index is invalid.
    await beginGeneration({ ...cluster, id: ports.newId() });
    this.putBackAs = (await installationIn(cluster)).generation;
    index.clear();
    index.installation = installation;
    this.taken.pages.clear();
    this.generation += 1;
    this.standing.wake();
  }

  private async catchUp(): Promise<void> {
    const { reads, ports } = this.parts;
    if (this.standing.state !== 'up') this.standing.say('catching-up');
    for (;;) {
      const count = await reads.each(this.position, catchUpSize, readMs, async (records) => {
        await this.taken.waitForFollowers();
        if (this.isClosed) return;
        this.take(records);
        await new Promise<void>((resolve) => ports.nextTurn(resolve));
      });
      if (this.isClosed) return;
      if (count > 0) continue;
      this.hasCaughtUp = true;
      return;
    }
  }

  /** Follows new events until it fails or falls silent. */
  private async live(): Promise<void> {
    const { reads, ports } = this.parts;
    let arrived: WireRecord[] = [];
    let fail: (error: Error) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    failed.catch(() => undefined);
    const takeArrived = () => {
      const page = arrived;
      arrived = [];
      if (page.length === 0 || this.isClosed) return;
      try {
        this.take(page);
      } catch (error) {
        fail(error as Error);
      }
    };
    const onRecord = (record: WireRecord) => {
      // Events that arrive together are indexed together.
      if (arrived.push(record) === 1) ports.nextTurn(takeArrived);
    };
    const subscription = await reads.follow(this.position, onRecord, readMs);
    let stopProbe: () => void = () => undefined;
    this.endLive = () => fail(new WireFailure('not-sent', 'it was closed'));
    let isLive = true;
    const probe = () => {
      stopProbe();
      this.probeNow = () => undefined;
      this.probe().then(probeLater, fail);
    };
    const probeLater = () => {
      if (!isLive) return;
      stopProbe = ports.after(probeEveryMs, probe);
      this.probeNow = probe;
    };
    try {
      this.standing.say('up');
      probeLater();
      if (this.isClosed) return;
      await Promise.race([subscription.ended, failed]);
    } finally {
      this.endLive = undefined;
      isLive = false;
      this.probeNow = () => undefined;
      stopProbe();
      subscription.end();
      // Events delivered before the end count.
      if (!this.isClosed) this.takeQuietly(arrived);
    }
  }

  /** Checks whether the log holds more than the subscription has delivered. */
  private async probe(): Promise<void> {
    const { reads, ports } = this.parts;
    const [missing] = await reads.all(this.position, 1, probeMs);
    if (missing && missing.position > this.position) {
      await new Promise<void>((resolve) => void ports.after(lateMs, resolve));
      if (missing.position > this.position)
        throw new WireFailure('silent', 'the subscription is silent although the log goes on');
    }
    this.standing.noteInStep();
  }

  private takeQuietly(page: WireRecord[]): void {
    try {
      if (page.length > 0) this.take(page);
    } catch {
      // It is read and verified again when following restarts.
    }
  }

  private take(records: readonly WireRecord[]): void {
    const { hasSettings } = this.taken.take(records);
    if (hasSettings) this.standing.tell();
    else this.standing.wake();
  }

  /** The state of the store after a failure; if no leader was found, the nodes are asked whether they can elect one. */
  private async stateOf(failure: Error): Promise<[StoreState, string]> {
    const [state, why] = stateOf(failure);
    if (state !== 'unreachable' && state !== 'no-leader') return [state, why];
    const nodes = await this.parts.connection.nodes(nodesMs);
    const found = nodes && withoutLeader(nodes);
    if (found) return [found.isQuorumLost ? 'no-quorum' : 'no-leader', found.why];
    return [state, why];
  }

  private pauseMs(failures: number): number {
    const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10));
    return ceiling * (0.5 + this.parts.ports.random() / 2);
  }

  private pause(ms: number): Promise<void> {
    const pause = new Promise<void>((resolve) => {
      if (this.isClosed) return resolve();
      const stop = this.parts.ports.after(ms, resolve);
      this.pausedAt = this.parts.ports.now();
      this.stopPause = () => {
        stop();
        resolve();
      };
    });
    return pause.finally(() => {
      this.pausedAt = undefined;
    });
  }
}

/** A log that was reset or replaced may have no event at a position. */
function whenNotThere(error: unknown): undefined {
  if (error instanceof WireFailure && /invalid ?position/i.test(error.message)) return undefined;
  throw error;
}

/** The state of the store after a failure to follow. */
function stateOf(failure: Error): [StoreState, string] {
  const { message } = failure;
  if (failure instanceof StoreCorrupt) return ['damaged', message];
  if (failure instanceof StoreRefused) return ['refused', message];
  if (!(failure instanceof WireFailure)) return ['failing', message];
  const { fault } = failure;
  if (fault === 'denied' || fault === 'untrusted' || fault === 'silent') return [fault, message];
  return [fault === 'not-done' ? 'no-leader' : 'unreachable', message];
}
