import type { DatabaseSync } from 'node:sqlite';
import { type AnyRecordedEvent, isOfProject } from '../domain/any-event.js';
import { projectOf } from '../domain/events.js';

/** One view: what it is called, the version of its shape, its tables, and what it does with an event of any stream. */
export interface View {
  name: string;
  version: number;
  schema: string;
  prepare(db: DatabaseSync): (event: AnyRecordedEvent) => void;
}

/** Every event by stream, for any point of both clocks. */
export const journal: View = {
  name: 'journal',
  version: 2,
  schema: `CREATE TABLE journal (
    stream TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, recorded_at TEXT NOT NULL,
    event TEXT NOT NULL, PRIMARY KEY (stream, revision)) STRICT, WITHOUT ROWID;
    CREATE INDEX journal_by_time ON journal (recorded_at, position);`,
  prepare(db) {
    const insert = db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?)');
    return (event) => {
      const { stream, revision, position, recordedAt } = event;
      insert.run(stream, revision, position, recordedAt, JSON.stringify(event));
    };
  },
};

/** Every project with its last entry. */
export const directory: View = {
  name: 'directory',
  version: 2,
  schema: `CREATE TABLE directory (
    project TEXT PRIMARY KEY, first_position INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;`,
  prepare(db) {
    const upsert = db.prepare(`INSERT INTO directory VALUES (?1, ?3, ?2, ?3)
      ON CONFLICT (project) DO UPDATE SET revision = ?2, position = ?3`);
    return (event) => {
      if (isOfProject(event)) upsert.run(projectOf(event.stream), event.revision, event.position);
    };
  },
};
