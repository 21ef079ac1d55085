import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const mebibyte = 1024 * 1024;

/** A disk of a few MiB that other programs fill and that can be enlarged. */
export class SmallDisk {
  private others = 0;

  private constructor(readonly path: string) {}

  /** Mounts one in memory, which needs administrator rights; undefined without them. */
  static mount(path: string, mebibytes: number): SmallDisk | undefined {
    mkdirSync(path, { recursive: true });
    return mounted('-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path)
      ? new SmallDisk(path)
      : undefined;
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return bavail * bsize;
  }

  /** Fills the disk like another program, down to a number of free bytes. */
  fillUpTo(leftBytes: number): void {
    for (let surplus = this.freeBytes - leftBytes; surplus > 0; surplus = this.freeBytes - leftBytes) {
      const bytes = Math.min(surplus, mebibyte);
      try {
        writeFileSync(join(this.path, `other-${this.others++}`), Buffer.alloc(bytes, 1));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        return;
      }
    }
  }

  enlarge(mebibytes: number): void {
    if (!mounted('-o', `remount,size=${mebibytes}m`, this.path))
      throw new Error(`${this.path} was not enlarged.`);
  }

  unmount(): void {
    spawnSync('umount', [this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }
}

function mounted(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

/** Sets the file size limit of a running process; false if that is impossible. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): boolean {
  return spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]).status === 0;
}
