import { randomUUID } from 'node:crypto';
import type { BatchAppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ChannelCredentials, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { Expected } from './event-store-stand-in-log.js';
import {
  google,
  identifierOf,
  idOf,
  nameOf,
  shared,
  streams,
  streamsService,
  uuidOf,
} from './event-store-stand-in-protocol.js';

/** An event to be appended over the bare protocol. */
export interface BareEvent {
  id: string;
  type?: string;
  data?: string;
  metadata?: string;
}

export type BareAnswer =
  | { stored: number | 'nothing'; at: number | undefined }
  | { wrong: { current: string; expected: string } }
  | { failed: string; message: string }
  | BareRefusal;

export interface BareRefusal {
  refused: string;
  details: string;
  exception?: string;
}

/** One message of a read, positions as numbers. */
export type BareLine =
  | { event: string; type: string; data: string; at: number }
  | { says: 'confirmation' | 'caught-up' | 'not-found' }
  | { checkpoint: number }
  | { first: number }
  | { last: number }
  | BareRefusal;

export interface BareRead {
  stream?: string;
  from?: number | 'end';
  backwards?: boolean;
  count?: number;
  prefix?: readonly string[];
  regex?: string;
  types?: boolean;
  window?: number;
  interval?: number;
  bounds?: boolean;
}

export interface BareCalls {
  append(stream: string, expected: Expected, events: readonly BareEvent[]): Promise<BareAnswer>;
  /** One append in so many messages. */
  batchAppend(
    stream: string,
    expected: Expected,
    events: readonly BareEvent[],
    messages?: number,
  ): Promise<BareAnswer>;
  delete(stream: string, expected: Expected, forGood?: boolean): Promise<{ at: number } | BareRefusal>;
  read(asked: BareRead): Promise<BareLine[]>;
  /** Follows until `enough` says so, then cancels. */
  follow(
    asked: BareRead,
    enough: (lines: readonly BareLine[]) => boolean,
    onStart?: () => void,
  ): Promise<BareLine[]>;
  close(): void;
}

export function bareEvent(data = '{}', type = 'MilestoneReached'): BareEvent {
  return { id: randomUUID(), type, data };
}

/** Speaks the store's protocol with the generated stubs alone, so that what a server says is seen as it is. */
export function bareCalls(
  address: string,
  headers: Readonly<Record<string, string>> = { 'requires-leader': 'true' },
  security: ChannelCredentials = credentials.createInsecure(),
): BareCalls {
  // A connection of its own: clients to one address otherwise share one, and its waiting after a failure.
  const client = new streamsService.StreamsClient(address, security, { 'grpc.use_local_subchannel_pool': 1 });
  const metadata = () => {
    const all = new Metadata();
    for (const [key, value] of Object.entries(headers)) all.set(key, value);
    return all;
  };
  return {
    append: (stream, expected, events) =>
      new Promise((resolve) => {
        const call = client.append(metadata(), (error, response) => {
          if (error || !response) return resolve(refusedBy(error as ServiceError));
          const success = response.getSuccess();
          const wrong = response.getWrongExpectedVersion();
          if (wrong) {
            const current = wrong.hasCurrentNoStream() ? 'no-stream' : wrong.getCurrentRevision();
            return resolve({ wrong: { current, expected: String(expected) } });
          }
          const position = success?.getPosition();
          resolve({
            stored: success?.hasNoStream() ? 'nothing' : Number(success?.getCurrentRevision()),
            at: position && Number(position.getCommitPosition()),
          });
        });
        const options = new streams.AppendReq.Options();
        options.setStreamIdentifier(identifierOf(stream));
        if (typeof expected === 'number') options.setRevision(String(expected));
        else if (expected === 'any') options.setAny(new shared.Empty());
        else if (expected === 'no-stream') options.setNoStream(new shared.Empty());
        else options.setStreamExists(new shared.Empty());
        const first = new streams.AppendReq();
        first.setOptions(options);
        call.write(first);
        for (const event of events) {
          const message = new streams.AppendReq();
          message.setProposedMessage(filled(new streams.AppendReq.ProposedMessage(), event));
          call.write(message);
        }
        call.end();
      }),
    batchAppend: (stream, expected, events, messages = 1) =>
      new Promise((resolve) => {
        const call = client.batchAppend(metadata());
        call.on('error', (error: ServiceError) => resolve(refusedBy(error)));
        call.on('data', (response: BatchAppendResp) => {
          resolve(batchAnswer(response));
          call.end();
        });
        const options = new streams.BatchAppendReq.Options();
        options.setStreamIdentifier(identifierOf(stream));
        if (typeof expected === 'number') options.setStreamPosition(String(expected));
        else if (expected === 'any') options.setAny(new google.Empty());
        else if (expected === 'no-stream') options.setNoStream(new google.Empty());
        else options.setStreamExists(new google.Empty());
        const correlation = uuidOf(randomUUID(), true);
        const share = Math.ceil(events.length / messages);
        for (let at = 0; at < messages; at += 1) {
          const message = new streams.BatchAppendReq();
          message.setCorrelationId(correlation);
          if (at === 0) message.setOptions(options);
          const part = events.slice(at * share, (at + 1) * share);
          message.setProposedMessagesList(
            part.map((event) => filled(new streams.BatchAppendReq.ProposedMessage(), event)),
          );
          message.setIsFinal(at === messages - 1);
          call.write(message);
        }
      }),
    delete: (stream, expected, forGood = false) =>
      new Promise((resolve) => {
        const options = new (forGood ? streams.TombstoneReq : streams.DeleteReq).Options();
        options.setStreamIdentifier(identifierOf(stream));
        if (typeof expected === 'number') options.setRevision(String(expected));
        else if (expected === 'any') options.setAny(new shared.Empty());
        else if (expected === 'no-stream') options.setNoStream(new shared.Empty());
        else options.setStreamExists(new shared.Empty());
        const done = (
          error: ServiceError | null,
          response?: { getPosition(): { getCommitPosition(): string } | undefined },
        ) => resolve(error ? refusedBy(error) : { at: Number(response?.getPosition()?.getCommitPosition()) });
        if (forGood) {
          const request = new streams.TombstoneReq();
          request.setOptions(options);
          client.tombstone(request, metadata(), done);
        } else {
          const request = new streams.DeleteReq();
          request.setOptions(options);
          client.delete(request, metadata(), done);
        }
      }),
    read: (asked) => lines(client.read(request(asked, false), metadata()), () => false),
    follow(asked, enough, onStart) {
      const call = client.read(request(asked, true), metadata());
      return lines(call, (all) => {
        if (all.length === 1) onStart?.();
        return enough(all);
      });
    },
    close: () => client.close(),
  };
}

type Call = ReturnType<InstanceType<typeof streamsService.StreamsClient>['read']>;

function lines(call: Call, enough: (lines: readonly BareLine[]) => boolean): Promise<BareLine[]> {
  return new Promise((resolve) => {
    const all: BareLine[] = [];
    let isEnough = false;
    call.on('error', (error: ServiceError) => {
      if (!isEnough) all.push(refusedBy(error));
      resolve(all);
    });
    call.on('end', () => undefined);
    call.on('status', ({ code }) => {
      if (code === status.OK) resolve(all);
    });
    call.on('data', (answer: ReadResp) => {
      if (isEnough) return;
      all.push(lineOf(answer));
      isEnough = enough(all);
      if (isEnough) call.cancel();
    });
  });
}

function lineOf(answer: ReadResp): BareLine {
  const event = answer.getEvent()?.getEvent();
  if (event) {
    return {
      event: `${nameOf(event.getStreamIdentifier())}@${event.getStreamRevision()} ${idOf(event.getId())}`,
      type: `${event.getMetadataMap().get('type')} ${event.getMetadataMap().get('content-type')}`,
      data: Buffer.from(event.getData_asU8()).toString(),
      at: Number(event.getCommitPosition()),
    };
  }
  if (answer.hasConfirmation()) return { says: 'confirmation' };
  if (answer.hasCaughtUp()) return { says: 'caught-up' };
  if (answer.hasStreamNotFound()) return { says: 'not-found' };
  const checkpoint = answer.getCheckpoint();
  if (checkpoint) return { checkpoint: Number(checkpoint.getCommitPosition()) };
  if (answer.hasFirstStreamPosition()) return { first: Number(answer.getFirstStreamPosition()) };
  return { last: Number(answer.getLastStreamPosition()) };
}

/** The request for a page, or with `follows` for a subscription. */
export function request(asked: BareRead, follows: boolean): ReadReq {
  const options = new streams.ReadReq.Options();
  if (asked.stream === undefined) {
    const all = new streams.ReadReq.Options.AllOptions();
    if (asked.from === 'end') all.setEnd(new shared.Empty());
    else if (asked.from === undefined) all.setStart(new shared.Empty());
    else {
      const position = new streams.ReadReq.Options.Position();
      position.setCommitPosition(String(asked.from));
      position.setPreparePosition(String(asked.from));
      all.setPosition(position);
    }
    options.setAll(all);
  } else {
    const one = new streams.ReadReq.Options.StreamOptions();
    one.setStreamIdentifier(identifierOf(asked.stream));
    if (asked.from === 'end') one.setEnd(new shared.Empty());
    else if (asked.from === undefined) one.setStart(new shared.Empty());
    else one.setRevision(String(asked.from));
    options.setStream(one);
  }
  options.setReadDirection(asked.backwards ? 1 : 0);
  if (follows) options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  else options.setCount(String(asked.count ?? 100));
  if (asked.prefix || asked.regex) {
    const expression = new streams.ReadReq.Options.FilterOptions.Expression();
    if (asked.regex) expression.setRegex(asked.regex);
    else expression.setPrefixList([...(asked.prefix ?? [])]);
    const filter = new streams.ReadReq.Options.FilterOptions();
    if (asked.types) filter.setEventType(expression);
    else filter.setStreamIdentifier(expression);
    if (asked.window) filter.setMax(asked.window);
    else filter.setCount(new shared.Empty());
    filter.setCheckpointintervalmultiplier(asked.interval ?? 1);
    options.setFilter(filter);
  } else options.setNoFilter(new shared.Empty());
  const uuids = new streams.ReadReq.Options.UUIDOption();
  uuids.setString(new shared.Empty());
  options.setUuidOption(uuids);
  if (asked.bounds) {
    const control = new streams.ReadReq.Options.ControlOption();
    control.setCompatibility(1);
    options.setControlOption(control);
  }
  const wanted = new streams.ReadReq();
  wanted.setOptions(options);
  return wanted;
}

function batchAnswer(response: BatchAppendResp): BareAnswer {
  const success = response.getSuccess();
  if (success) {
    const position = success.getPosition();
    return {
      stored: success.hasNoStream() ? 'nothing' : Number(success.getCurrentRevision()),
      at: position && Number(position.getCommitPosition()),
    };
  }
  const error = response.getError();
  const details = error?.getDetails();
  const type = details?.getTypeName() ?? '';
  if (type === 'event_store.client.WrongExpectedVersion') {
    const wrong = shared.WrongExpectedVersion.deserializeBinary(details?.getValue_asU8() ?? new Uint8Array());
    const current = wrong.hasCurrentNoStream() ? 'no-stream' : wrong.getCurrentStreamRevision();
    const expected = wrong.hasExpectedAny()
      ? 'any'
      : wrong.hasExpectedNoStream()
        ? 'no-stream'
        : wrong.hasExpectedStreamExists()
          ? 'stream-exists'
          : wrong.getExpectedStreamPosition();
    return { wrong: { current, expected } };
  }
  return { failed: `${error?.getCode()} ${type}`, message: error?.getMessage() ?? '' };
}

interface Fillable {
  setId(id: ReturnType<typeof uuidOf>): unknown;
  getMetadataMap(): { set(key: string, value: string): unknown };
  setData(data: Uint8Array): unknown;
  setCustomMetadata(data: Uint8Array): unknown;
}

function filled<M extends Fillable>(message: M, { id, type, data = '{}', metadata = '' }: BareEvent): M {
  message.setId(uuidOf(id, true));
  if (type !== undefined) message.getMetadataMap().set('type', type);
  message.getMetadataMap().set('content-type', 'application/json');
  message.setData(Buffer.from(data));
  message.setCustomMetadata(Buffer.from(metadata));
  return message;
}

function refusedBy({ code, details, metadata }: ServiceError): BareRefusal {
  const exception = metadata?.get('exception')[0];
  return { refused: status[code], details, ...(exception !== undefined && { exception: String(exception) }) };
}
