import { createCipheriv } from 'node:crypto';
import { constants, lstatSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';

const pieceBytes = 1024 * 1024;

/** A symbolic link in place of the file is not followed: it is removed like anything else. */
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** A file that reserves disk space, deleted when there is no other space. */
export class Reserve {
  private filling: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly bytes: number,
  ) {}

  /** True if the file exists in its full size. */
  get isHeld(): boolean {
    if (this.filling) return false;
    const found = lstatSync(this.path, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === this.bytes;
  }

  /** Creates the file in the background; an incomplete file is removed. */
  fill(): void {
    if (this.isHeld) return;
    this.filling ??= this.write()
      .catch(() => this.remove())
      .finally(() => {
        this.filling = undefined;
      });
  }

  /** Releases the space; false if it holds none. */
  giveUp(): boolean {
    if (!this.isHeld) return false;
    this.remove();
    return true;
  }

  /** Resolves when creation has ended. */
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

/** A compressing file system would store zeroes in no space. */
function incompressible(bytes: number): Buffer {
  const zeroes = Buffer.alloc(16);
  return createCipheriv('aes-128-ctr', zeroes, zeroes).update(Buffer.alloc(bytes));
}
