import { type Instant, instantAfter } from '../../../domain/values/days/calendar.js';
import type { EventStore } from '../../event-store/event-store.js';
import { signedCheckpoint } from '../../ledger/checkpoint.js';
import type { Signer } from '../../ledger/vkey.js';
import type { World } from '../ports.js';
import type { LedgerKeyShown, LedgerLate, LedgerStanding } from './ledger-answers.js';
import { LedgerFile, type SignedAt } from './ledger-file.js';
import { LogTree } from './log-tree.js';

/** How often the log is looked at, in milliseconds. */
const lookMs = 250;
/** A checkpoint is signed this long after the one before, in milliseconds, or earlier for this many entries. */
const restMs = 1_000;
const mostUnsigned = 1_024;
/** From then on the service reports that an entry waits for a checkpoint. */
const lateSeconds = 60;

/** The keys of the ledger, as they are at the time of the call. */
export interface LedgerKeyRing {
  /** The key that signs, under the name of the ledger. */
  signer(origin: string): Signer;
  /** All keys, from the first on. */
  keys(origin: string): LedgerKeyShown[];
}

/** The dependencies of a ledger. */
export interface LedgerNeeds {
  path: string;
  store: Pick<EventStore, 'leaves' | 'status' | 'generation'>;
  ring: LedgerKeyRing;
  world: Pick<World, 'now' | 'after'>;
  nextTurn(call: () => void): void;
  /** Why this replica does not sign, as a sentence without its end; undefined while it does. */
  whyNotHere(): string | undefined;
  /** The last checkpoint that was signed here, kept outside the data folder; of an embedded store alone. */
  remembered?: { read(): string | undefined; write(note: string): void } | undefined;
  /** Called once for failures of one kind; the ledger tries again. */
  onFailure?: ((error: Error) => void) | undefined;
}

/**
 * Follows the log with its Merkle tree, and signs checkpoints of it: at most 1.25 s after an entry is stored. Appends never
 * wait for it.
 */
export class Ledger {
  readonly file: LedgerFile;
  /** Undefined until it is known to be that of the store. */
  private tree: LogTree | undefined;
  private generation: string | undefined;
  private signedAt: Instant = '1970-01-01T00:00:00.000Z';
  private uncoveredSince: Instant | undefined;
  private failure: Error | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stop: () => void = () => undefined;
  private isClosed = false;

  private constructor(private readonly needs: LedgerNeeds) {
    this.file = new LedgerFile(needs.path);
  }

  /**
   * Opens a ledger and compares it with its store; with a cluster, once that can be read.
   *
   * @throws RolledBack the store is not the one that the ledger has seen, or an earlier state of it
   */
  static async open(needs: LedgerNeeds): Promise<Ledger> {
    const ledger = new Ledger(needs);
    try {
      if (needs.store.leaves.areDense) await ledger.begin();
      return ledger;
    } catch (error) {
      ledger.file.close();
      throw error;
    }
  }

  /** Starts to follow the log. */
  start(): void {
    if (this.isClosed) return;
    this.stop = this.needs.world.after(lookMs, () => void this.look(false).then(() => this.start()));
  }

  /** Covers everything that is stored now by a checkpoint. */
  sign(): Promise<void> {
    return this.look(true);
  }

  standing(): LedgerStanding {
    const why = this.failure?.message ?? this.needs.whyNotHere();
    return {
      size: this.file.last?.size ?? 0,
      lagSeconds: this.lagSeconds(),
      ...(why === undefined ? {} : { why }),
    };
  }

  /** For how long an entry has waited, once that is too long, and the failure that causes it. */
  late(): LedgerLate | undefined {
    const lagSeconds = this.lagSeconds();
    if (lagSeconds < lateSeconds) return undefined;
    return { lagSeconds, ...(this.failure === undefined ? {} : { why: this.failure.message }) };
  }

  private lagSeconds(): number {
    const since = this.uncoveredSince;
    const lagMs = since === undefined ? 0 : Date.parse(this.needs.world.now()) - Date.parse(since);
    return Math.max(0, lagMs) / 1_000;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.stop();
    await this.sign();
    this.file.close();
  }

  /** One look at a time; what fails is tried again at the next. */
  private look(isUrgent: boolean): Promise<void> {
    this.looking = this.looking
      .then(() => this.follow(isUrgent))
      .then(
        () => {
          this.failure = undefined;
        },
        (error: Error) => {
          // What the tree has added may not be in the file.
          this.tree = undefined;
          if (this.failure?.message !== error.message) this.needs.onFailure?.(error);
          this.failure = error;
        },
      );
    return this.looking;
  }

  private async begin(): Promise<void> {
    const { file } = this;
    const { store, nextTurn } = this.needs;
    this.generation = store.generation;
    this.tree = await LogTree.of({ file, store, nextTurn });
    const note = this.needs.remembered?.read();
    if (this.tree && note !== undefined)
      await this.tree.requireContinues(note, this.needs.ring.keys(this.tree.origin));
  }

  private async follow(isUrgent: boolean): Promise<void> {
    const { store, world, whyNotHere } = this.needs;
    if (!this.tree || store.generation !== this.generation) await this.begin();
    const { tree } = this;
    if (!tree) return;
    const signs = whyNotHere() === undefined;
    const waiting = store.status().head - tree.position;
    if (waiting <= 0 && (!signs || this.file.last?.size === tree.size || tree.size === 0)) {
      this.uncoveredSince = undefined;
      return;
    }
    const began = world.now();
    this.uncoveredSince ??= began;
    const isMuch = store.leaves.areDense && waiting >= mostUnsigned;
    if (!isUrgent && !isMuch && began < instantAfter(this.signedAt, restMs)) return;
    await tree.grow();
    if (signs && tree.size > 0) {
      const signed = this.signed(tree);
      tree.commit(signed, this.needs.ring.keys(tree.origin));
      this.needs.remembered?.write(signed.note);
    } else tree.commit();
    this.signedAt = world.now();
    this.uncoveredSince = store.status().head > tree.position ? began : undefined;
  }

  private signed(tree: LogTree): SignedAt {
    const { ring, world } = this.needs;
    const { origin, size } = tree;
    const note = signedCheckpoint({ origin, size, root: Buffer.from(tree.root()) }, ring.signer(origin));
    return { size, at: world.now(), note };
  }
}
