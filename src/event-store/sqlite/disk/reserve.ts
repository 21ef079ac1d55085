import { createCipheriv } from 'node:crypto';
import { constants, lstatSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';

const pieceBytes = 1024 * 1024;

/** A link in the place of the file is not written through: it is taken away like anything that is not the file. */
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** A file that holds room on a disk, to be given up when there is no other. */
export class Reserve {
  private filling: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly bytes: number,
  ) {}

  /** True when the file is there in its whole size. */
  get isHeld(): boolean {
    if (this.filling) return false;
    const found = lstatSync(this.path, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === this.bytes;
  }

  /** Makes the file, beside everything else; what keeps it from being whole takes it away again. */
  fill(): void {
    if (this.isHeld) return;
    this.filling ??= this.write()
      .catch(() => this.remove())
      .finally(() => {
        this.filling = undefined;
      });
  }

  /** Gives its room back to the disk; false when it holds none. */
  giveUp(): boolean {
    if (!this.isHeld) return false;
    this.remove();
    return true;
  }

  /** Resolves when it is no longer being made. */
  async settled(): Promise<void> {
    await this.filling;
  }

  private async write(): Promise<void> {
    const file = await open(this.path, flags, 0o600);
    try {
      for (let left = this.bytes; left > 0; left -= pieceBytes)
        await file.writeFile(incompressible(Math.min(left, pieceBytes)));
    } finally {
      await file.close();
    }
  }

  private remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** Zeroes would hold no room on a disk that compresses. */
function incompressible(bytes: number): Buffer {
  const zeroes = Buffer.alloc(16);
  return createCipheriv('aes-128-ctr', zeroes, zeroes).update(Buffer.alloc(bytes));
}
