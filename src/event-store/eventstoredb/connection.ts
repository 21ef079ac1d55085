import { EventStoreDBClient } from '@eventstore/db-client';
import stubs, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { CallOptions, Metadata } from '@grpc/grpc-js';
import { NoAnswer, WireFailure, wireFailure } from './errors.js';
import { type After, type Nodes, nodesOf } from './nodes.js';

/** An open call, which can be cancelled. */
interface Call {
  cancel(): void;
}

/**
 * The parts of the client that its own calls use: leader discovery, the channel and its credentials.
 *
 * Its calls for streams are not used: a late answer crashes the process, an append waits forever for a silent server,
 * and a read of everything takes no filter (seen in 6.2.1; docs/decisions/0018).
 */
interface Inside {
  execute<Answer>(
    stub: typeof StreamsClient,
    name: string,
    action: (streams: StreamsClient) => Promise<Answer>,
  ): Promise<Answer>;
  callArguments(
    options: { requiresLeader: boolean },
    call: { deadline: number },
  ): [Metadata, Partial<CallOptions>];
  handleError(streams: StreamsClient, error: Error): Promise<void>;
  getChannel(): Promise<{ close(): void }>;
}

/** The arguments of a call of the streams service. */
export interface Line {
  streams: StreamsClient;
  /** Metadata and options: the leader is required, and the call itself has no deadline. */
  args(): [Metadata, Partial<CallOptions>];
  /** Cancels a call when the connection ends. */
  keep<Kept extends Call>(call: Kept): Kept;
  /** Forgets a call that has ended. */
  drop(call: Call): void;
  /** Rediscovers the leader if an error shows that this node is not it. */
  heed(error: Error): void;
}

/** One connection to a cluster, replaced by a new one when it has fallen silent. */
export class Connection {
  private client: Inside | undefined;
  private calls = new Set<Call>();
  private isClosed = false;

  /** @param url of the client, `esdb://...`; it may hold a password, so it is never shown */
  constructor(
    private readonly url: string,
    private readonly after: After,
  ) {}

  /**
   * Runs one operation of the streams service within a time limit.
   *
   * @param work is not started if the limit passes before there is a connection; it registers how to cancel it, and may
   * restart the limit while it makes progress
   * @throws WireFailure
   */
  async call<Answer>(
    what: string,
    ms: number,
    work: (line: Line, onGivenUp: (giveUp: () => void) => void, goOn: () => void) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.isClosed) throw new WireFailure('not-sent', 'the connection is closed');
    this.client ??= clientOf(this.url);
    const client = this.client;
    let giveUp: (() => void) | undefined;
    let isOver = false;
    let stop: () => void = () => undefined;
    let count: () => void = () => undefined;
    const outOfTime = new Promise<never>((_, reject) => {
      count = () => {
        stop();
        stop = this.after(ms, () => {
          isOver = true;
          if (giveUp) reject(new NoAnswer(what, ms));
          // Without a connection nothing was sent.
          else reject(new WireFailure('not-sent', `there was no connection within ${ms / 1000} s`));
          giveUp?.();
        });
      };
    });
    count();
    const answer = client.execute(stubs.StreamsClient, what, async (streams) => {
      if (isOver || this.isClosed) return { failure: new WireFailure('not-sent', 'its time was over') };
      giveUp = () => undefined;
      const line = this.lineOf(client, streams);
      // The client expects an error of its own kind when it handles a failure itself.
      const onGivenUp = (how: () => void) => {
        giveUp = how;
      };
      return work(line, onGivenUp, () => (isOver ? undefined : count())).then(
        (done) => ({ done }),
        (failure: Error) => {
          if (isOfGrpc(failure)) line.heed(failure);
          return { failure };
        },
      );
    });
    // Nobody awaits a late failure.
    answer.catch(() => undefined);
    try {
      const outcome = await Promise.race([answer, outOfTime]);
      if ('failure' in outcome) throw outcome.failure;
      return outcome.done;
    } catch (error) {
      throw wireFailure(error);
    } finally {
      stop();
    }
  }

  /** The cluster status as the nodes report it; undefined if none answers in time, or there is only one. */
  nodes(ms: number): Promise<Nodes | undefined> {
    return nodesOf(this.url, this.after, ms).catch(() => undefined);
  }

  /** Closes the connection and all calls on it; the next call opens a new one. */
  renew(): void {
    const old = this.client;
    this.client = undefined;
    for (const call of this.calls) call.cancel();
    this.calls = new Set();
    void old?.getChannel().then(
      (channel) => channel.close(),
      () => undefined,
    );
  }

  close(): void {
    this.isClosed = true;
    this.renew();
  }

  private lineOf(client: Inside, streams: StreamsClient): Line {
    const calls = this.calls;
    return {
      streams,
      args: () => client.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY }),
      keep(call) {
        calls.add(call);
        return call;
      },
      drop: (call) => void calls.delete(call),
      heed: (error) => void client.handleError(streams, error).catch(() => undefined),
    };
  }
}

/** The error of an invalid client may hold the address, so only its sentence about a file is passed on. */
function clientOf(url: string): Inside {
  try {
    return EventStoreDBClient.connectionString(url) as unknown as Inside;
  } catch (error) {
    const { message } = error as Error;
    throw /^Failed to load certificate/.test(message)
      ? new WireFailure('not-sent', 'a certificate file that its address names is missing')
      : new WireFailure('not-sent', 'its address cannot be used');
  }
}

function isOfGrpc(error: Error): boolean {
  return 'code' in error && 'metadata' in error;
}
