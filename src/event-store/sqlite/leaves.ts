import type { DatabaseSync } from 'node:sqlite';
import { uuidBytes } from '../../../domain/values/uuid.js';
import { StoreCorrupt } from '../errors.js';
import type { Leaves } from '../event-store.js';
import { fileError, installationOf } from './file.js';

/** Of SHA-256. */
const hashBytes = 32;
const bodiesInAPage = 200;

/**
 * The leaves of a store, as its writer has put them beside the bodies.
 *
 * @throws StoreError from each of its reads, if the file is damaged or cannot be read
 */
export function sqliteLeaves(database: DatabaseSync, path: string): Leaves {
  const named = <Found>(read: () => Found): Found => {
    try {
      return read();
    } catch (error) {
      throw fileError(error, path);
    }
  };
  const installation = installationOf(database);
  // In hex: bytes of a column lie outside of Node's heap and take longer.
  const page = database.prepare(
    "SELECT seq, CASE typeof(leaf) WHEN 'blob' THEN hex(leaf) END FROM events WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  page.setReturnArrays(true);
  const bodies = database.prepare(
    `SELECT seq, body FROM events WHERE stream = (SELECT number FROM streams WHERE name = ?) AND rev >= ?
     ORDER BY rev LIMIT ${bodiesInAPage}`,
  );
  bodies.setReturnArrays(true);
  const byId = database.prepare('SELECT seq FROM events WHERE id = ?');
  return {
    areDense: true,
    installation: () => installation,
    after(position, limit) {
      const rows = named(() => page.all(position, limit)) as unknown as [seq: number, leaf: string | null][];
      return rows.map(([seq, hex], index) => {
        if (seq !== position + 1 + index)
          throw new StoreCorrupt(`position ${position + 1 + index}: event ${seq} is there`);
        if (hex?.length !== 2 * hashBytes)
          throw new StoreCorrupt(`position ${seq}: its hash has not ${hashBytes} bytes`);
        return { position: seq, leaf: Buffer.from(hex, 'hex') };
      });
    },
    positionOf(id) {
      const row = named(() => byId.get(uuidBytes(id)));
      return row && Number(row.seq);
    },
    async *bodies(stream) {
      for (let from = 0; ; from += bodiesInAPage) {
        const rows = named(() => bodies.all(stream, from)) as unknown as [seq: number, body: Uint8Array][];
        if (rows.length > 0) yield rows.map(([position, body]) => ({ position, body: Buffer.from(body) }));
        if (rows.length < bodiesInAPage) return;
      }
    },
  };
}
