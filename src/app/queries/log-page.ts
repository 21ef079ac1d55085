import type { Reach } from '../../../domain/access/scope.js';
import type { AdoptedLexicon } from '../../../domain/governance/lexicons.js';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import { isOfProject } from '../../../domain/log/any-event.js';
import {
  type EventData,
  type EventType,
  projectOf,
  type RecordedEvent,
} from '../../../domain/project/events.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import { type GivenMetadata, givenMetadata } from '../../../projections/facts/metadata.js';
import { Refused } from '../refusals.js';
import type { Views } from '../views/views.js';

/** The requested part of the log. */
export interface LogAsked {
  /** Only entries after this position. */
  after: number;
  /** Maximum number of positions to process. */
  limit: number;
  /** If nothing comes after the position, wait up to 2 s for it. */
  waits: boolean;
  /** Only entries of projects of which the caller may know; all when absent. */
  within?: Reach;
}

/** One entry of any project, as recorded. */
export interface LogEntryOf<Type, Data> extends GivenMetadata {
  project: string;
  id: Uuid;
  position: number;
  revision: number;
  type: Type;
  recordedAt: Instant;
  by: string;
  data: Data;
}

export type LogEntry = { [T in EventType]: LogEntryOf<T, EventData[T]> }[EventType];

/** A part of the log. */
export interface LogPageOf<Entry> {
  /** The part has all entries after the requested position and up to this one; the next part comes after it. */
  upTo: number;
  /** The readable position; the end is reached when `upTo` equals it. */
  head: number;
  /** In log order. */
  items: Entry[];
  /** The rules adopted in this part, each with the position from which they are in force. */
  rules: { position: number; rules: AdoptedRules }[];
  /** The lexicons adopted in this part, in the same way. */
  lexicons: { position: number; lexicon: AdoptedLexicon }[];
}

export type LogPage = LogPageOf<LogEntry>;

/** A part of the log; empty, with `head` before the requested position, for a position beyond this log. */
export async function pageOfLog(
  views: Views,
  { after, limit, waits }: LogAsked,
  isReached: (project: string) => boolean = () => true,
): Promise<LogPage> {
  if (waits && views.position === after) await views.waitFor(after + 1).catch(notYet);
  const events = views.after(after, limit);
  const head = views.position;
  // Fewer than requested means the end.
  const last = events.length < limit ? undefined : events.at(-1);
  return {
    upTo: last?.position ?? head,
    head,
    items: events
      .filter(isOfProject)
      .filter(({ stream }) => isReached(projectOf(stream)))
      .map(entryOf),
    rules: events.flatMap((event) =>
      event.type === 'RulesAdopted' ? [{ position: event.position, rules: event.data }] : [],
    ),
    lexicons: events.flatMap((event) =>
      event.type === 'LexiconAdopted' ? [{ position: event.position, lexicon: event.data }] : [],
    ),
  };
}

function notYet(error: unknown): void {
  if (!(error instanceof Refused && error.reason === 'view-behind')) throw error;
}

function entryOf({
  stream,
  id,
  position,
  revision,
  type,
  recordedAt,
  by,
  entry,
  data,
}: RecordedEvent): LogEntry {
  return {
    project: projectOf(stream),
    id,
    position,
    revision,
    type,
    ...givenMetadata(entry),
    recordedAt,
    by,
    data,
  } as LogEntry;
}
