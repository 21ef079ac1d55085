import type { DatabaseSync } from 'node:sqlite';
import { type AnyRecordedEvent, isOfProject } from '../../../domain/log/any-event.js';
import { projectOf } from '../../../domain/project/events.js';

/** One view: its name, the version of its tables, the tables, and its handling of events of all streams, in order. */
export interface View {
  name: string;
  version: number;
  schema: string;
  /** Entries of projects are not passed to it. */
  ignoresEntries?: true;
  prepare(db: DatabaseSync): (events: readonly AnyRecordedEvent[]) => void;
}

/**
 * Every event by stream, for any point of both clocks.
 *
 * `recorded_at` is the latest instant up to the event: with several replicas, each with its own clock, it still rises
 * with the position.
 */
export const journal: View = {
  name: 'journal',
  version: 5,
  schema: `CREATE TABLE journal (
    stream TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, recorded_at TEXT NOT NULL,
    event TEXT NOT NULL, PRIMARY KEY (stream, revision)) STRICT, WITHOUT ROWID;
    CREATE INDEX journal_by_time ON journal (recorded_at, position);`,
  prepare(db) {
    const insert = db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?)');
    const latest = db.prepare('SELECT max(recorded_at) AS instant FROM journal');
    let instant = '';
    let upTo = -1;
    return (events) => {
      for (const event of events) {
        const { stream, revision, position, recordedAt } = event;
        // Read again after a failed page, and in a file filled by others.
        if (position <= upTo || upTo < 0) instant = String(latest.get()?.instant ?? '');
        upTo = position;
        if (recordedAt > instant) instant = recordedAt;
        insert.run(stream, revision, position, instant, JSON.stringify(event));
      }
    };
  },
};

/** Every event by stream, without entries of projects. */
export const journalOfOthers: View = { ...journal, ignoresEntries: true };

/** Every project with its last entry. */
export const directory: View = {
  name: 'directory',
  version: 2,
  schema: `CREATE TABLE directory (
    project TEXT PRIMARY KEY, first_position INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;`,
  prepare(db) {
    const upsert = db.prepare(`INSERT INTO directory VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (project) DO UPDATE SET revision = ?3, position = ?4`);
    return (events) => {
      const moved = new Map<string, { first: number; revision: number; position: number }>();
      for (const event of events) {
        if (!isOfProject(event)) continue;
        const { stream, revision, position } = event;
        moved.set(stream, { first: moved.get(stream)?.first ?? position, revision, position });
      }
      for (const [stream, { first, revision, position }] of moved)
        upsert.run(projectOf(stream), first, revision, position);
    };
  },
};
