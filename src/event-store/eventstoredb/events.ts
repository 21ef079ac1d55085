import { alertsStreamOf } from '../../../domain/alerts/events.js';
import { deliveriesStream, governanceStream } from '../../../domain/governance/events.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { streamOf } from '../../../domain/project/events.js';
import { bodyText, type Envelope, eventOf, leafOf, type StoredBody } from '../codec.js';
import { StoreCorrupt } from '../errors.js';
import type { WireEvent } from './batch.js';
import type { WireRecord } from './reads.js';

/** Families of streams that make up the log; the stream of the lease is housekeeping, and read by its name alone. */
const families = [streamOf(''), alertsStreamOf('')];

/** How streams are called on a cluster that several installations share. */
export interface Names {
  /** The name on the cluster. */
  of(stream: string): string;
  /** The stream of a name on the cluster; undefined when it is not one of the log. */
  streamOf(name: string): string | undefined;
  /** The stream whose settings on the cluster a name holds; undefined for any other name. */
  settingsOf(name: string): string | undefined;
  /** The name under which an installation says who it is. */
  installation: string;
  /** What the names of the streams of the log begin with. */
  logPrefixes: string[];
  /** What the names begin with of all streams that are followed: those of the log, and their settings. */
  prefixes: string[];
}

/** Names with a prefix of the installation before them. */
export function namesWith(prefix: string): Names {
  const log = [...families, governanceStream].map((family) => prefix + family);
  const streamOfName = (name: string) => {
    if (!name.startsWith(prefix)) return undefined;
    const stream = name.slice(prefix.length);
    return stream === governanceStream || families.some((family) => stream.startsWith(family))
      ? stream
      : undefined;
  };
  return {
    of: (stream) => prefix + stream,
    streamOf: streamOfName,
    settingsOf: (name) => (name.startsWith('$$') ? streamOfName(name.slice(2)) : undefined),
    installation: `${prefix}installation`,
    logPrefixes: log,
    prefixes: [...log, ...log.map((name) => `$$${name}`)],
  };
}

/** True for a stream that can be kept: one of the log, or that of the lease. */
export function isKept(stream: string): boolean {
  return stream === deliveriesStream || isOfLog(stream);
}

/** True for a stream that everything read and followed consists of. */
export function isOfLog(stream: string): boolean {
  return stream === governanceStream || families.some((family) => stream.startsWith(family));
}

/** An event as the cluster keeps it: its content as data, the rest of what is hashed as metadata. */
export function wireEvent(envelope: Envelope, content: string): WireEvent {
  const { id, type, at, by, prev, schema } = envelope;
  return {
    id,
    type,
    data: Buffer.from(content),
    metadata: Buffer.from(JSON.stringify({ at, by, prev, schema, v: 1 })),
  };
}

/** What a record of the cluster says. */
export interface Read {
  event: AnyRecordedEvent;
  /** The leaf of the stream's event before it, as it was when this one was written. */
  prev: string;
  /** The bytes that are hashed, as text. */
  body(): string;
  /** The leaf of these bytes in base64url: the `prev` of the next event of its stream. */
  leaf(): string;
}

/**
 * Reads a record of a stream.
 *
 * @throws StoreCorrupt it is not what Topout writes
 * @throws StoreRefused a newer version of Topout wrote it
 */
export function readRecord(record: WireRecord, stream: string): Read {
  const stored = bodyOf(record, stream);
  const body = () => bodyText(stored, record.data);
  return {
    event: eventOf(stored, record.position),
    prev: stored.prev,
    body,
    leaf: () => leafOf(body()).toString('base64url'),
  };
}

function bodyOf(record: WireRecord, stream: string): Omit<StoredBody, 'v'> {
  const { id, revision: rev, type, position } = record;
  if (Number.isNaN(position)) throw corrupt(record, 'it is part of a transaction, which Topout never uses');
  let data: StoredBody['data'];
  let metadata: Partial<StoredBody>;
  try {
    data = JSON.parse(record.data);
    metadata = JSON.parse(record.metadata);
  } catch (cause) {
    throw corrupt(record, 'it is no JSON', cause);
  }
  const { at, by, prev, schema, v } = metadata;
  const isOurs =
    v === 1 &&
    typeof at === 'string' &&
    typeof by === 'string' &&
    typeof prev === 'string' &&
    typeof schema === 'number' &&
    typeof data?.entryMetadata === 'object';
  if (!isOurs) throw corrupt(record, 'it lacks a member that Topout writes');
  return { id, stream, rev, type, schema, at, by, prev, data };
}

/** Says what is wrong with a record, and where it is. */
export function corrupt(record: WireRecord, problem: string, cause?: unknown): StoreCorrupt {
  const { stream, revision, id } = record;
  return new StoreCorrupt(`${stream} revision ${revision} (id ${id}): ${problem}`, { cause });
}
