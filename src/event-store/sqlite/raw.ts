import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { uuidBytes, uuidText } from '../../../domain/values/uuid.js';
import type { Chained, RawEvent } from '../chain.js';
import type { RawLog, RawTarget } from '../copy.js';
import { StoreCorrupt, StoreFull, StoreRefused } from '../errors.js';
import { removeAnchor } from './anchor.js';
import { flush } from './backup.js';
import { codes, isDamage, sqliteCode } from './errors.js';
import { fileError, firstValue, installationOf, openFile, openToRead } from './file.js';
import { placeOf } from './reader.js';
import type { Turns } from './verify.js';

/** Events per read, and per transaction. */
const pageRows = 500;

/**
 * Opens a store file that no process holds, as the source of a copy.
 *
 * @throws StoreInUse, StoreRefused, StoreCorrupt
 */
export function openSqliteRaw(path: string, turns: Turns): RawLog {
  return logOf(openToRead(path), path, turns);
}

/**
 * Opens a file as the target of a copy: an existing one, or a new one, named `.part` until it is finished.
 *
 * @throws StoreInUse, StoreRefused, StoreCorrupt
 */
export function openSqliteTarget(path: string, ports: Turns & { newId(): string }): RawTarget {
  const isNew = !existsSync(path);
  const at = isNew ? `${path}.part` : path;
  const database = openFile(at, ports.newId);
  // Copied data move from the WAL into the file continuously: pages of 4 KiB.
  database.exec('PRAGMA wal_autocheckpoint = 2000');
  const log = logOf(database, path, ports);
  const streams = new Map(
    database
      .prepare('SELECT name, number FROM streams')
      .all()
      .map(({ name, number }) => [String(name), Number(number)]),
  );
  const addStream = database.prepare('INSERT INTO streams (name) VALUES (?)');
  const addEvent = database.prepare(
    'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  let seq = log.head;

  return {
    ...log,
    async become(installation) {
      const own = installationOf(database);
      if (installation === undefined || installation === own) return;
      if (seq > 0)
        throw new StoreRefused(
          path,
          `it belongs to installation ${own}, and the source to ${installation}; expected an empty store`,
        );
      database.prepare("UPDATE meta SET value = ? WHERE name = 'installation'").run(installation);
    },
    async add(events) {
      try {
        database.exec('BEGIN IMMEDIATE');
        for (const event of events) store(event);
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw writeError(error, at);
      }
    },
    async written() {
      return logOf(database, path, ports);
    },
    async finish() {
      database.close();
      if (!isNew) return;
      removeAnchor(path);
      renameSync(at, path);
      // Windows cannot open folders, and needs no flush of them.
      if (process.platform !== 'win32') flush(dirname(path), 'r');
    },
  };

  function store({ stored, body, leaf }: Chained): void {
    const { stream, rev, id } = stored;
    const number = streams.get(stream) ?? Number(addStream.run(stream).lastInsertRowid);
    streams.set(stream, number);
    seq += 1;
    const bytes = [uuidBytes(id), Buffer.from(leaf, 'base64url'), Buffer.from(body)] as const;
    addEvent.run(seq, number, rev, ...bytes);
  }
}

function logOf(database: DatabaseSync, path: string, turns: Turns): RawLog {
  const head = reading(path, () => Number(firstValue(database, 'SELECT coalesce(max(seq), 0) FROM events')));
  return {
    name: path,
    installation: reading(path, () => installationOf(database)),
    head,
    count: head,
    async *pages() {
      const read = database.prepare(
        `SELECT seq, name, rev, lower(hex(id)) AS id, leaf, CAST(body AS TEXT) AS body
         FROM events LEFT JOIN streams ON number = stream WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${pageRows}`,
      );
      for (let last = 0; last < head; ) {
        const after = last;
        const rows = reading(path, () => read.all(after, head));
        yield rows.map((row): RawEvent => {
          const { seq, name, rev, id, leaf, body } = row;
          last += 1;
          if (seq !== last)
            throw new StoreCorrupt(
              `${path}, ${placeOf(database, Number(seq))}: position ${last} is missing before it`,
            );
          const beside = {
            stream: String(name),
            rev: Number(rev),
            id: uuidText(String(id)),
            leaf: Buffer.from(leaf as Uint8Array).toString('base64url'),
          };
          return { position: last, body: String(body), beside };
        });
        await new Promise<void>((resolve) => turns.nextTurn(resolve));
      }
    },
    hasGrown: async () => false,
    async close() {
      if (database.isOpen) database.close();
    },
  };
}

/** Runs a read; SQLite's errors are reported with the file's path. */
function reading<Answer>(path: string, read: () => Answer): Answer {
  try {
    return read();
  } catch (error) {
    throw isDamage(error) ? new StoreCorrupt(path, { cause: error }) : fileError(error, path);
  }
}

function writeError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === codes.full) return new StoreFull({ cause: error });
  if (code === codes.constraint)
    return new StoreCorrupt('two events that claim one id, or one revision of a stream', { cause: error });
  return fileError(error, path);
}
