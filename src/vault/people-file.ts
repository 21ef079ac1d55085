import { closeSync, existsSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folded, type People, type PersonNamed } from '../app/access/people.js';

/** The file of names beside a vault: `data.vault.json` has `data.people.db`. */
export function peopleBeside(vaultPath: string): string {
  const name = basename(vaultPath).replace(/\.?vault\.json$|\.json$/, '');
  return join(dirname(vaultPath), `${name === '' ? '' : `${name}.`}people.db`);
}

/**
 * The names of people and what is stored of their passwords, in a file of mode 0600, which is made for the first name.
 *
 * What is forgotten is overwritten in the file.
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
    const sql = 'INSERT OR REPLACE INTO person VALUES (?, ?, ?)';
    this.made()
      .prepare(sql)
      .run(person, name, contact ?? null);
  }

  labelOf(credential: string): string | undefined {
    const row = this.opened()?.prepare('SELECT label FROM device WHERE credential = ?').get(credential);
    return row && String(row.label);
  }

  label(credential: string, person: string, label: string): void {
    const sql = 'INSERT OR REPLACE INTO device VALUES (?, ?, ?)';
    this.made().prepare(sql).run(credential, person, label);
  }

  forget(person: string): void {
    const db = this.opened();
    for (const table of ['person', 'password', 'device'])
      db?.prepare(`DELETE FROM ${table} WHERE person = ?`).run(person);
  }

  called(text: string): string[] {
    const rows = this.opened()?.prepare('SELECT person, name, contact FROM person').all() ?? [];
    const asked = folded(text);
    return rows
      .filter(({ name, contact }) =>
        [name, contact].some((own) => own !== null && folded(String(own)) === asked),
      )
      .map(({ person }) => String(person));
  }

  passwordOf(person: string): string | undefined {
    const row = this.opened()?.prepare('SELECT stored FROM password WHERE person = ?').get(person);
    return row && String(row.stored);
  }

  setPassword(person: string, stored: string): void {
    this.made().prepare('INSERT OR REPLACE INTO password VALUES (?, ?)').run(person, stored);
  }

  async close(): Promise<void> {
    this.db?.close();
  }

  /** The database, in a file of which only the owner can read anything. */
  private made(): DatabaseSync {
    if (this.path !== ':memory:' && !existsSync(this.path)) closeSync(openSync(this.path, 'ax', 0o600));
    return this.open();
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
      STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS password (person TEXT PRIMARY KEY, stored TEXT NOT NULL) STRICT, WITHOUT ROWID`);
    db.exec(`CREATE TABLE IF NOT EXISTS device (credential TEXT PRIMARY KEY, person TEXT NOT NULL, label TEXT NOT NULL)
      STRICT, WITHOUT ROWID`);
    this.db = db;
    return db;
  }
}
