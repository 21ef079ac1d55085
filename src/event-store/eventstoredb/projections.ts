import { EventStoreDBClient, type ProjectionDetails } from '@eventstore/db-client';
import { StoreRefused, StoreUnavailable } from '../errors.js';

/** A projection as reported by the server. */
export interface DeployedProjection {
  name: string;
  /** `Running`, `Stopped`, `Faulted` and transitions between them. */
  status: string;
  isRunning: boolean;
  isFaulted: boolean;
  /** How much of the log it has read, in percent; negative while it starts. */
  progressPercent: number;
  /** Why it is faulted. */
  error: string | null;
}

/** An event on the server, in the terms of its projections. */
export interface HeldEvent {
  streamId: string;
  sequenceNumber: number;
  eventId: string;
  eventType: string;
  isJson: boolean;
  body: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** Queries about a server's projections. */
export type ProjectionServer = Pick<EventStoreProjections, keyof EventStoreProjections>;

const pageEvents = 500;

/** The projections of an EventStoreDB server, and the streams they fold. Every call has a time limit. */
export class EventStoreProjections {
  private readonly client: EventStoreDBClient;

  constructor(
    url: string,
    private readonly ports: { after(ms: number, call: () => void): () => void },
    private readonly timeLimitMs = 15_000,
  ) {
    this.client = EventStoreDBClient.connectionString(url);
  }

  async list(): Promise<DeployedProjection[]> {
    const found = await this.call('The list of projections', () => this.client.listProjections());
    return found.map(deployed);
  }

  async status(name: string): Promise<DeployedProjection> {
    return deployed(await this.call(name, () => this.client.getProjectionStatus(name)));
  }

  /** Creates a continuous projection that may write nothing; it starts immediately. */
  async create(name: string, script: string): Promise<void> {
    await this.call(name, () => this.client.createProjection(name, script, { emitEnabled: false }));
  }

  async enable(name: string): Promise<void> {
    await this.call(name, () => this.client.enableProjection(name));
  }

  /** Deletes projections, once they have stopped, with the streams that the server kept for them. */
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.call(name, () => this.client.disableProjection(name));
      await this.until(async () => !(await this.status(name)).isRunning, this.timeLimitMs);
      const streams = { deleteStateStream: true, deleteCheckpointStream: true, deleteEmittedStreams: true };
      await this.call(name, () => this.client.deleteProjection(name, streams));
      // The server answers before the name is free.
      await this.until(async () => (await this.list()).every((one) => one.name !== name), this.timeLimitMs);
    }
    if (names.length === 0) return;
    // The server leaves its partition state streams behind.
    for (const stream of await this.streamsOf(names.map((name) => `$projections-${name}-`)))
      await this.call(stream, () => this.client.deleteStream(stream));
  }

  /** The state of one partition; undefined if the projection has none. */
  async state(name: string, partition: string): Promise<unknown> {
    const state = await this.call(name, () => this.client.getProjectionState(name, { partition }));
    const isThere = typeof state === 'object' && state !== null && Object.keys(state).length > 0;
    return isThere ? state : undefined;
  }

  /** The streams whose names start with one of the given prefixes. */
  async streamsOf(prefixes: readonly string[]): Promise<string[]> {
    const found = new Set<string>();
    let from: 'start' | { commit: bigint; prepare: bigint } = 'start';
    for (;;) {
      const page = await this.call('The log', async () => {
        const events = [];
        const read = this.client.readAll({ fromPosition: from, direction: 'forwards', maxCount: pageEvents });
        for await (const { event } of read) if (event) events.push(event);
        return events;
      });
      for (const { streamId } of page)
        if (prefixes.some((prefix) => streamId.startsWith(prefix))) found.add(streamId);
      const last = page.at(-1);
      if (!last || (page.length === 1 && from !== 'start')) return [...found].sort();
      from = last.position;
    }
  }

  /** The events of a stream from a revision on, oldest first, in pages of bounded size. */
  async *eventsOf(stream: string, fromRevision = 0): AsyncGenerator<HeldEvent> {
    for (let from = BigInt(fromRevision); ; ) {
      const page = await this.call(stream, async () => {
        const events: HeldEvent[] = [];
        try {
          const read = this.client.readStream(stream, { fromRevision: from, maxCount: pageEvents });
          for await (const { event } of read) if (event) events.push(held(event));
        } catch (error) {
          if (typeOf(error) !== 'stream-not-found') throw error;
        }
        return events;
      });
      yield* page;
      if (page.length < pageEvents) return;
      from += BigInt(page.length);
    }
  }

  /** Polls until a condition holds; false if it does not within the time limit. */
  async until(holds: () => Promise<boolean>, withinMs: number): Promise<boolean> {
    for (let waitedMs = 0, stepMs = 50; !(await holds()); stepMs = Math.min(stepMs * 2, 1_000)) {
      if (waitedMs >= withinMs) return false;
      await new Promise<void>((resolve) => this.ports.after(stepMs, resolve));
      waitedMs += stepMs;
    }
    return true;
  }

  close(): Promise<void> {
    return this.client.dispose();
  }

  /** The client does not enforce a time limit on every path, so each call has one here. */
  private async call<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    let cancel = () => {};
    const limit = new Promise<never>((_, reject) => {
      cancel = this.ports.after(this.timeLimitMs, () =>
        reject(new StoreUnavailable(`EventStoreDB did not answer about ${what} in ${this.timeLimitMs} ms`)),
      );
    });
    try {
      return await Promise.race([work(), limit]);
    } catch (error) {
      throw storeError(what, error);
    } finally {
      cancel();
    }
  }
}

function typeOf(error: unknown): string | undefined {
  return (error as { type?: string }).type;
}

function storeError(what: string, error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const { type, code, message } = error as { type?: string; code?: number; message?: string };
  const why = message || type || String(error);
  // A client that never reached a server rejects with a plain Error.
  const isUnreachable =
    type === 'unavailable' || type === 'deadline-exceeded' || type === 'timeout' || code === 14 || code === 4;
  if (isUnreachable || /UNAVAILABLE|discover|Connection dropped|Server Is Not Ready/i.test(why))
    return new StoreUnavailable(why, { cause: error });
  if (type === 'access-denied')
    return new StoreRefused(what, 'this account may not manage projections', { cause: error });
  const hint =
    what === 'The list of projections' && type === 'unknown'
      ? ' (a projection whose script the server cannot read does this; delete that one)'
      : '';
  return new StoreRefused(what, `EventStoreDB says: ${why}${hint}`, { cause: error });
}

function deployed(details: ProjectionDetails): DeployedProjection {
  const { name, status, progress, stateReason } = details;
  return {
    name,
    status,
    isRunning: status.startsWith('Running'),
    isFaulted: /Faulted/.test(status),
    progressPercent: progress,
    error: stateReason || null,
  };
}

function held(event: {
  streamId: string;
  revision: bigint;
  id: string;
  type: string;
  isJson: boolean;
  data: unknown;
  metadata: unknown;
}): HeldEvent {
  return {
    streamId: event.streamId,
    sequenceNumber: Number(event.revision),
    eventId: event.id,
    eventType: event.type,
    isJson: event.isJson,
    body: event.data as Record<string, unknown>,
    metadata: event.metadata as Record<string, unknown>,
  };
}
