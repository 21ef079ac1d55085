import type { Words } from '../../../domain/values/words.js';
import type { OnProgress } from '../../app/views/make-views.js';
import { storePath } from '../../composition/folder/data-paths.js';
import { StoreRefused } from '../../event-store/errors.js';
import { checkSqliteFile, type EventsChecked, type FaultKind } from '../../event-store/sqlite/verify.js';
import { GrowingTiles, tileWidth } from '../../ledger/tiles.js';
import { readVerifierKey } from '../../ledger/vkey.js';
import { counted } from '../data-folder.js';
import { ledgerNotesOf } from '../ledger-notes.js';
import { broughtIn, keptIn, rootFaults, signatureFaults } from './claims.js';
import { ledgerOf, tileComparison } from './kept-ledger.js';
import { keysOf } from './keys-handed-over.js';
import type { LedgerFault } from './ledger-fault.js';

const verdictOf: Readonly<Record<FaultKind, LedgerFault['verdict']>> = {
  content: 'content-changed',
  link: 'link-broken',
  missing: 'missing',
  structure: 'structure-damaged',
  unreadable: 'unreadable',
};

/** What a verification of a data folder found. */
export interface LedgerVerification extends Omit<EventsChecked, 'faults'> {
  dataPath: string;
  /** The root of all events, in base64. */
  root: string;
  /** Checkpoints compared: those kept beside the store, and those brought from elsewhere. */
  checkpoints: { kept: number; brought: number };
  /** The keys by which they were checked, from the first on. */
  keys: string[];
  /** What the log says of its own history: that it continues another one, or was set back. */
  says?: Words[];
  /** None if everything is as it was signed. */
  faults: LedgerFault[];
}

/** What somebody else has kept: checkpoints by the path of their file, and the key of the ledger. */
export interface Brought {
  checkpoints: readonly string[];
  keys: readonly string[];
}

/**
 * Derives the tree again from the stored bytes alone, in the order of the log, and compares it with every checkpoint.
 *
 * @throws StoreInUse the service holds the folder
 * @throws Malformed a file or a key that was brought is not one
 */
export async function verifyLedger(
  dataPath: string,
  brought: Brought,
  onProgress: OnProgress = () => undefined,
): Promise<LedgerVerification> {
  const faults: LedgerFault[] = [];
  const ledger = ledgerOf(dataPath, faults);
  try {
    const trusted = brought.keys.map(readVerifierKey);
    const keys = keysOf(ledger?.keys() ?? [], trusted, faults);
    const claims = [...keptIn(ledger, faults), ...brought.checkpoints.map(broughtIn)];
    for (const claim of claims) faults.push(...signatureFaults(claim, keys));
    const growing = new GrowingTiles();
    const roots = new Map<number, Buffer | undefined>(
      claims.map(({ signed }) => [signed.checkpoint.size, undefined] as const),
    );
    const compareTiles = tileComparison(ledger, faults);
    const checked = await eventsIn(dataPath, onProgress, (leaf) => {
      growing.add(leaf);
      if (growing.size % tileWidth === 0) compareTiles(growing.takeFull());
      if (roots.has(growing.size)) roots.set(growing.size, Buffer.from(growing.root()));
    });
    compareTiles(growing.takeGrown());
    for (const claim of claims) faults.push(...rootFaults(claim, growing.size, roots));
    const { faults: ofEvents, ...found } = checked;
    const { says, wrong } = ledgerNotesOf(dataPath);
    faults.push(...wrong.map((words): LedgerFault => ({ verdict: 'signature-invalid', words })));
    return {
      dataPath,
      ...found,
      root: Buffer.from(growing.root()).toString('base64'),
      checkpoints: { kept: claims.length - brought.checkpoints.length, brought: brought.checkpoints.length },
      keys: keys.map(({ name, keyId }) => `${name}+${keyId}`),
      ...(says.length > 0 ? { says } : {}),
      faults: [...ofEvents.map(({ kind, words }) => ({ verdict: verdictOf[kind], words })), ...faults],
    };
  } finally {
    ledger?.close();
  }
}

async function eventsIn(
  dataPath: string,
  onProgress: OnProgress,
  onLeaf: (leaf: Buffer) => void,
): Promise<EventsChecked> {
  const path = storePath(dataPath);
  try {
    return await checkSqliteFile(path, counted(path, 1, onProgress), onLeaf);
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    return {
      events: 0,
      streams: 0,
      head: 0,
      faults: [{ kind: 'unreadable', words: { en: error.message, zh: `无法读取：${error.message}` } }],
    };
  }
}
