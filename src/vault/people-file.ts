import { closeSync, existsSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { People, PersonNamed } from '../app/access/people.js';

/** The file of names beside a vault: `data.vault.json` has `data.people.db`. */
export function peopleBeside(vaultPath: string): string {
  const name = basename(vaultPath).replace(/\.?vault\.json$|\.json$/, '');
  return join(dirname(vaultPath), `${name === '' ? '' : `${name}.`}people.db`);
}

/**
 * The names of people in a file of mode 0600, which is made for the first name.
 *
 * A forgotten name is overwritten in the file.
 */
export class PeopleFile implements People {
  private db: DatabaseSync | undefined;

  constructor(private readonly path: string) {}

  named(person: string): PersonNamed | undefined {
    const row = this.opened()?.prepare('SELECT name, contact FROM person WHERE person = ?').get(person);
    if (!row) return undefined;
    const { name, contact } = row;
    return { name: String(name), ...(contact === null ? {} : { contact: String(contact) }) };
  }

  name(person: string, { name, contact }: PersonNamed): void {
    if (this.path !== ':memory:' && !existsSync(this.path)) closeSync(openSync(this.path, 'ax', 0o600));
    const sql = 'INSERT OR REPLACE INTO person VALUES (?, ?, ?)';
    this.open()
      .prepare(sql)
      .run(person, name, contact ?? null);
  }

  forget(person: string): void {
    this.opened()?.prepare('DELETE FROM person WHERE person = ?').run(person);
  }

  async close(): Promise<void> {
    this.db?.close();
  }

  /** The database, unless there is none yet. */
  private opened(): DatabaseSync | undefined {
    return this.db ?? (existsSync(this.path) ? this.open() : undefined);
  }

  private open(): DatabaseSync {
    if (this.db) return this.db;
    const db = new DatabaseSync(this.path);
    // Truncated at each commit and overwritten where something was removed, so that a forgotten name is in no file.
    db.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    db.exec('PRAGMA busy_timeout = 2000');
    db.exec(`CREATE TABLE IF NOT EXISTS person (person TEXT PRIMARY KEY, name TEXT NOT NULL, contact TEXT)
      STRICT, WITHOUT ROWID`);
    this.db = db;
    return db;
  }
}
