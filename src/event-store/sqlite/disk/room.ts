import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { codes, isWriteError, sqliteCode } from '../errors.js';

/** A disk with less free space counts as full; also the size of the test write. */
const leastBytes = 64 * 1024;

/** Bytes that this user may still write on the disk of a folder; undefined if the system does not report them. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { blocks, bavail, bsize } = statfsSync(folder);
    return blocks === 0 ? undefined : bavail * bsize;
  } catch {
    return undefined;
  }
}

/**
 * True if an SQLite error means that the disk is full, so that the write is not stored.
 *
 * SQLite reports a full disk as "full", but a quota or maximum file size as "a failed write" (`unixWrite` in its
 * os_unix.c), as for a broken disk: a test write distinguishes them. A failed write precedes the flush of its commit
 * and leaves no valid end; a failed flush never counts as a full disk.
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

/** Test-writes a separate file at the offset where the store's files end; opening those here would release their lock. */
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
