import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { withOpenedTexts } from '../../domain/log/personal-texts.js';
import { readingNow, upcasted } from '../../domain/log/upcasting.js';
import type { EntryMetadata } from '../../domain/project/events.js';
import { withPlainTexts } from '../../domain/values/plain-text.js';

/** An event as the engine of an EventStoreDB server passes it to a handler. */
export interface ServerEvent {
  streamId: string;
  sequenceNumber: number;
  eventId: string;
  eventType: string;
  isJson: boolean;
  body?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

/**
 * A recorded event of a server, upcast to the current schema, with normalized texts; or why it cannot be read.
 *
 * The engine does not know the position in the log, so the revision replaces it: within one stream both give the same
 * order.
 */
export function recordedOf(event: ServerEvent, prefix: string): AnyRecordedEvent | { unreadable: string } {
  const { sequenceNumber, body, metadata } = event;
  if (!event.isJson || !body || !metadata) return { unreadable: 'its body or its metadata is no JSON' };
  const { at, by, schema, v } = metadata;
  if (v !== 1) return { unreadable: `its metadata has layout ${String(v)}; expected 1` };
  const { entryMetadata, ...stored } = withPlainTexts(body);
  const isWhole =
    typeof at === 'string' &&
    typeof by === 'string' &&
    typeof entryMetadata === 'object' &&
    entryMetadata !== null;
  if (!isWhole || typeof schema !== 'number')
    return { unreadable: 'its body or its metadata lacks a member' };
  const type = event.eventType;
  const inParts = { id: event.eventId, type, entry: entryMetadata as EntryMetadata, data: stored };
  // The engine has no keys: a sealed text is shown as such.
  const { entry, data } = withOpenedTexts(inParts, readingNow.personal, undefined);
  const content = upcasted(type, schema, data, at);
  if ('unreadable' in content) return content;
  const recorded = {
    id: event.eventId,
    stream: event.streamId.slice(prefix.length),
    revision: sequenceNumber,
    position: sequenceNumber,
    type: event.eventType,
    schema: content.schema,
    recordedAt: at,
    by,
    entry,
    data: content.data,
  };
  // The service wrote it with these types, and the upcasts lead to them.
  return recorded as unknown as AnyRecordedEvent;
}
