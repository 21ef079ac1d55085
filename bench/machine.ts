import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

/** The machine of the run, for a list. */
export function machine(root: string): string[] {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} cores (${cpu?.model.trim() || 'unknown'}), ${memory} GiB of memory`,
    `${type()} ${release()}, files on ${fileSystemOf(root)}`,
    `Node ${process.version.slice(1)}, SQLite ${sqliteVersion()}`,
  ];
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  try {
    return String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
  } finally {
    database.close();
  }
}

/** The type of the file system of a folder, if the system reports it (Linux). */
function fileSystemOf(folder: string): string {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').trim().split('\n');
    const around = mounts
      .map((line) => line.split(' '))
      .filter(([, at = '']) => at === '/' || folder === at || folder.startsWith(`${at}/`))
      .sort(([, a = ''], [, b = '']) => a.length - b.length);
    return around.at(-1)?.[2] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
