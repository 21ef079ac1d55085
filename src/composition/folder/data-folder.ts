import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { networkFileSystem } from '../../event-store/sqlite/disk/network-files.js';
import { DataFolderUnusable } from './data-folder-unusable.js';
import { keepPrivate } from './private-files.js';

/**
 * Creates the data folder if it is missing, and checks that only its owner can write it.
 *
 * @param tell called with a sentence for each permission that was removed
 * @throws DataFolderUnusable
 */
export function prepareDataFolder(
  dataPath: string,
  tell: (sentence: string) => void = () => undefined,
): void {
  try {
    mkdirSync(dataPath, { recursive: true, mode: 0o700 });
    accessSync(dataPath, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    const isFile = why === 'EEXIST' || why === 'ENOTDIR';
    throw new DataFolderUnusable(
      isFile
        ? `The data folder ${dataPath} is a file; choose another with TOPOUT_DATA.`
        : `The data folder ${dataPath} cannot be written (${why}); give its owner the right to write, or choose another with TOPOUT_DATA.`,
      { cause: error },
    );
  }
  for (const sentence of keepPrivate(dataPath)) tell(sentence);
}

/** Refuses network file systems: two machines may open one file, and a flush may be a no-op. */
export function requireOwnDisk(dataPath: string): void {
  const found = networkFileSystem(statfsSync(dataPath).type, process.platform);
  if (!found) return;
  throw new DataFolderUnusable(
    `The data folder ${dataPath} is on ${found}, where a lock and a flush cannot be relied on; choose a folder on a disk of this machine with TOPOUT_DATA, or set TOPOUT_NETWORK_DATA=on to use it all the same.`,
  );
}

/** True if a file of the data folder, other than the store, could not be opened, created or replaced. */
export function isOfFile(error: unknown): error is Error {
  const { code, syscall } = Object(error) as NodeJS.ErrnoException;
  return code === 'ERR_SQLITE_ERROR' || code === 'ERR_FS_EISDIR' || syscall !== undefined;
}

/** The sentence about such a file. */
export function unusable(dataPath: string, { message }: Error): string {
  return `A file of the data folder ${dataPath} cannot be used (${message}); see that its files belong to the account of the service, or choose another folder with TOPOUT_DATA.`;
}
