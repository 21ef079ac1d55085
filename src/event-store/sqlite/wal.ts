import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** WAL size in pages of 4 KiB before a checkpoint: 32 MiB, moved in some 20 ms. */
const mostPages = 8000;

/**
 * Maximum pages that one event touches beside its body, except for rare splits: a table, its two indexes, a stream and
 * its name.
 */
const pagesAnEvent = 6;
const pageBytes = 4096;

/** Decides when SQLite's WAL is checkpointed. */
export class Wal {
  private readonly size: StatementSync;
  /** An upper bound of the pages in the WAL. */
  private pages = 0;

  constructor(readonly database: DatabaseSync) {
    this.size = database.prepare('PRAGMA wal_checkpoint(NOOP)');
  }

  /** Adds the size of a commit. */
  grow(events: number, bytes: number): void {
    this.pages += 2 + events * pagesAnEvent + Math.ceil(bytes / pageBytes);
  }

  /** Checkpoints the WAL when it is long, and returns whether it did. Its size is read only when it may be long: reading it costs as much as an append. */
  shorten(): boolean {
    if (this.pages <= mostPages) return false;
    const { log, checkpointed } = this.size.get() as { log: number; checkpointed: number };
    this.pages = log - checkpointed;
    if (this.pages <= mostPages) return false;
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    this.pages = 0;
    return true;
  }
}
