import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerFile, type SignedAt } from '../app/ledger/ledger-file.js';
import { ledgerPath } from '../composition/folder/data-paths.js';
import { StoreRefused } from '../event-store/errors.js';
import { readCheckpoint, requireSigned, type SignedCheckpoint } from '../ledger/checkpoint.js';
import { Fork } from '../ledger/fork.js';
import { noteText, signatureLine } from '../ledger/note.js';
import { TiledTree } from '../ledger/tiles.js';
import { type Anchor, anchorLine, anchorsIn, isOf, readTimestamp } from '../ledger/timestamp.js';
import { rootOf } from '../ledger/tree.js';
import { readVerifierKey } from '../ledger/vkey.js';

/** An anchor that was added to a checkpoint. */
export interface AnchorAdded {
  /** Entries of the checkpoint. */
  size: number;
  name: string;
  /** When the authority stamped it. */
  at: string;
}

/** The last checkpoint of a data folder, whose service may run. @throws StoreRefused there is none */
export function lastCheckpointOf(dataPath: string): string {
  return withLedger(dataPath, 'read', ({ last }) => {
    if (last) return last.note;
    throw new StoreRefused(
      ledgerPath(dataPath),
      'there is no checkpoint yet; a service signs one with the first entry',
    );
  });
}

/**
 * Keeps a time stamp with the checkpoint that it is of: one that the folder keeps, or one that is brought.
 *
 * @throws Malformed it is no time stamp, or not of this checkpoint
 * @throws WrongSignature, Fork a checkpoint that was brought is not of this ledger
 * @throws StoreRefused the folder keeps no checkpoint that it is of
 */
export function addAnchor(
  dataPath: string,
  { name, response, brought }: { name: string; response: Buffer; brought?: SignedCheckpoint },
): AnchorAdded {
  const { imprint, at } = readTimestamp(response);
  return withLedger(dataPath, 'write', (ledger) => {
    const found = brought ? broughtTo(ledger, brought, at) : undefined;
    const stamped = [...ledger.kept(), ...(found ? [found] : [])].find(({ note }) =>
      isOf(readCheckpoint(note).note.text, imprint),
    );
    if (!stamped)
      throw new StoreRefused(
        ledgerPath(dataPath),
        'it keeps no checkpoint that this time stamp is of; give the one that was sent by --checkpoint',
      );
    const line = anchorLine(name, response);
    const own = readCheckpoint(stamped.note).note;
    ledger.addCosignatures({ ...stamped, note: noteText(own) }, [
      { vkey: `${line.name}+${line.keyId}`, at, line: `${signatureLine(line)}\n` },
    ]);
    return { size: stamped.size, name, at };
  });
}

/** The checkpoints of a data folder that have anchors. */
export function anchoredIn(dataPath: string): SignedCheckpoint[] {
  return withLedger(dataPath, 'read', (ledger) =>
    ledger
      .kept()
      .map(({ note }) => readCheckpoint(note))
      .filter(({ note }) => anchorsIn(note).length > 0),
  );
}

/** What openssl says of a time stamp. */
export type OpensslSays = 'valid' | 'absent' | { refuses: string };

/**
 * Has openssl verify the time stamp of a text, with certificates as they were at its time.
 *
 * @param ca the file of the certificates that are trusted
 */
export function verifiedByOpenssl(text: string, { response, at }: Anchor, ca: string): OpensslSays {
  const folder = mkdtempSync(join(tmpdir(), 'topout-anchor-'));
  try {
    const [data, reply] = [join(folder, 'checkpoint'), join(folder, 'response.tsr')];
    writeFileSync(data, text);
    writeFileSync(reply, response);
    const time = String(Math.floor(Date.parse(at) / 1_000));
    const args = ['ts', '-verify', '-data', data, '-in', reply, '-CAfile', ca, '-attime', time];
    const { error, status, stdout, stderr } = spawnSync('openssl', args, {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return 'absent';
    if (error) return { refuses: error.message };
    if (status === 0 && stdout.includes('Verification: OK')) return 'valid';
    return { refuses: reasonIn(stderr) ?? `status ${status}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The reason in the last line of openssl, `thread:error:code:library:function:reason:file:line:more`. */
function reasonIn(stderr: string): string | undefined {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const [, error, , , , reason, , , ...more] = last.split(':');
  if (error !== 'error' || !reason) return last || undefined;
  return [reason, ...more].filter(Boolean).join(': ');
}

/** A checkpoint that was brought, with its own signatures alone. */
function broughtTo(ledger: LedgerFile, { checkpoint, note }: SignedCheckpoint, at: string): SignedAt {
  const keys = ledger.keys().map(({ vkey }) => readVerifierKey(vkey));
  requireSigned({ checkpoint, note }, keys);
  const { size, root } = checkpoint;
  if (size > ledger.state.size || !root.equals(rootOf(new TiledTree(ledger), size)))
    throw new Fork('not-append-only', {
      en: `The checkpoint of ${size} entries has another root than the ledger at that size.`,
      zh: `含 ${size} 条的检查点与账本在该大小的根散列不同。`,
    });
  const signatures = note.signatures.filter(({ keyId }) => keys.some((key) => key.keyId === keyId));
  return { size, at, note: noteText({ text: note.text, signatures }) };
}

function withLedger<Result>(
  dataPath: string,
  use: 'read' | 'write',
  work: (ledger: LedgerFile) => Result,
): Result {
  const path = ledgerPath(dataPath);
  if (!existsSync(path))
    throw new StoreRefused(path, 'there is no ledger yet; a service makes it with the first entry');
  const ledger = new LedgerFile(path, use);
  try {
    return work(ledger);
  } finally {
    ledger.close();
  }
}

/** The notes in a file: a checkpoint, or those in the head of a bundle. @throws Malformed */
export function notesIn(path: string): SignedCheckpoint[] {
  const text = readFileSync(path, 'utf8');
  if (!text.startsWith('topout-bundle/')) return [readCheckpoint(text)];
  const head = text.slice(0, text.indexOf('\nhead ') + 1).split('\n');
  return head.flatMap((line, at) => {
    const count = /^(?:checkpoint|earlier) ([1-9]\d{0,3})$/.exec(line)?.[1];
    return count === undefined
      ? []
      : [readCheckpoint(`${head.slice(at + 1, at + 1 + Number(count)).join('\n')}\n`)];
  });
}
