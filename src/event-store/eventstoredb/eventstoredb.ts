import { defer, finalize, Subject, takeUntil } from 'rxjs';
import type { Reading } from '../../../domain/log/upcasting.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { prepared } from '../appending.js';
import { noPrev } from '../codec.js';
import { StoreUnavailable } from '../errors.js';
import type { EventStore, StoreStatus } from '../event-store.js';
import { follow } from '../follow.js';
import { Appends } from './batch.js';
import { Connection } from './connection.js';
import { NoAnswer, WireFailure } from './errors.js';
import { LogIndex } from './event-index.js';
import { corrupt, isKept, isOfLog, namesWith, type Read, readRecord } from './events.js';
import { Feed, pageSize, readMs } from './feed.js';
import { LogPages } from './log.js';
import { Reads } from './reads.js';
import { ClusterWriter } from './writer.js';

/** The ports of the store. */
export interface ClusterPorts {
  now(): Instant;
  newId(): string;
  /** How events are upcast and their personal texts opened; as this version does, and sealed, when absent. */
  reading?: Reading;
  /** Calls back once after some milliseconds; the returned function cancels it. */
  after(ms: number, call: () => void): () => void;
  /** A number from 0 (inclusive) to 1 (exclusive), for jitter. */
  random(): number;
  /** Calls back in the next turn of the event loop, as `setImmediate` does. */
  nextTurn(call: () => void): void;
  /** Called when the state of the store or its problem changes. */
  onStatus?(status: StoreStatus): void;
}

/** The address of a cluster, and the settings of an installation on it. */
export interface ClusterPlace {
  /** `esdb://...`, with credentials; never shown. */
  url: string;
  /** The prefix of the installation's streams, so that several share a cluster. */
  prefix: string;
  /** The file of this replica's index of the log, a cache; `:memory:` for one that ends with the process. */
  indexPath: string;
}

/** A store of events on an EventStoreDB or KurrentDB cluster. */
export interface ClusterStore extends EventStore {
  /** How often the subscription was restarted, and how often because it was slower than the log grew. */
  readonly restarts: { failed: number; slow: number };
}

/**
 * Opens a store of events on a cluster, reachable or not: it retries until it is.
 *
 * Positions are the commit positions of the cluster; Topout's appends have the same prepare position. The stream of the
 * lease is stored there too, but is not part of the followed log.
 */
export function openEventStoreDb(
  { url, prefix, indexPath }: ClusterPlace,
  ports: ClusterPorts,
): ClusterStore {
  const names = namesWith(prefix, ports.reading);
  const index = LogIndex.open(indexPath);
  const connection = new Connection(url, ports.after);
  const reads = new Reads(connection, names.prefixes, names.logPrefixes);
  const appends = new Appends(connection);
  const parts = { connection, reads, appends, names, index, ports };
  const feed = new Feed({ ...parts, onStatus: (status) => ports.onStatus?.(status) });
  const writer = new ClusterWriter({ ...parts, feed });
  const pages = new LogPages({ reads, names, index, feed, after: ports.after });
  const closed$ = new Subject<void>();
  let isClosed = false;
  let closing: Promise<void> | undefined;
  feed.start();

  /** The records of a stream from a revision on, each checked against the one before. */
  async function* pagesOf(stream: string, fromRevision: number): AsyncGenerator<readonly Read[]> {
    let leaf = fromRevision === 0 && isOfLog(stream) ? noPrev : undefined;
    for (let next = fromRevision; ; next += pageSize) {
      const records = await read(async () => {
        await feed.whenIdentified();
        return reads.stream(names.of(stream), next, pageSize, readMs);
      });
      const page: Read[] = [];
      const isCut = records[0] ? records[0].revision !== next : next <= Math.max(0, index.revisionOf(stream));
      if (isCut) requireWhole(stream);
      for (const [index, record] of records.entries()) {
        if (record.revision !== next + index && isOfLog(stream))
          throw corrupt(record, `revision ${next + index} is missing before it`);
        const one = readRecord(record, stream, ports.reading);
        if (leaf !== undefined && one.prev !== leaf)
          throw corrupt(record, 'the event before it is not the one it was written after');
        leaf = one.leaf();
        page.push(one);
      }
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
    }
  }

  return {
    decidesAtRevision: true,

    get restarts() {
      return feed.restarts;
    },

    get generation() {
      return feed.putBackAs;
    },

    leaves: {
      areDense: false,
      installation: () => (feed.isIdentified ? index.installation : undefined),
      after: (position, limit) => read(() => pages.leaves(position, limit)),
      positionOf: (id) => index.find(id)?.position,
      async *bodies(stream) {
        for await (const page of pagesOf(stream, 0))
          yield page.map(({ event, body }) => ({ position: event.position, body: Buffer.from(body()) }));
      },
    },

    async append(stream, events, expected, ids = 'proposed') {
      const ready = prepared(stream, events, expected, ports.reading);
      if (!isKept(stream))
        throw new TypeError(
          `The stream is ${stream}; expected one of a project, its alerts, the governance or the access`,
        );
      return writer.append({ stream, events: ready, expected, ids });
    },

    async *readStream(stream, fromRevision = 0) {
      for await (const page of pagesOf(stream, fromRevision)) yield page.map(({ event }) => event);
    },

    async *readAll(after = 0) {
      const follower = feed.taken.follow(after);
      try {
        for (let position = after; ; ) {
          follower.moveTo(position);
          const page = await read(() => pages.next(position));
          if (page.length === 0) return;
          yield page;
          position = page.at(-1)?.position ?? position;
        }
      } finally {
        follower.end();
      }
    },

    events$: (after) =>
      defer(() => {
        const follower = feed.taken.follow(after);
        const { generation } = feed;
        const followed = {
          pageAfter(position: number) {
            follower.moveTo(position);
            return pages.followed(position, generation);
          },
          head: () => pages.goal(),
          moves$: feed.standing.moves$,
          nextTurn: ports.nextTurn,
        };
        return follow(followed, after).pipe(finalize(() => follower.end()));
      }).pipe(takeUntil(closed$)),

    forgetOpened: () => feed.taken.pages.clear(),

    async head() {
      return read(() => pages.head());
    },

    status: () => feed.standing.status,

    close() {
      closing ??= (async () => {
        await writer.close();
        isClosed = true;
        await feed.close();
        closed$.next();
        connection.close();
        index.close();
      })();
      return closing;
    },
  };

  /** Events of a truncated stream are missing for a repairable reason; they never count as nonexistent. */
  function requireWhole(stream: string): void {
    const spoilt = feed.standing.status.spoilt.find((known) => known.stream === stream);
    if (spoilt) throw new StoreUnavailable(`${stream}: ${spoilt.why}`);
  }

  /** Reads while open; what the cluster cannot do now, or not in time, may be retried. */
  async function read<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (isClosed) throw new StoreUnavailable('it is closed');
    const away = feed.standing.whyAway();
    if (away !== undefined) {
      feed.lookNow();
      throw new StoreUnavailable(away);
    }
    let stop: () => void = () => undefined;
    // A page may take several calls, each with the full time limit.
    const outOfTime = new Promise<never>((_, reject) => {
      stop = ports.after(readMs, () => reject(new NoAnswer('a read', readMs)));
    });
    try {
      return await Promise.race([call(), outOfTime]);
    } catch (error) {
      throw error instanceof WireFailure ? new StoreUnavailable(error.message, { cause: error }) : error;
    } finally {
      stop();
    }
  }
}
