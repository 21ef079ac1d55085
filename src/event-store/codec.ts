import { hash } from 'node:crypto';
import type { AnyEvent, AnyRecordedEvent } from '../../domain/log/any-event.js';
import { withOpenedTexts } from '../../domain/log/personal-texts.js';
import { type Reading, readingNow, upcasted } from '../../domain/log/upcasting.js';
import { type EntryMetadata } from '../../domain/project/events.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import { mayHaveOddTexts, withPlainTexts } from '../../domain/values/plain-text.js';
import { canonicalText, maxBytes, NotCanonical } from './canonical.js';
import { StoreRefused } from './errors.js';

/** The hashed members beside the content. */
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

/** Decoded but uninterpreted hashed bytes of an event. */
export interface StoredBody extends Envelope {
  v: 1;
  data: { entryMetadata: EntryMetadata } & Record<string, unknown>;
}

/** Bytes that `bodyText` never wrote; the message has the reason. */
export class DamagedBody extends Error {}

/** The `prev` of a stream's first event. */
export const noPrev = 'A'.repeat(43);

/** Limits of what the envelope adds to the content: names of at most 200 characters, and its own members. */
const envelopeBytes = 2 * 1024;

/**
 * The canonical text of an event's content: its data and, as the reserved member `entryMetadata`, the entry metadata.
 *
 * Two events have the same content when their types and these texts are equal.
 *
 * @throws NotCanonical
 */
export function contentText(event: Pick<AnyEvent, 'type' | 'data' | 'entry'>): string {
  if ('entryMetadata' in event.data) {
    throw new NotCanonical('data.entryMetadata', 'present', 'no member of this reserved name');
  }
  const text = canonicalText({ ...event.data, entryMetadata: event.entry }, 'data', 2);
  const most = maxBytes - envelopeBytes;
  // A UTF-16 unit takes at most three bytes, so that few texts have to be measured.
  const bytes = text.length * 3 > most ? Buffer.byteLength(text) : 0;
  if (bytes > most) throw new NotCanonical('data', `${bytes} bytes long`, `at most ${most}`);
  return text;
}

/** The text whose UTF-8 bytes are stored and hashed: RFC 8785 of the envelope and, as `data`, a content already canonical. */
export function bodyText(envelope: Envelope, content: string): string {
  const { at, by, id, prev, rev, schema, stream, type } = envelope;
  // The members are in RFC 8785 order, so that the content is canonicalized only once.
  return (
    `{"at":"${at}","by":${JSON.stringify(by)},"data":${content},"id":"${id}","prev":"${prev}","rev":${rev},` +
    `"schema":${schema},"stream":${JSON.stringify(stream)},"type":"${type}","v":1}`
  );
}

/** A shared buffer for bodies before they are hashed and stored; long enough for the longest. */
const room = Buffer.alloc(1 + maxBytes);

/** An encoded body, and its leaf in base64url. */
export interface Encoded {
  /** Valid until the next body is encoded; copy the bytes to keep them. */
  bytes: Uint8Array;
  leaf: string;
}

/** The bytes of a body and its leaf, encoded once for both. */
export function encoded(body: string): Encoded {
  // The zero byte of the leaf (RFC 6962) precedes the body.
  const end = 1 + room.write(body, 1);
  return { bytes: room.subarray(1, end), leaf: hash('sha256', room.subarray(0, end), 'base64url') };
}

/** The RFC 6962 leaf of hashed bytes: SHA-256 of a zero byte and the bytes. */
export function leafOf(body: string): Buffer {
  return sha256(`\0${body}`);
}

/** The same of the bytes as they are stored, also where they are not UTF-8. */
export function leafOfBytes(body: Uint8Array): Buffer {
  if (body.length > maxBytes) return sha256(Buffer.concat([Buffer.of(0), body]));
  room.set(body, 1);
  return sha256(room.subarray(0, 1 + body.length));
}

/** The same in hex. */
export function leafHexOf(body: string): string {
  return hash('sha256', `\0${body}`, 'hex');
}

/** By a text: a buffer that Node makes for a digest lies outside of its heap, and takes five times as long. */
function sha256(bytes: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

/**
 * Decodes hashed bytes without interpreting the content.
 *
 * @throws DamagedBody
 */
export function readBody(body: string): StoredBody {
  let read: Partial<StoredBody> | null;
  try {
    read = JSON.parse(body);
  } catch (cause) {
    throw new DamagedBody('its body is not JSON', { cause });
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
 * The event in hashed bytes, upcast to the current schema; `schema` is the stored one. The bytes are not changed.
 *
 * @throws DamagedBody
 * @throws StoreRefused a newer version of Topout wrote them
 */
export function decode(body: string, position: number, reading?: Reading): AnyRecordedEvent {
  return eventOf(readBody(body), position, reading, mayHaveOddTexts(body));
}

/**
 * The event in a body, upcast to the current schema, with normalized texts (docs/decisions/0034).
 *
 * @param mayBeOdd false if all texts are known to be normalized
 * @throws StoreRefused a newer version of Topout wrote it
 */
export function eventOf(
  stored: Omit<StoredBody, 'v'>,
  position: number,
  reading: Reading = readingNow,
  mayBeOdd = true,
): AnyRecordedEvent {
  const { id, stream, rev, type, schema, at, by, data: all } = stored;
  const { entryMetadata, ...said } = mayBeOdd ? withPlainTexts(all) : all;
  const { personal, texts } = reading;
  const sealed = { id, type, entry: entryMetadata, data: said };
  const { entry, data } = texts ? withOpenedTexts(sealed, personal, texts) : sealed;
  const content = upcasted(type, schema, data, at, reading);
  if ('unreadable' in content) {
    throw new StoreRefused(`Event ${position} (${stream} revision ${rev}, id ${id})`, content.unreadable);
  }
  shareSource(entry);
  const event = {
    id,
    stream: readAgain(0, stream),
    revision: rev,
    position,
    type,
    schema: content.schema,
    recordedAt: readAgain(1, at),
    by: readAgain(2, by),
    entry,
    data: content.data,
  };
  // Everything written through the port has these types; the golden files hold every shape ever written.
  return event as unknown as AnyRecordedEvent;
}

/** The stream, the instant and the author of the event that was read last. */
const readLast = ['', '', ''];

/** Events after each other have the same texts in most cases: these are kept once. */
function readAgain(place: 0 | 1 | 2, text: string): string {
  if (readLast[place] !== text) readLast[place] = text;
  return readLast[place] as string;
}

type Source = EntryMetadata['source'];

/** By kind: the first source that was read with no other member. */
const bareSources = new Map<Source['kind'], Source>();

/** Entries whose source has no member but its kind have one object for it. */
function shareSource(entry: Pick<EntryMetadata, 'source'>): void {
  const { source } = entry;
  if (!source) return;
  for (const member in source) if (member !== 'kind') return;
  const shared = bareSources.get(source.kind) ?? Object.freeze(source);
  bareSources.set(source.kind, shared);
  entry.source = shared;
}
