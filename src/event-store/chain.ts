import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import { bodyText, DamagedBody, eventOf, leafOf, noPrev, readBody, type StoredBody } from './codec.js';
import { StoreCorrupt } from './errors.js';

/** A stored event before verification. */
export interface RawEvent {
  position: number;
  /** The hashed bytes, as text. */
  body: string;
  /** Columns that a store keeps beside the body; they must match it. */
  beside?: { stream: string; rev: number; id: string; leaf: string };
}

/** A stored event, verified against its hash, its place and its predecessor in the stream. */
export interface Chained {
  stored: StoredBody;
  body: string;
  /** The content part of the body; `bodyText` of it gives the same body. */
  content: string;
  /** In base64url. */
  leaf: string;
  /** The event upcast to the current schema; its position is its rank in the log, counted from 1. */
  event: AnyRecordedEvent;
}

interface End {
  rev: number;
  leaf: string;
  at: Instant;
}

/** Verifies one log, event by event in order. */
export class Chain {
  events = 0;
  private readonly ends = new Map<string, End>();

  /** @param name of the log, for messages */
  constructor(private readonly name: string) {}

  get streams(): number {
    return this.ends.size;
  }

  /**
   * Verifies the next event of the log.
   *
   * @throws StoreCorrupt it is not what Topout wrote there
   * @throws StoreRefused a newer version of Topout wrote it
   */
  take(raw: RawEvent): Chained {
    const { body } = raw;
    try {
      const stored = readBody(body);
      const leaf = leafOf(body).toString('base64url');
      const problem = this.problemOf(raw, stored, leaf);
      if (problem !== undefined) throw new DamagedBody(problem);
      const content = contentIn(body, stored);
      this.events += 1;
      this.ends.set(stored.stream, { rev: stored.rev, leaf, at: stored.at });
      return { stored, body, content, leaf, event: eventOf(stored, this.events) };
    } catch (cause) {
      if (!(cause instanceof DamagedBody)) throw cause;
      throw new StoreCorrupt(`${this.name}, ${placeOf(raw)}: ${cause.message}`, { cause });
    }
  }

  private problemOf({ beside }: RawEvent, stored: StoredBody, leaf: string): string | undefined {
    const { stream, rev, id, prev, at } = stored;
    const end = this.ends.get(stream) ?? { rev: -1, leaf: noPrev, at: '' };
    if (beside && beside.leaf !== leaf) return 'its body does not match its hash';
    if (beside && (beside.stream !== stream || beside.rev !== rev || beside.id !== id))
      return `its body says ${stream} revision ${rev}, id ${id}`;
    if (rev !== end.rev + 1) return `it follows revision ${end.rev} of its stream`;
    if (prev !== end.leaf) return 'its body names another event before it';
    if (at < end.at) return `it was recorded at ${at}, before the event before it in its stream`;
    return undefined;
  }
}

/** Identifies an event by its body, or by its place if the body cannot be read. */
export function placeOf({ position, body, beside }: RawEvent): string {
  let named: { stream: string; rev: number; id: string } | undefined = beside;
  try {
    named ??= readBody(body);
  } catch {
    // Then the position alone identifies it.
  }
  return named
    ? `position ${position} (${named.stream} revision ${named.rev}, id ${named.id})`
    : `position ${position}`;
}

function contentIn(body: string, stored: StoredBody): string {
  const frame = bodyText(stored, '');
  const start = frame.indexOf(',"data":,') + ',"data":'.length;
  const end = body.length - (frame.length - start);
  const content = body.slice(start, end);
  if (bodyText(stored, content) !== body)
    throw new DamagedBody('the members of its body are not in the order in which Topout writes them');
  return content;
}
