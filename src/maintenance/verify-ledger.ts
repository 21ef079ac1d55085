import { existsSync, readFileSync } from 'node:fs';
import type { Words } from '../../domain/values/words.js';
import type { LedgerKeyShown } from '../app/ledger/ledger-answers.js';
import { LedgerFile } from '../app/ledger/ledger-file.js';
import type { OnProgress } from '../app/views/make-views.js';
import { ledgerPath, storePath } from '../composition/folder/data-paths.js';
import { StoreRefused } from '../event-store/errors.js';
import { sqliteCode } from '../event-store/sqlite/errors.js';
import { checkSqliteFile, type EventsChecked, type FaultKind } from '../event-store/sqlite/verify.js';
import {
  readCheckpoint,
  requireSigned,
  type SignedCheckpoint,
  WrongSignature,
} from '../ledger/checkpoint.js';
import { isHandedOver } from '../ledger/key-chain.js';
import { Malformed } from '../ledger/malformed.js';
import { GrowingTiles, type GrownTile, hashesIn, type TilePlace, tileWidth } from '../ledger/tiles.js';
import { hashBytes } from '../ledger/tree.js';
import type { Verdict } from '../ledger/verdicts.js';
import { readVerifierKey, type VerifierKey } from '../ledger/vkey.js';
import { counted } from './data-folder.js';
import { ledgerNotesOf } from './ledger-notes.js';

/** A fault of an event, of a checkpoint or of the ledger's own file, as a sentence without its end. */
export interface LedgerFault {
  verdict: Exclude<Verdict, 'ok'>;
  words: Words;
}

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

/** A checkpoint, and where it is from. */
interface Claim {
  place: Words;
  isBrought: boolean;
  signed: SignedCheckpoint;
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

/** The ledger beside a store; undefined if there is none, or none that can be read. */
function ledgerOf(dataPath: string, faults: LedgerFault[]): LedgerFile | undefined {
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

function keptIn(ledger: LedgerFile | undefined, faults: LedgerFault[]): Claim[] {
  return (ledger?.kept() ?? []).flatMap(({ size, note }) => {
    const place = placeIn(size, 'ledger.db');
    try {
      const signed = readCheckpoint(note);
      if (signed.checkpoint.size === size) return [{ place, isBrought: false, signed }];
      faults.push({
        verdict: 'signature-invalid',
        words: at(place, {
          en: `it says ${signed.checkpoint.size} entries`,
          zh: `其中写的是 ${signed.checkpoint.size} 条记录`,
        }),
      });
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      faults.push({ verdict: 'signature-invalid', words: at(place, error.words) });
    }
    return [];
  });
}

function broughtIn(path: string): Claim {
  const signed = readCheckpoint(readFileSync(path));
  return { place: placeIn(signed.checkpoint.size, path), isBrought: true, signed };
}

function placeIn(size: number, file: string): Words {
  return { en: `the checkpoint of ${size} entries in ${file}`, zh: `${file} 中 ${size} 条记录的检查点` };
}

function at(place: Words, found: Words): Words {
  return { en: `${place.en}: ${found.en}`, zh: `${place.zh}：${found.zh}` };
}

/**
 * The keys of the ledger, which hand over to each other; with keys that were brought only those that are connected to
 * one of them.
 */
function keysOf(
  kept: readonly LedgerKeyShown[],
  trusted: readonly VerifierKey[],
  faults: LedgerFault[],
): VerifierKey[] {
  let chain: VerifierKey[] = [];
  for (const one of kept) {
    const { vkey } = one;
    const key = keyIn(vkey);
    if (!key) {
      faults.push({
        verdict: 'signature-invalid',
        words: {
          en: `a key in ledger.db cannot be read: ${JSON.stringify(vkey)}`,
          zh: `ledger.db 中有一个密钥无法读取：${JSON.stringify(vkey)}`,
        },
      });
      continue;
    }
    const before = chain.at(-1);
    if (before && !isHandedOver(before, key, one)) {
      faults.push({
        verdict: 'signature-invalid',
        words: {
          en: `the key ${key.name}+${key.keyId} was not handed over to`,
          zh: `密钥 ${key.name}+${key.keyId} 没有交接记录`,
        },
      });
      // What was brought decides which part of a broken chain counts.
      if (trusted.some(({ keyId }) => chain.some((one) => one.keyId === keyId))) break;
      chain = [];
    }
    chain.push(key);
  }
  if (trusted.length === 0) return chain;
  const isConnected = chain.some(({ keyId }) => trusted.some((one) => one.keyId === keyId));
  return isConnected ? chain : [...trusted];
}

function keyIn(vkey: string): VerifierKey | undefined {
  try {
    return readVerifierKey(vkey);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

function signatureFaults({ place, signed }: Claim, keys: readonly VerifierKey[]): LedgerFault[] {
  try {
    requireSigned(signed, keys);
    return [];
  } catch (error) {
    if (!(error instanceof WrongSignature)) throw error;
    return [{ verdict: 'signature-invalid', words: at(place, error.words) }];
  }
}

function rootFaults(
  { place, isBrought, signed }: Claim,
  events: number,
  roots: ReadonlyMap<number, Buffer | undefined>,
): LedgerFault[] {
  const { size, root } = signed.checkpoint;
  if (size > events)
    return [
      {
        verdict: 'missing',
        words: at(place, {
          en: `the store has ${events} entries, so ${size - events} are missing`,
          zh: `存储中只有 ${events} 条，缺少 ${size - events} 条`,
        }),
      },
    ];
  const found = roots.get(size);
  if (size === 0 || found?.equals(root)) return [];
  const [signedRoot, ofEntries] = [root, found].map((one) => one?.toString('base64'));
  const words = at(place, {
    en: `its root is ${signedRoot}, and that of the entries ${ofEntries}`,
    zh: `其根为 ${signedRoot}，而记录的根为 ${ofEntries}`,
  });
  return [{ verdict: isBrought ? 'not-append-only' : 'root-mismatch', words }];
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
function tileComparison(
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
