import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { View } from './view.js';

/** SHA-256 in hex over every row of every table of a view, in the order of their columns. */
export function digestOf(view: Pick<View, 'schema'>, db: DatabaseSync): string {
  const digest = createHash('sha256');
  for (const { name, columns } of tablesOf(view)) {
    digest.update(`${name}\n`);
    // All columns, so that the order does not depend on the key.
    const order = Array.from({ length: columns }, (_, index) => index + 1).join(', ');
    const rows = db.prepare(`SELECT * FROM ${name} ORDER BY ${order}`);
    rows.setReturnArrays(true);
    for (const row of rows.iterate()) digest.update(`${JSON.stringify(row)}\n`);
  }
  return digest.digest('hex');
}

function tablesOf({ schema }: Pick<View, 'schema'>): { name: string; columns: number }[] {
  const empty = new DatabaseSync(':memory:');
  try {
    empty.exec(schema);
    const tables = empty
      .prepare(
        `SELECT name, (SELECT count(*) FROM pragma_table_info(sqlite_schema.name)) AS columns FROM sqlite_schema
         WHERE type = 'table' ORDER BY name`,
      )
      .all();
    return tables.map(({ name, columns }) => ({ name: String(name), columns: Number(columns) }));
  } finally {
    empty.close();
  }
}
