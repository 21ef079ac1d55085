import { status } from '@grpc/grpc-js';
import type { Message } from 'google-protobuf';
import type { Expected } from './log.js';
import { google, identifierOf, shared } from './protocol.js';

/** The failure of one append of a batch: google.rpc.Status. */
export type Status = InstanceType<typeof google.Status>;

/** A google.rpc.Status whose details hold one message of the store's own. */
function packed(code: status, message: string, details: Message, type: string): Status {
  const any = new google.Any();
  any.pack(details.serializeBinary(), type);
  const error = new google.Status();
  error.setCode(code as number as Parameters<typeof error.setCode>[0]);
  error.setMessage(message);
  error.setDetails(any);
  return error;
}

const ownType = (name: string) => `event_store.client.${name}`;

export function withoutDetails(message: string): Status {
  return packed(status.OK, message, new google.Empty(), 'google.protobuf.Empty');
}

export function timeoutStatus(): Status {
  return packed(status.DEADLINE_EXCEEDED, 'Timeout', new shared.Timeout(), ownType('Timeout'));
}

export function accessDeniedStatus(): Status {
  return packed(status.PERMISSION_DENIED, 'AccessDenied', new shared.AccessDenied(), ownType('AccessDenied'));
}

export function badRequestStatus(text: string): Status {
  const details = new shared.BadRequest();
  details.setMessage(text);
  return packed(status.INVALID_ARGUMENT, 'BadRequest', details, ownType('BadRequest'));
}

export function tooLargeStatus(maxAppendBytes: number): Status {
  const details = new shared.MaximumAppendSizeExceeded();
  details.setMaxappendsize(maxAppendBytes);
  const name = 'MaximumAppendSizeExceeded';
  return packed(status.INVALID_ARGUMENT, name, details, ownType(name));
}

export function streamDeletedStatus(stream: string): Status {
  const details = new shared.StreamDeleted();
  details.setStreamIdentifier(identifierOf(stream));
  return packed(status.NOT_FOUND, 'StreamDeleted', details, ownType('StreamDeleted'));
}

export function wrongVersionStatus(current: number, expected: Expected): Status {
  const details = new shared.WrongExpectedVersion();
  if (current < 0) details.setCurrentNoStream(new google.Empty());
  else details.setCurrentStreamRevision(String(current));
  if (expected === 'any') details.setExpectedAny(new google.Empty());
  else if (expected === 'no-stream') details.setExpectedNoStream(new google.Empty());
  else if (expected === 'stream-exists') details.setExpectedStreamExists(new google.Empty());
  else details.setExpectedStreamPosition(String(expected));
  return packed(status.ALREADY_EXISTS, 'WrongExpectedVersion', details, ownType('WrongExpectedVersion'));
}
