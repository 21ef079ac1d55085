import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { withSealedTexts } from '../../domain/log/personal-texts.js';
import { type Reading, readingNow } from '../../domain/log/upcasting.js';
import { withPlainTexts } from '../../domain/values/plain-text.js';
import { contentText } from './codec.js';
import { EventIdReused } from './errors.js';
import type { ExpectedRevision, NewEvent } from './event-store.js';

/** An event to store, and its content as it is stored: in canonical form, with sealed texts. */
export interface Prepared {
  event: NewEvent;
  schema: number;
  content: string;
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Validates and serializes events before a store appends them.
 *
 * @param reading today's schemas by type, and by which keys personal texts are sealed; of this version and unsealed when absent
 * @throws TypeError a programming error of the caller
 * @throws NotCanonical the content cannot be stored as it is
 * @throws EventIdReused one id twice
 */
export function prepared(
  stream: string,
  events: readonly NewEvent[],
  expected: ExpectedRevision,
  { schemas, personal, texts }: Reading = readingNow,
): Prepared[] {
  requireName('stream', stream);
  if (events.length === 0) throw new TypeError('append got no event; expected one or more');
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new TypeError(`The expected revision is ${expected}; expected 0 or more, 'no-stream' or 'any'`);
  }
  requireDifferent(events);
  return events.map((event) => {
    if (!uuidShape.test(event.id))
      throw new TypeError(`The event id is ${event.id}; expected a UUID in lower case`);
    const schema = Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined;
    if (schema === undefined)
      throw new TypeError(`The event type is ${event.type}; expected one of events.ts`);
    requireName('by', event.by);
    const stored = texts ? withSealedTexts(event, personal, texts) : event;
    return { event, schema, content: contentText(stored) };
  });
}

/**
 * True if a stored event has the content to append; older versions stored texts unnormalized. Opened texts are compared: the same
 * text is sealed differently each time.
 */
export function saysSame(stored: AnyRecordedEvent, { event }: Pick<Prepared, 'event'>): boolean {
  if (stored.type !== event.type) return false;
  const said = contentText(stored);
  return said === contentText(event) || said === contentText(withPlainTexts(event));
}

/** True if a stream's revision, -1 for none, is the one the writer expects. */
export function isExpected(expected: ExpectedRevision, revision: number): boolean {
  if (expected === 'any') return true;
  return expected === 'no-stream' ? revision === -1 : revision === expected;
}

function requireDifferent(events: readonly NewEvent[]): void {
  if (events.length === 1) return;
  const ids = new Set<string>();
  for (const { id } of events) {
    if (ids.has(id)) throw new EventIdReused(id);
    ids.add(id);
  }
}

function requireName(what: string, name: string): void {
  if (name.length >= 1 && name.length <= 200 && name.isWellFormed()) return;
  throw new TypeError(`${what} has ${name.length} characters; expected 1 to 200, well-formed`);
}
