import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Pages of 4 KiB that the log may hold before it is moved into the file: 32 MiB, moved in some 20 ms. */
const mostPages = 8000;

/** Pages that one event touches at most beside its body, but for rare splits: a table, its two indexes, a stream and its name. */
const pagesAnEvent = 6;
const pageBytes = 4096;

/** The log that SQLite keeps before it moves pages into the file. */
export class Wal {
  readonly #size: StatementSync;
  /** No fewer pages than the log holds. */
  #pages = 0;

  constructor(readonly database: DatabaseSync) {
    this.#size = database.prepare('PRAGMA wal_checkpoint(NOOP)');
  }

  /** Counts what a commit has added. */
  grow(events: number, bytes: number): void {
    this.#pages += 2 + events * pagesAnEvent + Math.ceil(bytes / pageBytes);
  }

  /** Moves the log into the file when it has grown long, and answers whether it has. Its size is asked for when it may be long only: asking costs as much as an append. */
  shorten(): boolean {
    if (this.#pages <= mostPages) return false;
    const { log, checkpointed } = this.#size.get() as { log: number; checkpointed: number };
    this.#pages = log - checkpointed;
    if (this.#pages <= mostPages) return false;
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    this.#pages = 0;
    return true;
  }
}
