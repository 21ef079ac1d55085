import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A stored row of the events of a store. */
export interface Row {
  seq: number;
  stream: string;
  rev: number;
  id: Buffer;
  leaf: Buffer;
  body: Buffer;
}

/** The rows of a store up to an unreadable one, without the program that wrote them; the files are not changed. */
export function rowsIn(path: string, scratch: string): Row[] {
  const suffixes = ['', '-wal'];
  for (const suffix of suffixes) if (existsSync(path + suffix)) copyFileSync(path + suffix, scratch + suffix);
  const rows: Row[] = [];
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(scratch);
    const read = database.prepare(
      'SELECT seq AS seq, name AS name, rev AS rev, id AS id, leaf AS leaf, body AS body FROM events NOT INDEXED LEFT JOIN streams ON number = stream ORDER BY seq',
    );
    for (const row of read.iterate()) {
      const bytes = (value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
      rows.push({
        seq: Number(row.seq),
        stream: String(row.name),
        rev: Number(row.rev),
        id: bytes(row.id),
        leaf: bytes(row.leaf),
        body: bytes(row.body),
      });
    }
  } catch {
    // The rows read until then count.
  } finally {
    database?.close();
    for (const suffix of [...suffixes, '-shm', '-journal']) rmSync(scratch + suffix, { force: true });
  }
  return rows;
}

/** The position of the first changed row; undefined if there is none. */
export function firstOther(original: readonly Row[], found: readonly Row[]): number | undefined {
  const index = original.findIndex((row, at) => {
    const other = found[at];
    if (!other || other.seq !== row.seq || other.stream !== row.stream || other.rev !== row.rev) return true;
    return !other.id.equals(row.id) || !other.leaf.equals(row.leaf) || !other.body.equals(row.body);
  });
  if (index !== -1) return original[index]?.seq;
  return found.length > original.length ? found[original.length]?.seq : undefined;
}
