import { hash } from 'node:crypto';
import type { AnyEvent, AnyRecordedEvent } from '../../domain/log/any-event.js';
import { lifted, type Reading } from '../../domain/log/lifts.js';
import { type EntryMetadata } from '../../domain/project/events.js';
import type { Instant } from '../../domain/values/calendar.js';
import { mayHaveOddTexts, withPlainTexts } from '../../domain/values/plain-text.js';
import { canonicalText, maxBytes, NotCanonical } from './canonical.js';
import { StoreRefused } from './errors.js';

/** What the hashed bytes say beside the content. */
export interface Envelope {
  id: string;
  stream: string;
  rev: number;
  type: string;
  schema: number;
  at: Instant;
  by: string;
  /** The leaf of the stream's previous event in base64url; `noPrev` at revision 0. */
  prev: string;
}

/** The hashed bytes of an event, read but not interpreted. */
export interface StoredBody extends Envelope {
  v: 1;
  data: { entryMetadata: EntryMetadata } & Record<string, unknown>;
}

/** Bytes that `bodyText` never wrote; the message says what is wrong with them. */
export class DamagedBody extends Error {}

/** The `prev` of a stream's first event. */
export const noPrev = 'A'.repeat(43);

/** What the envelope may add to the content: names of at most 200 characters, and its own members. */
const envelopeBytes = 2 * 1024;

/**
 * The canonical text of what an event says: its data and, as the reserved member `entryMetadata`, what every entry says.
 *
 * Two events say the same when their types and these texts are the same.
 *
 * @throws NotCanonical
 */
export function contentText(event: Pick<AnyEvent, 'type' | 'data' | 'entry'>): string {
  if ('entryMetadata' in event.data) {
    throw new NotCanonical('data.entryMetadata', 'present', 'no member of this reserved name');
  }
  const text = canonicalText({ ...event.data, entryMetadata: event.entry }, 'data', 2);
  const most = maxBytes - envelopeBytes;
  // A UTF-16 unit takes at most three bytes, so that nearly no text has to be measured.
  const bytes = text.length * 3 > most ? Buffer.byteLength(text) : 0;
  if (bytes > most) throw new NotCanonical('data', `${bytes} bytes long`, `at most ${most}`);
  return text;
}

/** The text whose UTF-8 bytes are stored and hashed: RFC 8785 of the envelope and, as `data`, a content already canonical. */
export function bodyText(envelope: Envelope, content: string): string {
  const { at, by, id, prev, rev, schema, stream, type } = envelope;
  // The members stand in the order of RFC 8785, so that the content is made canonical only once.
  return (
    `{"at":"${at}","by":${JSON.stringify(by)},"data":${content},"id":"${id}","prev":"${prev}","rev":${rev},` +
    `"schema":${schema},"stream":${JSON.stringify(stream)},"type":"${type}","v":1}`
  );
}

/** Where a body is written before it is hashed and stored; long enough for the longest. */
const room = Buffer.alloc(1 + maxBytes);

/** A body as it is stored, and its leaf in base64url. */
export interface Encoded {
  /** Good until the next body is encoded: whoever keeps the bytes copies them. */
  bytes: Uint8Array;
  leaf: string;
}

/** The bytes of a body and its leaf, encoded once for both. */
export function encoded(body: string): Encoded {
  // The zero byte of the leaf (RFC 6962) stands before the body.
  const end = 1 + room.write(body, 1);
  return { bytes: room.subarray(1, end), leaf: hash('sha256', room.subarray(0, end), 'base64url') };
}

/** The RFC 6962 leaf of hashed bytes: SHA-256 of a zero byte and the bytes. */
export function leafOf(body: string): Buffer {
  return hash('sha256', `\0${body}`, 'buffer');
}

/**
 * Reads hashed bytes back, without interpreting their content.
 *
 * @throws DamagedBody
 */
export function readBody(body: string): StoredBody {
  let read: Partial<StoredBody> | null;
  try {
    read = JSON.parse(body);
  } catch (cause) {
    throw new DamagedBody('its body is no JSON', { cause });
  }
  if (read?.v !== 1) throw new DamagedBody(`its body has layout ${JSON.stringify(read?.v)}; expected 1`);
  const isWhole =
    typeof read.id === 'string' &&
    typeof read.stream === 'string' &&
    typeof read.rev === 'number' &&
    typeof read.type === 'string' &&
    typeof read.schema === 'number' &&
    typeof read.at === 'string' &&
    typeof read.by === 'string' &&
    typeof read.prev === 'string' &&
    typeof read.data?.entryMetadata === 'object';
  if (!isWhole) throw new DamagedBody('its body lacks a member');
  return read as StoredBody;
}

/**
 * The event that hashed bytes hold, lifted to today's schema; `schema` says which that is. The bytes stay as they are.
 *
 * @throws DamagedBody
 * @throws StoreRefused a newer version of Topout wrote them
 */
export function decode(body: string, position: number, reading?: Reading): AnyRecordedEvent {
  return eventOf(readBody(body), position, reading, mayHaveOddTexts(body));
}

/**
 * The event that a body says, lifted to today's schema, its texts in their one form (docs/decisions/0034).
 *
 * @param mayBeOdd false when it is known that all texts are in that form
 * @throws StoreRefused a newer version of Topout wrote it
 */
export function eventOf(
  stored: Omit<StoredBody, 'v'>,
  position: number,
  reading?: Reading,
  mayBeOdd = true,
): AnyRecordedEvent {
  const { id, stream, rev, type, schema, at, by, data: all } = stored;
  const { entryMetadata: entry, ...said } = mayBeOdd ? withPlainTexts(all) : all;
  const content = lifted(type, schema, said, reading);
  if ('unreadable' in content) {
    throw new StoreRefused(`Event ${position} (${stream} revision ${rev}, id ${id})`, content.unreadable);
  }
  const event = {
    id,
    stream,
    revision: rev,
    position,
    type,
    schema: content.schema,
    recordedAt: at,
    by,
    entry,
    data: content.data,
  };
  // What was written through the port is of these types; the golden files hold every shape ever written.
  return event as unknown as AnyRecordedEvent;
}
