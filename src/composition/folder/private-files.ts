import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderUnusable } from './data-folder-unusable.js';

/** Files of a data folder, including temporary ones. */
const ours = /^(events|views|lines|due|index|reads|ledger)\.db|^(reserve|settings\.json)/;

/**
 * Restricts a data folder to the service's account: new files are created for it only, access of others to the folder
 * and its files is removed, and a symbolic link in place of a file is refused, because it would be written through.
 *
 * @returns a sentence for each change
 * @throws DataFolderUnusable others can write the folder and it belongs to another account, or a file is a link
 */
export function keepPrivate(folder: string): string[] {
  process.umask(0o077);
  // Windows has no such modes.
  if (process.platform === 'win32') return [];
  const names = readdirSync(folder).filter((name) => ours.test(name));
  const changes = [privateFolder(folder)];
  const opened = names.filter((name) => isOpen(join(folder, name)));
  for (const name of opened) chmodSync(join(folder, name), 0o600);
  if (opened.length > 0)
    changes.push(
      `Others could read or write ${opened.join(', ')} in ${folder}; only their owner can now (0600).`,
    );
  return changes.filter((sentence) => sentence !== undefined);
}

function privateFolder(folder: string): string | undefined {
  const mode = statSync(folder).mode & 0o7777;
  if ((mode & 0o077) === 0) return undefined;
  try {
    chmodSync(folder, mode & ~0o077);
  } catch (error) {
    // A folder of another account, such as a volume: its files are private, unless others can replace them.
    if ((mode & 0o022) === 0) return undefined;
    throw new DataFolderUnusable(
      `The data folder ${folder} has the mode ${octal(mode)}, so others can put files into it, and it belongs to another account; have its owner remove that access (chmod 700 ${folder}), or choose a folder in it with TOPOUT_DATA.`,
      { cause: error },
    );
  }
  return `Others could look into the data folder ${folder} (${octal(mode)}); only its owner can now (${octal(mode & ~0o077)}).`;
}

/** @throws DataFolderUnusable it is a link */
function isOpen(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink())
    throw new DataFolderUnusable(
      `${path} is a symbolic link; expected a file, or nothing yet. Move the file itself there, or the whole folder elsewhere with TOPOUT_DATA.`,
    );
  return found?.isFile() === true && (found.mode & 0o077) !== 0;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
