import type { EventStore, LeafAt } from '../../event-store/event-store.js';
import { type Checkpoint, readCheckpoint, requireSigned, WrongSignature } from '../../ledger/checkpoint.js';
import { Malformed } from '../../ledger/malformed.js';
import { GrowingTiles, TiledTree, tileWidth } from '../../ledger/tiles.js';
import { rootOf } from '../../ledger/tree.js';
import { readVerifierKey } from '../../ledger/vkey.js';
import type { LedgerKeyShown } from './ledger-answers.js';
import type { LedgerFile, SignedAt } from './ledger-file.js';
import { RolledBack } from './rolled-back.js';

/** Leaves added in one turn, and written in one commit. */
const leavesATurn = 256;
const leavesACommit = 8_192;

/** The dependencies of a tree. */
export interface TreeNeeds {
  file: LedgerFile;
  store: Pick<EventStore, 'leaves' | 'status'>;
  nextTurn(call: () => void): void;
}

/** The name of a ledger in its checkpoints. */
export const originOf = (installation: string): string => `topout/${installation}`;

/** The Merkle tree of a log: it grows with the log and is kept in a file. */
export class LogTree {
  /** The position of the event of its last leaf. */
  position: number;
  private unwritten = 0;
  private places: { position: number; leaf: number }[] = [];

  private constructor(
    readonly origin: string,
    private readonly growing: GrowingTiles,
    private readonly needs: TreeNeeds,
  ) {
    this.position = needs.file.state.position;
  }

  get size(): number {
    return this.growing.size;
  }

  /**
   * The tree in a file, once it is known to be that of the store; undefined while a cluster cannot tell.
   *
   * @throws RolledBack
   */
  static async of(needs: TreeNeeds): Promise<LogTree | undefined> {
    const { file, store } = needs;
    const installation = store.leaves.installation();
    if (installation === undefined) return undefined;
    const origin = originOf(installation);
    const { state, last } = file;
    if (state.origin !== '' && state.origin !== origin)
      throw new RolledBack(`the store is that of ${origin}, and the ledger beside it is of ${state.origin}`);
    const { head, state: standing } = store.status();
    if (head < state.position && standing !== 'up') return undefined;
    if (isWhole(file, last)) {
      const tree = new LogTree(origin, GrowingTiles.from(file, state.size), needs);
      await tree.compareEnd();
      return tree;
    }
    // Tiles are lost, which the log has again.
    file.clearTree();
    const tree = new LogTree(origin, new GrowingTiles(), needs);
    await tree.grow();
    tree.commit();
    if (last && !isWhole(file, last))
      throw new RolledBack(`the ledger has signed ${last.size} entries, and the store has others`);
    return tree;
  }

  /**
   * Compares the log with a checkpoint that was remembered elsewhere; one of another ledger, or by other keys, says nothing of it.
   *
   * @throws RolledBack
   */
  async requireContinues(note: string, keys: readonly LedgerKeyShown[]): Promise<void> {
    const signed = signedIn(note, keys);
    if (signed?.origin !== this.origin) return;
    const { size, root } = signed;
    if (size > this.needs.file.state.size) {
      // The ledger may lag behind the store.
      await this.grow();
      this.commit();
    }
    if (size > this.size)
      throw new RolledBack(`the store has ${this.size} entries, and the ledger has signed ${size}`);
    if (Buffer.compare(rootOf(new TiledTree(this.needs.file), size), root) !== 0)
      throw new RolledBack(`the ledger has signed ${size} entries, and the store has others`);
  }

  root(): Uint8Array {
    return this.growing.root();
  }

  /** Adds the leaves up to the end of the log, in turns. */
  async grow(): Promise<void> {
    for (;;) {
      const page = await this.needs.store.leaves.after(this.position, leavesATurn);
      if (page.length === 0) return;
      this.add(page);
      if (this.unwritten >= leavesACommit) this.commit();
      await new Promise<void>((resolve) => this.needs.nextTurn(resolve));
    }
  }

  /** Writes the tree, with a checkpoint of it and the keys of the ledger. */
  commit(checkpoint?: SignedAt, keys: readonly LedgerKeyShown[] = []): void {
    const { origin, size, position, places } = this;
    const state = { origin, size, position };
    this.needs.file.commit({ state, tiles: this.growing.takeGrown(), places, checkpoint, keys });
    this.places = [];
    this.unwritten = 0;
  }

  private add(page: readonly LeafAt[]): void {
    const hasGaps = !this.needs.store.leaves.areDense;
    for (const { position, leaf } of page) {
      if (hasGaps) this.places.push({ position, leaf: this.size });
      this.growing.add(leaf);
      this.position = position;
    }
    this.unwritten += page.length;
  }

  /** Compares the last leaves with those of the store. @throws RolledBack */
  private async compareEnd(): Promise<void> {
    const { file, store } = this.needs;
    const count = Math.min(this.size, tileWidth);
    const first = this.size - count;
    const tree = new TiledTree(file);
    let position = store.leaves.areDense ? first : file.positionBefore(count);
    for (let index = first; index < this.size; ) {
      const page = await store.leaves.after(position, this.size - index);
      if (page.length === 0)
        throw new RolledBack(
          `the store has ${store.leaves.areDense ? store.status().head : index} entries, and the ledger has seen ${this.size}`,
        );
      for (const { position: at, leaf } of page) {
        if (Buffer.compare(leaf, tree.hashOf(0, index)) !== 0)
          throw new RolledBack(
            `entry ${index + 1} of the store is not the one that the ledger has seen there`,
          );
        index += 1;
        position = at;
      }
    }
  }
}

/** True if the tiles hold the tree of a checkpoint. */
function isWhole(file: LedgerFile, last: SignedAt | undefined): boolean {
  const { size } = file.state;
  try {
    GrowingTiles.from(file, size);
    if (!last) return true;
    const { root } = readCheckpoint(last.note).checkpoint;
    return last.size <= size && Buffer.compare(rootOf(new TiledTree(file), last.size), root) === 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What a checkpoint says, if one of these keys signed it. */
function signedIn(note: string, keys: readonly LedgerKeyShown[]): Checkpoint | undefined {
  try {
    const signed = readCheckpoint(note);
    requireSigned(
      signed,
      keys.map(({ vkey }) => readVerifierKey(vkey)),
    );
    return signed.checkpoint;
  } catch (error) {
    if (error instanceof Malformed || error instanceof WrongSignature) return undefined;
    throw error;
  }
}
