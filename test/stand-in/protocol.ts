import { createRequire } from 'node:module';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { Metadata, type ServerUnaryCall, status } from '@grpc/grpc-js';

// The generated files are CommonJS whose names only `require` can find outside Jest.
const require = createRequire(import.meta.url);
const generated = '@eventstore/db-client/generated/';

export const streams: typeof import('@eventstore/db-client/generated/streams_pb.js') = require(
  `${generated}streams_pb`,
);
export const streamsService: typeof import('@eventstore/db-client/generated/streams_grpc_pb.js') = require(
  `${generated}streams_grpc_pb`,
);
export const features: typeof import('@eventstore/db-client/generated/serverfeatures_pb.js') = require(
  `${generated}serverfeatures_pb`,
);
export const featuresService: typeof import('@eventstore/db-client/generated/serverfeatures_grpc_pb.js') =
  require(`${generated}serverfeatures_grpc_pb`);
export const gossip: typeof import('@eventstore/db-client/generated/gossip_pb.js') = require(
  `${generated}gossip_pb`,
);
export const gossipService: typeof import('@eventstore/db-client/generated/gossip_grpc_pb.js') = require(
  `${generated}gossip_grpc_pb`,
);
export const shared: typeof import('@eventstore/db-client/generated/shared_pb.js') = require(
  `${generated}shared_pb`,
);
export const google: {
  Status: typeof import('@eventstore/db-client/generated/status_pb.js').Status;
  Any: typeof import('google-protobuf/google/protobuf/any_pb.js').Any;
  Empty: typeof import('google-protobuf/google/protobuf/empty_pb.js').Empty;
} = {
  ...require(`${generated}status_pb`),
  ...require('google-protobuf/google/protobuf/any_pb'),
  ...require('google-protobuf/google/protobuf/empty_pb'),
};

/** A failed call; `metadata` holds what the server sends besides the code and the text. */
export interface Refusal {
  code: status;
  details: string;
  metadata?: Metadata;
}

/** A refusal with the `exception` by which clients distinguish errors. */
export function refusal(code: status, details: string, exception: Record<string, string> = {}): Refusal {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(exception)) metadata.set(key, value);
  return { code, details, metadata };
}

export const notReady: Refusal = refusal(status.UNAVAILABLE, 'Server Is Not Ready');
export const handlerThrew: Refusal = refusal(status.UNKNOWN, 'Exception was thrown by handler.');

export function streamDeleted(stream: string): Refusal {
  return refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });
}

/** The server's error when a write or a subscriber took too long. */
export function timedOut(what: string): Refusal {
  return refusal(status.ABORTED, `Operation timed out: ${what}`);
}

/** The server's error for an invalid choice in a request. */
export function invalidChoice(type: string): Refusal {
  return refusal(status.INVALID_ARGUMENT, `'None' is not a valid EventStore.Client.Streams.${type}`);
}

/** The name in a stream identifier. */
export function nameOf(identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function identifierOf(stream: string): InstanceType<typeof shared.StreamIdentifier> {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
}

/** An id in lower case, from either wire format. */
export function idOf(uuid: UUID | undefined): string {
  if (!uuid?.hasStructured()) return uuid?.getString().toLowerCase() ?? '';
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt(uuid.getStructured()?.getMostSignificantBits() ?? 0), 0);
  bytes.writeBigInt64BE(BigInt(uuid.getStructured()?.getLeastSignificantBits() ?? 0), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The id as text, or as two halves unless the caller requested text. */
export function uuidOf(id: string, asText: boolean): UUID {
  const uuid = new shared.UUID();
  if (asText) {
    uuid.setString(id);
    return uuid;
  }
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  const halves = new shared.UUID.Structured();
  halves.setMostSignificantBits(bytes.readBigInt64BE(0).toString());
  halves.setLeastSignificantBits(bytes.readBigInt64BE(8).toString());
  uuid.setStructured(halves);
  return uuid;
}

/** Any call, by its headers and its peer. */
export type AnyCall = Pick<ServerUnaryCall<unknown, unknown>, 'metadata' | 'getPeer'>;

/** True if the caller requires the leader. */
export function requiresLeader(call: AnyCall): boolean {
  return String(call.metadata.get('requires-leader')[0] ?? '').toLowerCase() === 'true';
}
