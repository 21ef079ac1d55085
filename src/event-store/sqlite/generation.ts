import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { anchoredEnd } from './anchor.js';

/** The generation of a store: a UUID assigned at its last reset; undefined if it was never reset. */
export function generationOf(database: DatabaseSync): string | undefined {
  return metaOf(database, 'generation');
}

/**
 * Starts a new generation if a store with events was reset: it has no anchor, as after a restore, or its file is
 * another one than at the last open, as after a copy by hand (docs/decisions/0033).
 *
 * @param newId names the generation
 */
export function settleGeneration(database: DatabaseSync, path: string, newId: () => string): void {
  if (path === ':memory:') return;
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  const file = `${ino} ${birthtimeNs}`;
  const known = metaOf(database, 'file');
  const isMoved = known !== undefined && known !== file;
  const hasEvents = database.prepare('SELECT 1 FROM events LIMIT 1').get() !== undefined;
  if (hasEvents && (isMoved || !anchoredEnd(path))) setMeta(database, 'generation', newId());
  if (known !== file) setMeta(database, 'file', file);
}

function metaOf(database: DatabaseSync, name: string): string | undefined {
  return database.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.value as string | undefined;
}

function setMeta(database: DatabaseSync, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(name, value);
}
