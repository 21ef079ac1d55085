import {
  type BigIntStats,
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  destroyed,
  fileOf,
  headBytes,
  headOf,
  type Keys,
  keysIn,
  type Line,
  noKeys,
  takeLines,
  textOf,
  VaultUnusable,
} from './vault-keys.js';
import { inTurn, shownBy, type Turn } from './vault-lock.js';

/** A file is rewritten when that saves this many lines, and at least half of them. */
const mostNeedless = 1_000;

/** A change to write: lines to append, and a subscription or a holder whose key is overwritten. */
export interface Change {
  lines: Line[];
  forgotten?: string;
  /** False if a power failure may lose it. */
  isFlushed?: boolean;
  /** True if the private keys that signed the ledger before are removed from the file. */
  replacesLedgerKey?: boolean;
}

/**
 * The keys of one file, cached in memory. Changes are appended, and other processes read only what was appended, so the
 * cost of reads and changes does not depend on the number of keys.
 *
 * A destroyed key is overwritten in place. A file of the first format is converted at the first change.
 */
export class VaultFile {
  private keys: Keys = noKeys();
  /** The file's stat at the last read. */
  private seen: string | undefined;
  private looking: Promise<void> | undefined;
  private lookingNext: Promise<void> | undefined;

  /** @param newName 16 random bytes in base64url. @throws VaultUnusable */
  constructor(
    private readonly path: string,
    private readonly newName: () => string,
  ) {
    this.catchUp();
  }

  /** The keys at the last read. */
  get held(): Readonly<Keys> {
    return this.keys;
  }

  /** Reads changes of other processes made before the call, without blocking. @throws VaultUnusable */
  look(): Promise<void> {
    if (!this.looking) {
      this.looking = this.lookNow().finally(() => {
        this.looking = undefined;
      });
      return this.looking;
    }
    // The running read may have started too early for this caller; all callers meanwhile share the next one.
    this.lookingNext ??= this.looking
      .catch(() => undefined)
      .then(() => {
        this.lookingNext = undefined;
        return this.look();
      });
    return this.lookingNext;
  }

  /** Reads changes of other processes synchronously. @throws VaultUnusable */
  catchUp(): void {
    const found = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    if (!found) {
      this.forgetAll();
      return;
    }
    this.requireOwn(found);
    if (shownBy(found) === this.seen) return;
    const file = openSync(this.path, 'r');
    try {
      const now = fstatSync(file, { bigint: true });
      const size = Number(now.size);
      const read = (from: number, to: number) => {
        const bytes = Buffer.alloc(Math.max(0, to - from));
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
      };
      if (!this.isSame(read(0, headBytes), size)) this.keys = keysIn(this.path, read(0, size));
      else takeLines(this.path, this.keys, read(this.keys.size, size));
      this.seen = shownBy(now);
    } finally {
      closeSync(file);
    }
  }

  /**
   * Decides on the current keys of the file, and writes the change before another process may decide.
   *
   * @param decide returns undefined for no change
   * @throws VaultUnusable, VaultBusy
   */
  change(decide: (keys: Readonly<Keys>) => Change | undefined): Readonly<Keys> {
    const fresh = `${this.path}.new`;
    for (;;) {
      const isDone = inTurn(fresh, (turn) => {
        this.catchUp();
        const change = decide(this.keys);
        if (!change) return true;
        const { head, needless, subscriptions, holders } = this.keys;
        const isWorth = needless > mostNeedless && needless > subscriptions.size + holders.size;
        const isWhole = head === undefined || isWorth || change.replacesLedgerKey === true;
        return isWhole ? this.replace(fresh, turn, change) : this.add(turn, change);
      });
      if (isDone) return this.keys;
    }
  }

  private async lookNow(): Promise<void> {
    const found = await stat(this.path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!found) return this.forgetAll();
    this.requireOwn(found);
    if (shownBy(found) === this.seen) return;
    const before = this.keys;
    const from = before.size;
    const file = await open(this.path, 'r');
    try {
      const read = async (from: number, to: number) => {
        const bytes = Buffer.alloc(Math.max(0, to - from));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
        return bytes.subarray(0, bytesRead);
      };
      const now = await file.stat({ bigint: true });
      const size = Number(now.size);
      const isSame = this.isSame(await read(0, headBytes), size);
      const bytes = isSame ? await read(from, size) : await read(0, size);
      // A change of this process came in between, and read the same.
      if (this.keys !== before || before.size !== from) return this.lookNow();
      if (isSame) takeLines(this.path, before, bytes);
      else this.keys = keysIn(this.path, bytes);
      this.seen = shownBy(now);
    } finally {
      await file.close();
    }
  }

  /** True if the file is the cached one, possibly longer. The first format is always read whole. */
  private isSame(head: Buffer, size: number): boolean {
    return (
      this.keys.head !== undefined && head.toString('latin1') === this.keys.head && size >= this.keys.size
    );
  }

  private forgetAll(): void {
    this.keys = noKeys();
    this.seen = undefined;
  }

  private requireOwn(found: BigIntStats): void {
    const { path } = this;
    if (!found.isFile())
      throw new VaultUnusable(`The keys at ${path} are not a file; expected one, or nothing yet.`);
    if ((Number(found.mode) & 0o077) === 0) return;
    const seen = (Number(found.mode) & 0o777).toString(8).padStart(4, '0');
    throw new VaultUnusable(
      `The key file ${path} has the mode ${seen}, so accounts other than its owner may use it; expected 0600 (chmod 600 ${path}).`,
    );
  }

  /** Appends; false if another process considered this one dead, and it must be repeated. */
  private add({ isStillMine }: Turn, { lines, forgotten, isFlushed = true }: Change): boolean {
    const { subscriptions, holders } = this.keys;
    const overwritten =
      forgotten === undefined ? undefined : (subscriptions.get(forgotten) ?? holders.get(forgotten));
    if (overwritten?.offset !== undefined) this.overwrite(overwritten.offset);
    const file = openSync(this.path, 'a+');
    try {
      // The last line of a killed process may be incomplete.
      if (fstatSync(file).size > this.keys.size) ftruncateSync(file, this.keys.size);
      writeSync(file, lines.map(textOf).join(''));
      if (isFlushed) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // A process that waited for 2 s may have rewritten the file before this append.
    if (!isStillMine()) return false;
    this.catchUp();
    return true;
  }

  private overwrite(offset: number): void {
    const file = openSync(this.path, 'r+');
    try {
      writeSync(file, destroyed, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** Writes a whole file, which atomically replaces the old one. */
  private replace(fresh: string, { file, isStillMine }: Turn, change: Change): boolean {
    const { lines, forgotten, replacesLedgerKey } = change;
    const kept = this.keys;
    const ledger = replacesLedgerKey ? kept.ledger.map(({ privateKey: _, ...key }) => key) : kept.ledger;
    const subscriptions = new Map(kept.subscriptions);
    const holders = new Map(kept.holders);
    if (forgotten !== undefined) {
      subscriptions.delete(forgotten);
      holders.delete(forgotten);
    }
    const whole = { ...kept, ledger, subscriptions, holders };
    const text = fileOf(whole, headOf(this.newName())) + lines.map(textOf).join('');
    writeSync(file, text);
    fsyncSync(file);
    if (!isStillMine()) return false;
    renameSync(fresh, this.path);
    flushFolder(dirname(this.path));
    this.catchUp();
    return true;
  }
}

function flushFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
