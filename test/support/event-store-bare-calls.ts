import { randomUUID } from 'node:crypto';
import type { BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ChannelCredentials, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { Expected } from '../stand-in/log.js';
import { google, identifierOf, shared, streams, streamsService, uuidOf } from '../stand-in/protocol.js';
import {
  appendAnswer,
  type BareAnswer,
  type BareLine,
  type BareRefusal,
  batchAnswer,
  lineOf,
  refusedBy,
} from './event-store-bare-answers.js';
import { type BareEvent, type BareRead, filled, request } from './event-store-bare-requests.js';

/** The store's protocol, one method per call. */
export interface BareCalls {
  append(stream: string, expected: Expected, events: readonly BareEvent[]): Promise<BareAnswer>;
  /** One append in a number of messages. */
  batchAppend(
    stream: string,
    expected: Expected,
    events: readonly BareEvent[],
    messages?: number,
  ): Promise<BareAnswer>;
  delete(stream: string, expected: Expected, forGood?: boolean): Promise<{ at: number } | BareRefusal>;
  read(asked: BareRead): Promise<BareLine[]>;
  /** Follows until `enough` returns true, then cancels. */
  follow(
    asked: BareRead,
    enough: (lines: readonly BareLine[]) => boolean,
    onStart?: () => void,
  ): Promise<BareLine[]>;
  close(): void;
}

/** Speaks the store's protocol with the generated stubs only, to see the server's raw answers. */
export function bareCalls(
  address: string,
  headers: Readonly<Record<string, string>> = { 'requires-leader': 'true' },
  security: ChannelCredentials = credentials.createInsecure(),
): BareCalls {
  // A separate connection: clients to one address otherwise share one, including its backoff after a failure.
  const client = new streamsService.StreamsClient(address, security, { 'grpc.use_local_subchannel_pool': 1 });
  const open = new Set<{ cancel(): void }>();
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
          resolve(appendAnswer(response, expected));
        });
        open.add(call);
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
        open.add(call);
        call.on('error', (error: ServiceError) => resolve(refusedBy(error)));
        call.on('data', (response: BatchAppendResp) => {
          resolve(batchAnswer(response));
          // A server does not end the call when its caller does.
          call.cancel();
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
    close() {
      // Calls that a server never answers would keep the process alive.
      for (const call of open) call.cancel();
      client.close();
    },
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
