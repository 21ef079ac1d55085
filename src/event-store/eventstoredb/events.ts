import { accessStream } from '../../../domain/access/events.js';
import { alertsStreamOf } from '../../../domain/alerts/events.js';
import { governanceStream } from '../../../domain/governance/events.js';
import { leadershipStream } from '../../../domain/leadership/events.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { ledgerStream } from '../../../domain/log/ledger-events.js';
import type { Reading } from '../../../domain/log/upcasting.js';
import { streamOf } from '../../../domain/project/events.js';
import { bodyText, type Envelope, eventOf, leafOf, type StoredBody } from '../codec.js';
import { StoreCorrupt } from '../errors.js';
import type { WireEvent } from './batch.js';
import type { WireRecord } from './reads.js';

/** Prefixes of the streams of the log; the stream of the lease is read separately. */
const families = [streamOf(''), alertsStreamOf('')];
const singles: readonly string[] = [governanceStream, accessStream, ledgerStream];

/** Stream names on a cluster shared by several installations, and how what they hold is read. */
export interface Names {
  /** How the events under these names are read. */
  reading?: Reading | undefined;
  /** The name on the cluster. */
  of(stream: string): string;
  /** The stream for a name on the cluster; undefined if it is not one of the log. */
  streamOf(name: string): string | undefined;
  /** The stream whose metadata a name holds; undefined for any other name. */
  settingsOf(name: string): string | undefined;
  /** The name of the stream that identifies the installation. */
  installation: string;
  /** Name prefixes of the streams of the log. */
  logPrefixes: string[];
  /** Name prefixes of all followed streams: those of the log, and their metadata. */
  prefixes: string[];
}

/** Names with the installation's prefix. */
export function namesWith(prefix: string, reading?: Reading): Names {
  const log = [...families, ...singles].map((family) => prefix + family);
  const streamOfName = (name: string) => {
    if (!name.startsWith(prefix)) return undefined;
    const stream = name.slice(prefix.length);
    return isOfLog(stream) ? stream : undefined;
  };
  return {
    reading,
    of: (stream) => prefix + stream,
    streamOf: streamOfName,
    settingsOf: (name) => (name.startsWith('$$') ? streamOfName(name.slice(2)) : undefined),
    installation: `${prefix}installation`,
    logPrefixes: log,
    prefixes: [...log, ...log.map((name) => `$$${name}`)],
  };
}

/** True for a stream that can be stored: one of the log, or that of the lease. */
export function isKept(stream: string): boolean {
  return stream === leadershipStream || isOfLog(stream);
}

/** True for a stream that is part of the log. */
export function isOfLog(stream: string): boolean {
  return singles.includes(stream) || families.some((family) => stream.startsWith(family));
}

/** An event as stored on the cluster: its content as data, the other hashed members as metadata. */
export function wireEvent(envelope: Envelope, content: string): WireEvent {
  const { id, type, at, by, prev, schema } = envelope;
  return {
    id,
    type,
    data: Buffer.from(content),
    metadata: Buffer.from(JSON.stringify({ at, by, prev, schema, v: 1 })),
  };
}

/** A decoded record of the cluster. */
export interface Read {
  event: AnyRecordedEvent;
  /** The leaf of the stream's previous event when this one was written. */
  prev: string;
  /** The hashed bytes, as text. */
  body(): string;
  /** The leaf of these bytes in base64url: the `prev` of the next event of its stream. */
  leaf(): string;
}

/**
 * Decodes a record of a stream.
 *
 * @throws StoreCorrupt it is not what Topout writes
 * @throws StoreRefused a newer version of Topout wrote it
 */
export function readRecord(record: WireRecord, stream: string, reading?: Reading): Read {
  const stored = bodyOf(record, stream);
  const body = () => bodyText(stored, record.data);
  return {
    event: eventOf(stored, record.position, reading),
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

/** Describes the fault of a record and its place. */
export function corrupt(record: WireRecord, problem: string, cause?: unknown): StoreCorrupt {
  const { stream, revision, id } = record;
  return new StoreCorrupt(`${stream} revision ${revision} (id ${id}): ${problem}`, { cause });
}
