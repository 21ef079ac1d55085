import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Journal } from '../../event-store/event-store.js';

/** Events of a stream in one page. */
const pageEvents = 500;

const sql = {
  page: `SELECT event FROM journal WHERE stream = ? AND revision >= ? AND position <= ? ORDER BY revision
    LIMIT ${pageEvents}`,
  // Instants never go back with the position, so the narrow index by time is in log order too.
  after: 'SELECT event FROM journal WHERE position > ? ORDER BY recorded_at, position LIMIT ?',
  streams: `SELECT project FROM directory WHERE project > ? AND first_position <= ? ORDER BY project LIMIT ?`,
  count: 'SELECT count(*) AS count FROM directory',
  moved: `SELECT project, revision, position FROM directory WHERE position > ? AND project > ? ORDER BY project LIMIT ?`,
  at: `SELECT position FROM journal WHERE recorded_at <= ? ORDER BY recorded_at DESC, position DESC LIMIT 1`,
} as const;

/** Queries of a log whose copy is in the views `journal` and `directory`; only streams of projects are listed. */
export function journalIn(
  rows: (sql: string, ...values: SQLInputValue[]) => Record<string, SQLOutputValue>[],
): Journal {
  const events = (...query: Parameters<typeof rows>): AnyRecordedEvent[] =>
    rows(...query).map(({ event }) => JSON.parse(String(event)));
  return {
    page: (stream, upTo, fromRevision) => events(sql.page, stream, fromRevision, upTo),
    after: (position, limit) => events(sql.after, position, limit),
    streams: (prefix, after, upTo, limit) =>
      rows(sql.streams, after.slice(prefix.length), upTo, limit).map(({ project }) => prefix + project),
    countOf: () => Number(rows(sql.count)[0]?.count),
    movedAfter: (prefix, position, after, limit) =>
      rows(sql.moved, position, after.slice(prefix.length), limit).map((row) => ({
        stream: prefix + row.project,
        revision: Number(row.revision),
        position: Number(row.position),
      })),
    positionAt: (instant) => Number(rows(sql.at, instant)[0]?.position ?? 0),
  };
}
