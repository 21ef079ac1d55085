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

/** A new file takes the place of the old one when it saves so many lines, and at least half of them. */
const mostNeedless = 1_000;

/** What is to be written: lines for the end of the file, and a subscription whose key is to be overwritten. */
export interface Change {
  lines: Line[];
  forgotten?: string;
  /** False for what may be lost when the power fails. */
  isFlushed?: boolean;
}

/**
 * The keys of one file, held in memory. A change is appended, and others who share the file read only what was appended:
 * neither a question nor a change takes longer with the number of keys.
 *
 * A destroyed key is overwritten in its place. A file of the first format becomes one of the second at the first change.
 */
export class VaultFile {
  private keys: Keys = noKeys();
  /** How the file looked when it was last read. */
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

  /** The keys as they were last read. */
  get held(): Readonly<Keys> {
    return this.keys;
  }

  /** Takes in what other processes have written before it was called, without holding up this one. @throws VaultUnusable */
  look(): Promise<void> {
    if (!this.looking) {
      this.looking = this.lookNow().finally(() => {
        this.looking = undefined;
      });
      return this.looking;
    }
    // The read under way may have begun too early for this caller; all callers meanwhile share the next one.
    this.lookingNext ??= this.looking
      .catch(() => undefined)
      .then(() => {
        this.lookingNext = undefined;
        return this.look();
      });
    return this.lookingNext;
  }

  /** Takes in what other processes have written, at once. @throws VaultUnusable */
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
   * Decides on the keys as they are in the file, and writes the change before another process may decide.
   *
   * @param decide undefined when nothing is to change
   * @throws VaultUnusable, VaultBusy
   */
  change(decide: (keys: Readonly<Keys>) => Change | undefined): Readonly<Keys> {
    const fresh = `${this.path}.new`;
    for (;;) {
      const isDone = inTurn(fresh, (turn) => {
        this.catchUp();
        const change = decide(this.keys);
        if (!change) return true;
        const { head, needless, subscriptions } = this.keys;
        const isWorth = needless > mostNeedless && needless > subscriptions.size;
        return head === undefined || isWorth ? this.replace(fresh, turn, change) : this.add(turn, change);
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
      // A change of this process came in between, and took in the same.
      if (this.keys !== before || before.size !== from) return this.lookNow();
      if (isSame) takeLines(this.path, before, bytes);
      else this.keys = keysIn(this.path, bytes);
      this.seen = shownBy(now);
    } finally {
      await file.close();
    }
  }

  /** True when the file is the one that is held, maybe longer. One of the first format is always read whole. */
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
      `The file of keys ${path} has the mode ${seen}, so others than its owner may use it; expected 0600 (chmod 600 ${path}).`,
    );
  }

  /** Appends; false when another process took this one for gone, and it is to be done again. */
  private add({ isStillMine }: Turn, { lines, forgotten, isFlushed = true }: Change): boolean {
    const overwritten = forgotten === undefined ? undefined : this.keys.subscriptions.get(forgotten);
    if (overwritten?.offset !== undefined) this.overwrite(overwritten.offset);
    const file = openSync(this.path, 'a+');
    try {
      // What a process that was killed wrote last may not be whole.
      if (fstatSync(file).size > this.keys.size) ftruncateSync(file, this.keys.size);
      writeSync(file, lines.map(textOf).join(''));
      if (isFlushed) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // A process that waited for 2 s may have copied the file to a new one before this was appended.
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

  /** Writes a whole file, which takes the place of the old one at once. */
  private replace(fresh: string, { file, isStillMine }: Turn, { lines, forgotten }: Change): boolean {
    const kept = this.keys;
    const subscriptions = new Map(kept.subscriptions);
    if (forgotten !== undefined) subscriptions.delete(forgotten);
    const text = fileOf({ ...kept, subscriptions }, headOf(this.newName())) + lines.map(textOf).join('');
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
