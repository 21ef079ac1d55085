import type { AppendResp, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ServiceError, status } from '@grpc/grpc-js';
import { idOf, nameOf, shared } from '../stand-in/protocol.js';

/** The result of an append; `failed` holds the code and the type of a batch's own refusal. */
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

/** A message of a read in plain words. */
export function lineOf(answer: ReadResp): BareLine {
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

export function batchAnswer(response: BatchAppendResp): BareAnswer {
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

export function refusedBy({ code, details, metadata }: ServiceError): BareRefusal {
  const exception = metadata?.get('exception')[0];
  return { refused: status[code], details, ...(exception !== undefined && { exception: String(exception) }) };
}

export function appendAnswer(response: AppendResp, expected: unknown): BareAnswer {
  const success = response.getSuccess();
  const wrong = response.getWrongExpectedVersion();
  if (wrong) {
    const current = wrong.hasCurrentNoStream() ? 'no-stream' : wrong.getCurrentRevision();
    return { wrong: { current, expected: String(expected) } };
  }
  const position = success?.getPosition();
  return {
    stored: success?.hasNoStream() ? 'nothing' : Number(success?.getCurrentRevision()),
    at: position && Number(position.getCommitPosition()),
  };
}
