import type { AdoptedRules } from '../../../domain/governance/rules.js';
import { isOfProject } from '../../../domain/log/any-event.js';
import {
  type EntryMetadata,
  type EventData,
  type EventType,
  projectOf,
  type RecordedEvent,
} from '../../../domain/project/events.js';
import type { Instant } from '../../../domain/values/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import { givenDay } from '../../../projections/facts/day-marks.js';
import { Refused } from '../refusals.js';
import type { Views } from '../views/views.js';

/** Which part of the log is asked for. */
export interface LogAsked {
  /** Only what was recorded after this position. */
  after: number;
  /** Positions gone through, at most. */
  limit: number;
  /** Where nothing comes after the position, wait up to 2 s for it. */
  waits: boolean;
}

/** One entry of any project, as it was recorded. */
export interface LogEntryOf<Type, Data>
  extends Pick<EntryMetadata, 'asOf' | 'precision' | 'isInferred' | 'source' | 'corrects'> {
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
  /** All entries after the asked position and up to this one are here; the next part comes after it. */
  upTo: number;
  /** The position up to which anything can be read now; the end is reached when `upTo` is there. */
  head: number;
  /** In log order. */
  items: Entry[];
  /** The rules that were adopted in this part, each with the position from which on they are in force. */
  rules: { position: number; rules: AdoptedRules }[];
}

export type LogPage = LogPageOf<LogEntry>;

/** A part of the log; empty, with `head` before the asked position, for a position that is none of this log. */
export async function pageOfLog(views: Views, { after, limit, waits }: LogAsked): Promise<LogPage> {
  if (waits && views.position === after) await views.waitFor(after + 1).catch(notYet);
  const events = views.after(after, limit);
  const head = views.position;
  // Fewer than asked for are all there are.
  const last = events.length < limit ? undefined : events.at(-1);
  return {
    upTo: last?.position ?? head,
    head,
    items: events.filter(isOfProject).map(entryOf),
    rules: events.flatMap((event) =>
      event.type === 'RulesAdopted' ? [{ position: event.position, rules: event.data }] : [],
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
  const { source, corrects } = entry;
  return {
    project: projectOf(stream),
    id,
    position,
    revision,
    type,
    ...givenDay(entry),
    source,
    ...(corrects === undefined ? {} : { corrects }),
    recordedAt,
    by,
    data,
  } as LogEntry;
}
