import { setTimeout as sleep } from 'node:timers/promises';
import type { GrowthProof, LedgerKeys } from '../../app/ledger/ledger-answers.js';
import { type Checkpoint, readCheckpoint, type SignedCheckpoint } from '../../ledger/checkpoint.js';
import { Fork } from '../../ledger/fork.js';
import type { PublishedKey } from '../../ledger/key-chain.js';
import { base64Bytes } from '../../ledger/malformed.js';
import { hashesIn, tilePath, tileWidth } from '../../ledger/tiles.js';
import { Frontier, hashBytes } from '../../ledger/tree.js';
import type { Client } from '../client/client.js';
import { Failure } from '../client/failure.js';

/** Between two looks at a log that is behind, in milliseconds. */
const againMs = 1_000;

/** A log as one address shows it. */
export class ShownLog {
  /** @param patienceMs how long it may be behind: a replica that is asked may not be the one that was asked before */
  constructor(
    readonly client: Client,
    private readonly patienceMs: number,
  ) {}

  /** The latest checkpoint; one of fewer entries than expected is asked for again until the patience ends. */
  checkpoint(leastSize: number): Promise<SignedCheckpoint> {
    return this.patiently(
      async () => readCheckpoint((await this.client.get<string>('ledger/checkpoint')).body),
      ({ checkpoint }) => checkpoint.size >= leastSize,
    );
  }

  async keys(): Promise<readonly PublishedKey[]> {
    return (await this.client.get<LedgerKeys>('ledger/keys')).body.keys;
  }

  /** The hashes that are to prove that a checkpoint continues a smaller one; none for equal sizes and an empty one. */
  async proof(from: Checkpoint, to: Checkpoint): Promise<Uint8Array[]> {
    if (from.size === to.size || from.size === 0) return [];
    const query = { from: String(from.size), to: String(to.size) };
    const { body } = await this.patiently(() => this.client.get<GrowthProof>('ledger/consistency', query));
    // What is no hash proves nothing, and neither does the rest.
    return body.hashes.map((hash) => base64Bytes(hash) ?? Buffer.alloc(0));
  }

  /** Computes the roots of the log again from all its leaves. @throws Fork `root-mismatch` */
  async requireRoots(checkpoint: Checkpoint, kept: Checkpoint | undefined): Promise<void> {
    const tree = new Frontier();
    const { size } = checkpoint;
    for (let n = 0; n * tileWidth < size; n += 1) {
      const width = hashesIn({ level: 0, n }, size);
      const path = `ledger/tile/${tilePath({ level: 0, n }, width)}`;
      const bytes = await this.patiently(() => this.client.bytes(path));
      for (let at = 0; at + hashBytes <= bytes.length && tree.size < size; at += hashBytes) {
        tree.add(bytes.subarray(at, at + hashBytes));
        if (tree.size === kept?.size) requireRoot(kept, tree);
      }
    }
    requireRoot(checkpoint, tree);
  }

  private async patiently<Read>(
    read: () => Promise<Read>,
    isEnough: (found: Read) => boolean = () => true,
  ): Promise<Read> {
    for (let waitedMs = 0; ; waitedMs += againMs) {
      const isLast = waitedMs >= this.patienceMs;
      try {
        const found = await read();
        if (isLast || isEnough(found)) return found;
      } catch (error) {
        if (isLast || !isBehind(error)) throw error;
      }
      await sleep(againMs);
    }
  }
}

/** True of the answer of a replica that has not seen a size yet. */
function isBehind(error: unknown): boolean {
  return error instanceof Failure && /ledger-(size-invalid|behind)$|tile-unknown$/.test(error.problem.type);
}

function requireRoot({ size, root }: Checkpoint, tree: Frontier): void {
  const found = Buffer.from(tree.root());
  if (tree.size === size && found.equals(root)) return;
  throw new Fork('root-mismatch', {
    en: `The ${tree.size} leaves of the log have the root ${found.toString('base64')}; signed for ${size} entries is ${root.toString('base64')}.`,
    zh: `日志的 ${tree.size} 个叶节点的根散列为 ${found.toString('base64')}；${size} 条记录签名的根散列为 ${root.toString('base64')}。`,
  });
}
