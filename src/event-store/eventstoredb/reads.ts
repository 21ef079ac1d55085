import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import messages, { type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Connection } from './connection.js';
import { WireFailure, wireFailure } from './errors.js';

/** An event from the cluster, its bytes not yet interpreted. */
export interface WireRecord {
  id: string;
  /** The name on the cluster. */
  stream: string;
  revision: number;
  position: number;
  type: string;
  data: string;
  metadata: string;
}

/** A running subscription: `end` cancels it, `ended` rejects if it fails. */
export interface WireSubscription {
  ended: Promise<void>;
  end(): void;
}

/** Events delivered together while more are in transit. */
const atOnce = 250;
const forwards = 0;
const backwards = 1;
/** Events between two checkpoints of a filtered subscription; the minimum of the cluster. */
const searchWindow = 1000;

/** Reads of a cluster, each bounded in size and in time. */
export class Reads {
  /**
   * @param prefixes of the names of all streams for `all` and `follow`
   * @param logPrefixes those among them for `last`
   */
  constructor(
    private readonly connection: Connection,
    private readonly prefixes: readonly string[],
    private readonly logPrefixes: readonly string[],
  ) {}

  /** Up to a number of events of a stream from a revision on; none if the stream does not exist. */
  async stream(name: string, from: number, count: number, ms: number): Promise<WireRecord[]> {
    const options = streamOptions(name, count, forwards);
    options.getStream()?.setRevision(String(from));
    return this.read(`a read of ${name}`, options, ms);
  }

  /** The last event of a stream, undefined if there is none. */
  async lastOf(name: string, ms: number): Promise<WireRecord | undefined> {
    const options = streamOptions(name, 1, backwards);
    options.getStream()?.setEnd(new sharedMessages.Empty());
    const [last] = await this.read(`a read of ${name}`, options, ms);
    return last;
  }

  /** The record at a position, undefined if it no longer exists. */
  async at(position: number, ms: number): Promise<WireRecord | undefined> {
    const [record] = await this.read('a read of the log', this.allOptions(position, 1, forwards), ms);
    return record?.position === position ? record : undefined;
  }

  /**
   * Up to a number of events after a position, in order. The position must be 0 or that of an event: the cluster
   * refuses any other.
   */
  async all(after: number, count: number, ms: number): Promise<WireRecord[]> {
    // A read starts with the event at the position itself.
    const options = this.allOptions(after, count + 1, forwards);
    const records = await this.read('a read of the log', options, ms);
    return records.filter(({ position }) => position > after).slice(0, count);
  }

  /**
   * Delivers up to a number of events after a position in chunks, awaiting each; returns how many there were. The time
   * limit is for time without progress.
   */
  each(
    after: number,
    count: number,
    ms: number,
    onRecords: (records: WireRecord[]) => Promise<void>,
  ): Promise<number> {
    const options = this.allOptions(after, count + 1, forwards);
    return this.connection.call('a read of the log', ms, (line, onGivenUp, goOn) => {
      const call = line.keep(line.streams.read(requestOf(options), ...line.args()));
      onGivenUp(() => call.cancel());
      let waiting: WireRecord[] = [];
      let total = 0;
      let handing: Promise<void> | undefined;
      const hand = async (): Promise<void> => {
        const records = waiting;
        waiting = [];
        total += records.length;
        await onRecords(records);
        goOn();
      };
      return new Promise<number>((resolve, refuse) => {
        // Backpressure: the cluster stops sending what is not consumed.
        const reject = (error: Error) => {
          call.cancel();
          refuse(error);
        };
        call.on('data', (answer: ReadResp) => {
          const record = recordIn(answer);
          if (record && !(record.position <= after)) waiting.push(record);
          if (waiting.length < atOnce || handing) return;
          call.pause();
          handing = hand().then(() => {
            handing = undefined;
            call.resume();
          }, reject);
        });
        call.on('end', () => {
          line.drop(call);
          void Promise.resolve(handing)
            .then(() => (waiting.length > 0 ? hand() : undefined))
            .then(() => resolve(total), reject);
        });
        call.on('error', (error: Error) => {
          line.drop(call);
          reject(error);
        });
      });
    });
  }

  /** The last event of the log, undefined if there is none. */
  async last(ms: number): Promise<WireRecord | undefined> {
    const [last] = await this.read(
      'a read of the end of the log',
      this.allOptions('end', 1, backwards, this.logPrefixes),
      ms,
    );
    return last;
  }

  /**
   * Delivers events after a position one by one; resolves once the cluster has confirmed the subscription.
   *
   * @throws WireFailure
   */
  follow(after: number, onRecord: (record: WireRecord) => void, ms: number): Promise<WireSubscription> {
    const options = this.allOptions(after, undefined, forwards);
    options.setSubscription(new messages.ReadReq.Options.SubscriptionOptions());
    return this.connection.call('a subscription', ms, (line, onGivenUp) => {
      const call = line.keep(line.streams.read(requestOf(options), ...line.args()));
      onGivenUp(() => call.cancel());
      return new Promise((confirm, refuse) => {
        const ended = new Promise<void>((_, reject) => {
          const end = (failure: WireFailure) => {
            line.drop(call);
            refuse(failure);
            reject(failure);
          };
          call.on('error', (error: Error) => {
            end(wireFailure(error));
            line.heed(error);
          });
          call.on('end', () => end(new WireFailure('unclear', 'the cluster ended the subscription')));
        });
        ended.catch(() => undefined);
        call.on('data', (answer: ReadResp) => {
          if (answer.hasConfirmation()) confirm({ ended, end: () => call.cancel() });
          const record = recordIn(answer);
          if (record) onRecord(record);
        });
      });
    });
  }

  private allOptions(
    from: number | 'end',
    count: number | undefined,
    direction: 0 | 1,
    prefixes = this.prefixes,
  ): ReadReq.Options {
    const options = optionsOf(count, direction);
    const all = new messages.ReadReq.Options.AllOptions();
    if (from === 'end') all.setEnd(new sharedMessages.Empty());
    else if (from === 0) all.setStart(new sharedMessages.Empty());
    else {
      const position = new messages.ReadReq.Options.Position();
      position.setCommitPosition(String(from));
      position.setPreparePosition(String(from));
      all.setPosition(position);
    }
    options.setAll(all);
    const expression = new messages.ReadReq.Options.FilterOptions.Expression();
    expression.setPrefixList([...prefixes]);
    const filter = new messages.ReadReq.Options.FilterOptions();
    filter.setStreamIdentifier(expression);
    filter.setMax(searchWindow);
    filter.setCheckpointintervalmultiplier(1);
    options.setFilter(filter);
    options.clearNoFilter();
    return options;
  }

  private read(what: string, options: ReadReq.Options, ms: number): Promise<WireRecord[]> {
    return this.connection.call(what, ms, (line, onGivenUp) => {
      const call = line.keep(line.streams.read(requestOf(options), ...line.args()));
      onGivenUp(() => call.cancel());
      return new Promise((resolve, reject) => {
        const records: WireRecord[] = [];
        call.on('data', (answer: ReadResp) => {
          const record = recordIn(answer);
          if (record) records.push(record);
        });
        call.on('end', () => {
          line.drop(call);
          resolve(records);
        });
        call.on('error', (error: Error) => {
          line.drop(call);
          reject(error);
        });
      });
    });
  }
}

function optionsOf(count: number | undefined, direction: 0 | 1): ReadReq.Options {
  const options = new messages.ReadReq.Options();
  const uuids = new messages.ReadReq.Options.UUIDOption();
  uuids.setString(new sharedMessages.Empty());
  options.setUuidOption(uuids);
  options.setNoFilter(new sharedMessages.Empty());
  options.setReadDirection(direction);
  options.setResolveLinks(false);
  if (count !== undefined) options.setCount(String(count) as never);
  return options;
}

function streamOptions(name: string, count: number, direction: 0 | 1): ReadReq.Options {
  const options = optionsOf(count, direction);
  const identifier = new sharedMessages.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name));
  const stream = new messages.ReadReq.Options.StreamOptions();
  stream.setStreamIdentifier(identifier);
  options.setStream(stream);
  return options;
}

function requestOf(options: ReadReq.Options): ReadReq {
  const request = new messages.ReadReq();
  request.setOptions(options);
  return request;
}

function recordIn(answer: ReadResp): WireRecord | undefined {
  const event = answer.getEvent()?.getEvent();
  if (!event) return undefined;
  return {
    id: event.getId()?.getString() ?? '',
    stream: textOf(event.getStreamIdentifier()?.getStreamName_asU8()),
    revision: Number(event.getStreamRevision()),
    position: positionOf(event.getCommitPosition(), event.getPreparePosition()),
    type: event.getMetadataMap().get('type') ?? '',
    data: textOf(event.getData_asU8()),
    metadata: textOf(event.getCustomMetadata_asU8()),
  };
}

/**
 * Topout's position of an event: its commit position. An event-by-event append has the same prepare position, so the
 * number is unique; they differ only in transactions of other tools.
 */
function positionOf(commit: string, prepare: string): number {
  const position = Number(commit);
  if (commit === prepare && Number.isSafeInteger(position)) return position;
  return Number.NaN;
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString() : '';
}
