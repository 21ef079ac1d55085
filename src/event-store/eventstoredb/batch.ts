import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import messages, {
  type BatchAppendReq,
  type BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Connection, Line } from './connection.js';
import { WireFailure, wireFailure } from './errors.js';

/** An event in the bytes that the cluster stores. */
export interface WireEvent {
  id: string;
  type: string;
  data: Uint8Array;
  metadata: Uint8Array;
}

/** The place of the last event of an append; the position is absent if the cluster does not return it. */
export interface Stored {
  revision: number;
  position?: number;
}

interface Waiting {
  resolve(stored: Stored): void;
  reject(failure: WireFailure): void;
}

/** One stream of appends and their answers; answers are matched to appends by id. */
interface Batch {
  call: ReturnType<StreamsClient['batchAppend']>;
  waiting: Map<string, Waiting>;
}

/** Appends to a cluster over one bidirectional call, which is much faster than a call per append. */
export class Appends {
  private batches = new WeakMap<StreamsClient, Batch>();
  private count = 0;

  constructor(private readonly connection: Connection) {}

  /**
   * Appends events at an exact revision, -1 for a new stream.
   *
   * @throws WireFailure `unclear` if it is unknown whether they were stored
   */
  append(stream: string, events: readonly WireEvent[], after: number, ms: number): Promise<Stored> {
    return this.connection.call('an append', ms, (line, onGivenUp) => {
      const batch = this.batchOn(line);
      this.count += 1;
      // It must be formatted like a UUID, and be unique in this process.
      const id = `00000000-0000-4000-8000-${this.count.toString(16).padStart(12, '0')}`;
      onGivenUp(() => batch.waiting.delete(id));
      return new Promise<Stored>((resolve, reject) => {
        batch.waiting.set(id, { resolve, reject });
        batch.call.write(requestOf(id, stream, events, after));
      });
    });
  }

  private batchOn(line: Line): Batch {
    const known = this.batches.get(line.streams);
    if (known) return known;
    const call = line.keep(line.streams.batchAppend(...line.args()));
    const batch: Batch = { call, waiting: new Map() };
    this.batches.set(line.streams, batch);
    const end = (failure: WireFailure) => {
      line.drop(call);
      if (this.batches.get(line.streams) === batch) this.batches.delete(line.streams);
      for (const { reject } of batch.waiting.values()) reject(failure);
      batch.waiting.clear();
    };
    call.on('data', (answer: BatchAppendResp) => {
      const id = answer.getCorrelationId()?.getString() ?? '';
      const waiting = batch.waiting.get(id);
      batch.waiting.delete(id);
      // A caller that gave up has already read back the outcome.
      if (waiting) settle(answer, waiting);
    });
    call.on('error', (error: Error) => {
      end(wireFailure(error));
      line.heed(error);
    });
    call.on('end', () => end(new WireFailure('unclear', 'the cluster ended the call')));
    return batch;
  }
}

function requestOf(id: string, stream: string, events: readonly WireEvent[], after: number): BatchAppendReq {
  const request = new messages.BatchAppendReq();
  request.setCorrelationId(uuidOf(id));
  const options = new messages.BatchAppendReq.Options();
  const name = new sharedMessages.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  options.setStreamIdentifier(name);
  if (after < 0) options.setNoStream(new sharedMessages.Empty() as never);
  else options.setStreamPosition(String(after));
  request.setOptions(options);
  for (const event of events) {
    const message = new messages.BatchAppendReq.ProposedMessage();
    message.setId(uuidOf(event.id));
    message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
    message.setData(event.data);
    message.setCustomMetadata(event.metadata);
    request.addProposedMessages(message);
  }
  request.setIsFinal(true);
  return request;
}

function uuidOf(id: string) {
  const uuid = new sharedMessages.UUID();
  uuid.setString(id);
  return uuid;
}

function settle(answer: BatchAppendResp, { resolve, reject }: Waiting): void {
  const error = answer.getError();
  if (error) {
    reject(failureOf(error));
    return;
  }
  const success = answer.getSuccess();
  const position = Number(success?.getPosition()?.getCommitPosition() ?? Number.NaN);
  resolve({
    revision: Number(success?.getCurrentRevision() ?? -1),
    ...(Number.isSafeInteger(position) && position > 0 ? { position } : {}),
  });
}

function failureOf(status: Status): WireFailure {
  const name = status.getDetails()?.getTypeName() ?? '';
  const text = status.getMessage();
  switch (name) {
    case 'event_store.client.WrongExpectedVersion':
      return new WireFailure('conflict', 'the stream is at another revision');
    case 'event_store.client.StreamDeleted':
      return new WireFailure('deleted', 'the stream was deleted');
    case 'event_store.client.AccessDenied':
      return new WireFailure('denied', 'access denied');
    case 'event_store.client.MaximumAppendSizeExceeded':
      return new WireFailure('too-large', 'the append is larger than the cluster accepts');
    case 'event_store.client.Timeout':
      return new WireFailure('unclear', 'the cluster ran out of time');
    default:
      return /not ready|busy|no leader/i.test(text)
        ? new WireFailure('not-done', text)
        : new WireFailure('unclear', text || name || 'the cluster gave no reason');
  }
}
