import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { beside } from './people-file.js';

/** The file of the last checkpoint beside a vault: `data.vault.json` has `data.checkpoint`. */
export function checkpointBeside(vaultPath: string): string {
  return beside(vaultPath, 'checkpoint');
}

/**
 * The last checkpoint that was signed, in a file outside the data folder: a folder that is put back as a whole brings its own
 * ledger along, and this file shows that more was signed.
 */
export class CheckpointFile {
  constructor(private readonly path: string) {}

  /** Undefined if none is there. */
  read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Best effort, as an older checkpoint misleads nobody; the system decides when it reaches the disk. */
  write(note: string): void {
    try {
      writeFileSync(`${this.path}.new`, note, { mode: 0o600 });
      renameSync(`${this.path}.new`, this.path);
    } catch {
      // A full disk, for example: the next checkpoint is written again.
    }
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
