import { type RecordedEvent, streamOf } from '../../domain/project/events.js';
import { givenMetadata } from '../../projections/facts/metadata.js';
import type { JournalEntry } from '../../projections/project/journal.js';
import type { LogEntry } from '../../src/app/queries/log-page.js';
import type { Parameters } from './ask.js';

/** The query for a page of the journal; pass the caller's `ask`. */
export type AskPage = (
  path: string,
  parameters: Parameters,
) => Promise<{ items: readonly { type: string }[]; next?: string }>;

/** The last day of the calendar. */
const lastDay = '2199-12-31';

/**
 * All entries of a project as known now, in log order, as the projections fold them.
 *
 * @param after the position of an entry that they must include
 */
export async function fetchEntries(project: string, ask: AskPage, after?: number): Promise<RecordedEvent[]> {
  const entries: RecordedEvent[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await ask(`/projects/${project}/journal`, { asOf: lastDay, limit: 500, cursor, after });
    entries.push(...page.items.map((item) => recordedIn(project, item as JournalEntry)));
    cursor = page.next;
  }
  return entries;
}

/** An entry as recorded, from the journal or the log. */
export function recordedIn(project: string, shown: JournalEntry | LogEntry): RecordedEvent {
  const { id, position, revision, type, recordedAt, by, data } = shown;
  const entry = givenMetadata(shown);
  const stream = streamOf(project);
  // Both return facts in the current schema, whatever schema was stored.
  return { id, stream, revision, position, schema: 1, recordedAt, by, type, entry, data } as RecordedEvent;
}
