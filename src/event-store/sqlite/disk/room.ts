import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { codes, isWriteError, sqliteCode } from '../errors.js';

/** A disk with less than this left counts as full; also what is tried to be written to see whether something fits. */
const leastBytes = 64 * 1024;

/** Bytes that this user may still write on the disk of a folder; undefined where the system does not tell. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { blocks, bavail, bsize } = statfsSync(folder);
    return blocks === 0 ? undefined : bavail * bsize;
  } catch {
    return undefined;
  }
}

/**
 * True when an error of SQLite means that nothing more fits, so that what was to be written is not stored.
 *
 * SQLite calls a disk without room "full", and a quota or a longest file that is reached just "a failed write"
 * (`unixWrite` in its os_unix.c), as it does a broken disk: the disk itself is asked which it was. A write fails before the
 * flush of its commit, and what came of it has no valid end; a failed flush is never taken for a full disk.
 *
 * @param path the file of the store
 */
export function isForWantOfRoom(error: unknown, path: string): boolean {
  return sqliteCode(error) === codes.full || (isWriteError(error) && lacksRoom(path));
}

function lacksRoom(path: string): boolean {
  const free = freeBytes(dirname(path));
  return (free !== undefined && free < leastBytes) || !canGrow(path);
}

/** Tries, in a file of its own, to write where the files of the store end now; theirs are never opened here, which would end their lock. */
function canGrow(path: string): boolean {
  const end = Math.max(
    ...[path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0),
  );
  const probe = `${path}.probe`;
  try {
    rmSync(probe, { force: true });
    const file = openSync(probe, 'wx', 0o600);
    try {
      return writeSync(file, Buffer.alloc(leastBytes, 1), 0, leastBytes, end) === leastBytes;
    } finally {
      closeSync(file);
      rmSync(probe, { force: true });
    }
  } catch (error) {
    return !['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
