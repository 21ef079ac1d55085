import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Chained, RawEvent } from '../chain.js';
import type { RawLog, RawTarget } from '../copy.js';
import { OutcomeUnknown, StoreCorrupt, StoreRefused, StoreUnavailable } from '../errors.js';
import { settle } from './attempt.js';
import { Appends } from './batch.js';
import { Connection } from './connection.js';
import { WireFailure } from './errors.js';
import { corrupt, type Names, namesWith, readRecord } from './events.js';
import { pageSize, readMs } from './feed.js';
import { beginGeneration, installationIn, installationNamed } from './installation.js';
import { Reads } from './reads.js';
import { attemptAsStored, runsOf } from './runs.js';
import { spoiltBy } from './settings.js';
import { allowanceOf } from './writer.js';

/** The address of a cluster, and the display name of the installation on it. */
export interface RawPlace {
  /** `esdb://...`, with credentials; never shown. */
  url: string;
  prefix: string;
  name: string;
}

/** The ports of a copy. */
export interface RawPorts {
  now(): Instant;
  newId(): string;
  after(ms: number, call: () => void): () => void;
}

/** How long the cluster may be unreachable: before the first answer, and between two, in milliseconds. */
const firstPatienceMs = 10_000;
const patienceMs = 60_000;
const pauseMs = 200;
/** How long to look for the outcome of an append before reconnecting, in milliseconds. */
const settleMs = 10_000;

/**
 * Opens a cluster as the source or target of a copy; nothing is written before an event is added.
 *
 * @throws StoreUnavailable it cannot be reached, or the account lacks permission
 * @throws StoreCorrupt the stream of its installation holds something else
 */
export async function openClusterRaw(place: RawPlace, ports: RawPorts): Promise<RawTarget> {
  const names = namesWith(place.prefix);
  const connection = new Connection(place.url, ports.after);
  const reads = new Reads(connection, names.prefixes, names.logPrefixes);
  const appends = new Appends(connection);
  const cluster = new ClusterRaw(place.name, names, { connection, reads, appends, ports });
  try {
    const named = await cluster.patiently(() => installationNamed(reads, names), firstPatienceMs);
    return cluster.opened(named?.installation, await cluster.lastPosition());
  } catch (error) {
    connection.close();
    throw error;
  }
}

interface Parts {
  connection: Connection;
  reads: Reads;
  appends: Appends;
  ports: RawPorts;
}

/** The raw side of a cluster, over an unreliable connection. */
class ClusterRaw {
  /** Truncated streams found so far, with instructions for each. */
  private spoilt = new Map<string, string>();

  constructor(
    private readonly name: string,
    private readonly names: Names,
    private readonly parts: Parts,
  ) {}

  opened(installation: string | undefined, head: number): RawTarget {
    const { reads, appends, ports, connection } = this.parts;
    const { name, names } = this;
    return {
      ...this.logUpTo(head, installation),
      become: async (wanted) => {
        if (installation !== undefined && wanted !== undefined && installation !== wanted)
          throw new StoreRefused(
            name,
            `it belongs to installation ${installation}, and the source to ${wanted}; expected another prefix, which nothing has used`,
          );
        if (installation !== undefined || head > 0 || wanted === undefined) return;
        let isNamed = false;
        // The first requested id is that of the installation, later ones are of events.
        const newId = () => {
          if (isNamed) return ports.newId();
          isNamed = true;
          return wanted;
        };
        const became = await this.patiently(async () => {
          isNamed = false;
          return (await installationIn({ reads, appends, names, newId, now: ports.now })).installation;
        });
        if (became !== wanted)
          throw new StoreRefused(name, `another process has named its installation ${became} meanwhile`);
        // The source may be an earlier state of an installation that has sent more since.
        const id = ports.newId();
        await this.patiently(() => beginGeneration({ reads, appends, names, now: ports.now, id }));
      },
      add: async (events) => {
        this.requireSound();
        for (const run of runsOf(events)) await this.append(run);
      },
      written: async () => {
        this.requireSound();
        const named = await this.patiently(() => installationNamed(reads, names));
        return this.logUpTo(await this.lastPosition(), named?.installation);
      },
      finish: async () => connection.close(),
    };
  }

  logUpTo(head: number, installation: string | undefined): RawLog {
    return {
      name: this.name,
      installation,
      head,
      pages: () => this.pages(head),
      hasGrown: async () => (await this.lastPosition()) > head,
      close: async () => this.parts.connection.close(),
    };
  }

  /** The position of the last event of the log, 0 if there is none. */
  async lastPosition(): Promise<number> {
    const last = await this.patiently(() => this.parts.reads.last(readMs));
    if (last && Number.isNaN(last.position)) throw corrupt(last, 'it is part of a transaction');
    return last?.position ?? 0;
  }

  async *pages(head: number): AsyncGenerator<RawEvent[]> {
    const { reads } = this.parts;
    const seen = new Set<string>();
    const spoilt = new Map<string, string>();
    this.spoilt = spoilt;
    for (let after = 0; ; ) {
      const from = after;
      const records = await this.patiently(() => reads.all(from, pageSize, readMs));
      const last = records.at(-1)?.position;
      if (last === undefined && after < head)
        throw new StoreCorrupt(`${this.name}: its log ends after position ${after}, before ${head}`);
      // Reads beyond the head to find changes of streams since their last event.
      if (last === undefined) break;
      after = last;
      const page: RawEvent[] = [];
      for (const record of records) {
        const stream = this.names.streamOf(record.stream);
        const settings = spoiltBy(record, this.names);
        if (settings?.why) spoilt.set(settings.stream, settings.why);
        else if (settings) spoilt.delete(settings.stream);
        if (stream === undefined || record.type.startsWith('$') || record.position > head) continue;
        page.push({ position: record.position, body: readRecord(record, stream).body() });
        seen.add(stream);
      }
      if (page.length > 0) yield page;
    }
    // The rest of a truncated stream breaks its chain; a deleted stream leaves no trace.
    for (const [stream, why] of spoilt)
      if (!seen.has(stream))
        throw new StoreCorrupt(`${this.name}, ${stream}: nothing is left of it, for ${why}`);
  }

  private requireSound(): void {
    for (const [stream, why] of this.spoilt) throw new StoreRefused(this.name, `${stream}: ${why}`);
  }

  /** Appends a run at its exact place, across any number of disconnects. */
  async append(run: readonly Chained[]): Promise<void> {
    const { appends, reads, ports } = this.parts;
    const attempt = attemptAsStored(run);
    try {
      const name = this.names.of(attempt.stream);
      const { revision } = await appends.append(name, attempt.wire, attempt.after, settleMs);
      if (revision === attempt.tail.revision) return;
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
      // The outcome is found below by reading back and sending the same again.
    }
    const outcome = await this.patiently(async () => {
      const { allowance, end } = allowanceOf(ports.after, settleMs);
      try {
        const became = await settle(attempt, { appends, reads, names: this.names, ports }, allowance);
        if (became !== 'foreign' && 'notDone' in became) throw became.notDone;
        return became;
      } catch (error) {
        // Resending the same bytes at the same place stores nothing twice.
        if (error instanceof OutcomeUnknown)
          throw new WireFailure('silent', causeOf(error), { cause: error });
        throw error;
      } finally {
        end();
      }
    });
    if (outcome !== 'foreign') return;
    const { stream, after } = attempt;
    throw new StoreRefused(
      this.name,
      `another process has written revision ${after + 1} of ${stream}; expected nobody else to write to the target of a copy`,
    );
  }

  /**
   * Repeats an idempotent operation until it succeeds.
   *
   * @throws StoreUnavailable the time limit passed, or the account lacks permission
   */
  async patiently<Answer>(call: () => Promise<Answer>, ms = patienceMs): Promise<Answer> {
    const { connection, ports } = this.parts;
    const end = Date.parse(ports.now()) + ms;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof WireFailure)) throw error;
        const isHopeless = ['denied', 'untrusted', 'deleted'].includes(error.fault);
        if (isHopeless || Date.parse(ports.now()) > end)
          throw new StoreUnavailable(`${this.name}: ${error.message}`, { cause: error });
        // A silent connection is replaced.
        if (error.fault === 'silent') connection.renew();
        await new Promise<void>((resolve) => void ports.after(pauseMs, resolve));
      }
    }
  }
}

function causeOf({ cause, message }: OutcomeUnknown): string {
  return cause instanceof Error ? cause.message : message;
}
