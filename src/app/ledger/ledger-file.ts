import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { readCheckpoint, type SignedCheckpoint } from '../../ledger/checkpoint.js';
import type { GrownTile, TilePlace, Tiles } from '../../ledger/tiles.js';
import type { LedgerKeyShown } from './ledger-answers.js';

/** Levels that a key of a tile leaves room for. */
const mostLevels = 64;
/** Characters of an instant that name its hour: of each hour the last checkpoint is kept. */
const hourLength = '2026-01-01T00'.length;

const layout = `
  CREATE TABLE tree (origin TEXT NOT NULL, size INTEGER NOT NULL, position INTEGER NOT NULL) STRICT;
  INSERT INTO tree VALUES ('', 0, 0);
  CREATE TABLE tile (key INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
  CREATE TABLE place (position INTEGER PRIMARY KEY, leaf INTEGER NOT NULL) STRICT;
  CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, at TEXT NOT NULL, note TEXT NOT NULL) STRICT;
  CREATE TABLE key (vkey TEXT PRIMARY KEY, since TEXT NOT NULL, handover TEXT) STRICT;
`;
/** What the second version of the layout added. */
const cosignatures = `
  CREATE TABLE cosignature (
    size INTEGER NOT NULL, vkey TEXT NOT NULL, at TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, vkey)
  ) STRICT;
  PRAGMA user_version = 2;
`;

/** A checkpoint as it was signed. */
export interface SignedAt {
  size: number;
  at: Instant;
  /** The signed note (C2SP tlog-checkpoint), with the cosignatures that were handed in. */
  note: string;
}

/** A cosignature by the name and id of its key, when it was made, and its line with its line feed. */
export interface CosignatureKept {
  vkey: string;
  at: Instant;
  line: string;
}

/** What the tree covers: its name, its leaves, and the position of the event of the last one. */
export interface TreeState {
  /** Empty before the first event. */
  origin: string;
  size: number;
  position: number;
}

/** A change of the file, written whole or not at all. */
export interface Growth {
  state: TreeState;
  tiles: readonly GrownTile[];
  /** The leaves by the position of their event, of a log with gaps. */
  places: readonly { position: number; leaf: number }[];
  checkpoint?: SignedAt | undefined;
  /** The keys that sign and signed, with a checkpoint. */
  keys?: readonly LedgerKeyShown[];
}

/**
 * The tree of a log and its checkpoints, in a file beside the store.
 *
 * Tiles can be computed again from the log; checkpoints are evidence. A commit that a power cut undoes is made again.
 */
export class LedgerFile implements Tiles {
  private readonly readTile;
  private readonly writeTile;
  private readonly db: DatabaseSync;
  /** False for a file of the first version that is only read. */
  private readonly hasCosignatures: boolean;

  /**
   * @param use `read` opens an existing file and leaves it as it is
   * @throws an error of SQLite, if it is not a ledger
   */
  constructor(path: string, use: 'write' | 'read' = 'write') {
    this.db = opened(path, use === 'read');
    this.hasCosignatures = versionOf(this.db) > 1;
    this.readTile = this.db.prepare('SELECT hashes FROM tile WHERE key = ?');
    this.writeTile = this.db.prepare('INSERT OR REPLACE INTO tile VALUES (?, ?)');
  }

  get state(): TreeState {
    const row = this.db.prepare('SELECT origin, size, position FROM tree').get();
    return { origin: String(row?.origin), size: Number(row?.size), position: Number(row?.position) };
  }

  tile(place: TilePlace): Uint8Array | undefined {
    return this.readTile.get(keyOf(place))?.hashes as Uint8Array | undefined;
  }

  /** The leaf of the event at a position, counted from 0; undefined if the tree has none. */
  leafAt(position: number): number | undefined {
    const row = this.db.prepare('SELECT leaf FROM place WHERE position = ?').get(position);
    return row && Number(row.leaf);
  }

  /** The position before the last so many leaves of a log with gaps; 0 if there are no more. */
  positionBefore(count: number): number {
    const before = 'SELECT position FROM place ORDER BY position DESC LIMIT 1 OFFSET ?';
    return Number(this.db.prepare(before).get(count)?.position ?? 0);
  }

  /** The last checkpoint. */
  get last(): SignedAt | undefined {
    return this.checkpoints('ORDER BY size DESC LIMIT 1')[0];
  }

  /** The checkpoint of a size, if it is kept. */
  checkpointOf(size: number): SignedAt | undefined {
    return this.checkpoints('WHERE size = ?', size)[0];
  }

  /** The checkpoints kept: the last one of each hour, smallest first. */
  kept(): SignedAt[] {
    return this.checkpoints('ORDER BY size');
  }

  /** The keys of the checkpoints, from the first on, as far as they were known with the last one. */
  keys(): LedgerKeyShown[] {
    const rows = this.db.prepare('SELECT vkey, since, handover FROM key ORDER BY since, rowid').all();
    return rows.map(({ vkey, since, handover }) => ({
      vkey: String(vkey),
      since: String(since),
      ...(handover === null ? {} : { handover: String(handover) }),
    }));
  }

  commit({ state: { origin, size, position }, tiles, places, checkpoint, keys = [] }: Growth): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      for (const tile of tiles) this.writeTile.run(keyOf(tile), tile.hashes);
      if (places.length > 0) {
        const place = this.db.prepare('INSERT OR REPLACE INTO place VALUES (?, ?)');
        for (const { position, leaf } of places) place.run(position, leaf);
      }
      this.db.prepare('UPDATE tree SET origin = ?, size = ?, position = ?').run(origin, size, position);
      if (checkpoint) this.addCheckpoint(checkpoint);
      const addKey = 'INSERT OR IGNORE INTO key VALUES (?, ?, ?)';
      for (const { vkey, since, handover } of keys)
        this.db.prepare(addKey).run(vkey, since, handover ?? null);
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Removes the tree, which is then built again from the log; checkpoints stay. */
  clearTree(): void {
    this.db.exec(
      'BEGIN IMMEDIATE; DELETE FROM tile; DELETE FROM place; UPDATE tree SET size = 0, position = 0; COMMIT',
    );
  }

  close(): void {
    this.db.close();
  }

  /** The last checkpoint of at most so many entries with a cosignature or a time stamp that is wanted. */
  lastCosigned(most: number, isWanted: (signed: SignedCheckpoint) => boolean): SignedAt | undefined {
    const cosigned = 'SELECT DISTINCT size FROM cosignature WHERE size <= ? ORDER BY size DESC';
    for (const { size } of this.db.prepare(cosigned).all(most)) {
      const found = this.checkpointOf(Number(size));
      if (found && isWanted(readCheckpoint(found.note))) return found;
    }
    return undefined;
  }

  /** Adds cosignatures to a checkpoint. Of each key and hour the last cosigned checkpoint stays. */
  addCosignatures(checkpoint: SignedAt, cosignatures: readonly CosignatureKept[]): void {
    const { size, at, note } = checkpoint;
    const hour = at.slice(0, hourLength);
    this.db.exec('BEGIN IMMEDIATE');
    try {
      this.db.prepare('INSERT OR IGNORE INTO checkpoint VALUES (?, ?, ?)').run(size, at, note);
      for (const one of cosignatures) {
        const smaller =
          'DELETE FROM cosignature WHERE vkey = ? AND size < ? AND size IN (SELECT size FROM checkpoint WHERE substr(at, 1, ?) = ?)';
        this.db.prepare(smaller).run(one.vkey, size, hourLength, hour);
        const add =
          'INSERT INTO cosignature VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, line = excluded.line WHERE excluded.at > at';
        this.db.prepare(add).run(size, one.vkey, one.at, one.line);
      }
      this.removeOlderOf(hour);
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Removes the checkpoints of an hour but its last one and those with cosignatures. */
  private removeOlderOf(hour: string): void {
    const inHour = 'SELECT max(size) FROM checkpoint WHERE substr(at, 1, ?1) = ?2';
    const older = `DELETE FROM checkpoint WHERE substr(at, 1, ?1) = ?2 AND size NOT IN (SELECT size FROM cosignature) AND size < (${inHour})`;
    this.db.prepare(older).run(hourLength, hour);
  }

  private addCheckpoint({ size, at, note }: SignedAt): void {
    this.db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)').run(size, at, note);
    this.removeOlderOf(at.slice(0, hourLength));
  }

  private checkpoints(which: string, ...values: number[]): SignedAt[] {
    const lines = this.hasCosignatures
      ? "coalesce((SELECT group_concat(line, '' ORDER BY vkey) FROM cosignature WHERE cosignature.size = checkpoint.size), '')"
      : "''";
    const asked = `SELECT size, at, note || ${lines} AS note FROM checkpoint ${which}`;
    const rows = this.db.prepare(asked).all(...values);
    return rows.map(({ size, at, note }) => ({ size: Number(size), at: String(at), note: String(note) }));
  }
}

const keyOf = ({ level, n }: TilePlace): number => n * mostLevels + level;

function opened(path: string, isToRead: boolean): DatabaseSync {
  if (!isToRead && path !== ':memory:' && !existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path);
  try {
    if (!isToRead)
      db.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const version = versionOf(db);
    if (version > 2 || (version === 0 && isToRead))
      throw new Error(`${path} has layout ${version}, and this version knows 1 and 2; use a newer version.`);
    if (version < 2 && !isToRead) db.exec(`BEGIN; ${version === 0 ? layout : ''} ${cosignatures} COMMIT`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}
