import { existsSync } from 'node:fs';
import { LedgerFile } from '../../app/ledger/ledger-file.js';
import { ledgerPath } from '../../composition/folder/data-paths.js';
import { sqliteCode } from '../../event-store/sqlite/errors.js';
import { type GrownTile, hashesIn, type TilePlace } from '../../ledger/tiles.js';
import { hashBytes } from '../../ledger/tree.js';
import type { LedgerFault } from './ledger-fault.js';

/** The ledger beside a store; undefined if there is none, or none that can be read. */
export function ledgerOf(dataPath: string, faults: LedgerFault[]): LedgerFile | undefined {
  const path = ledgerPath(dataPath);
  if (!existsSync(path)) return undefined;
  let ledger: LedgerFile | undefined;
  try {
    ledger = new LedgerFile(path, 'read');
    // A damaged file opens and fails at the first read.
    void [ledger.state, ledger.kept(), ledger.keys()];
    return ledger;
  } catch (error) {
    ledger?.close();
    const { message } = error as Error;
    const words = { en: `${path} cannot be read: ${message}`, zh: `${path} 无法读取：${message}` };
    faults.push({ verdict: 'unreadable', words });
    return undefined;
  }
}

/** A tile of the ledger; empty if it cannot be read. */
function tileIn(ledger: LedgerFile | undefined, place: TilePlace): Uint8Array {
  try {
    const hashes = ledger?.tile(place);
    // In a damaged file it may be of another type.
    return hashes instanceof Uint8Array ? hashes : Buffer.alloc(0);
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return Buffer.alloc(0);
  }
}

/** Compares the tiles that the ledger holds with those of the entries, and reports the first that differs. */
export function tileComparison(
  ledger: LedgerFile | undefined,
  faults: LedgerFault[],
): (grown: readonly GrownTile[]) => void {
  let isOver = ledger === undefined;
  const size = ledger?.state.size ?? 0;
  return (grown) => {
    for (const { level, n, hashes } of grown) {
      if (isOver) return;
      // The ledger may lag behind the log.
      const length = Math.min(hashesIn({ level, n }, size) * hashBytes, hashes.length);
      const held = tileIn(ledger, { level, n }).subarray(0, length);
      if (Buffer.compare(held, hashes.subarray(0, length)) === 0) continue;
      faults.push({
        verdict: 'structure-damaged',
        words: {
          en: `ledger.db: tile ${n} of level ${level} is not that of the entries`,
          zh: `ledger.db：第 ${level} 层第 ${n} 块与记录不符`,
        },
      });
      isOver = true;
    }
  };
}
