import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folded, type People, type PersonKept, type PersonNamed } from '../app/access/people.js';

/** The file of names beside a vault: `data.vault.json` has `data.people.db`. */
export function peopleBeside(vaultPath: string): string {
  return beside(vaultPath, 'people.db');
}

/** A file beside a vault, with the first part of its name. */
export function beside(vaultPath: string, file: string): string {
  const name = basename(vaultPath).replace(/\.?vault\.json$|\.json$/, '');
  return join(dirname(vaultPath), `${name === '' ? '' : `${name}.`}${file}`);
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

  async name(person: string, { name, contact }: PersonNamed): Promise<void> {
    const sql = 'INSERT OR REPLACE INTO person VALUES (?, ?, ?)';
    this.made()
      .prepare(sql)
      .run(person, name, contact ?? null);
  }

  labelOf(credential: string): string | undefined {
    const row = this.opened()?.prepare('SELECT label FROM device WHERE credential = ?').get(credential);
    return row && String(row.label);
  }

  async label(credential: string, person: string, label: string): Promise<void> {
    const sql = 'INSERT OR REPLACE INTO device VALUES (?, ?, ?)';
    this.made().prepare(sql).run(credential, person, label);
  }

  async forget(person: string): Promise<void> {
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

  async setPassword(person: string, stored: string): Promise<void> {
    this.made().prepare('INSERT OR REPLACE INTO password VALUES (?, ?)').run(person, stored);
  }

  all(): PersonKept[] {
    const db = this.opened();
    if (!db) return [];
    const people = new Map<string, PersonKept>();
    const of = (person: unknown): PersonKept => {
      const id = String(person);
      const known = people.get(id) ?? { person: id, labels: {} };
      people.set(id, known);
      return known;
    };
    for (const { person } of db.prepare('SELECT person FROM person').all()) {
      const named = this.named(String(person));
      if (named) of(person).named = named;
    }
    for (const { person, stored } of db.prepare('SELECT person, stored FROM password').all())
      of(person).password = String(stored);
    for (const { credential, person, label } of db.prepare('SELECT * FROM device').all())
      of(person).labels[String(credential)] = String(label);
    return [...people.values()];
  }

  isUnreadable(): boolean {
    return false;
  }

  whyUnreadable(): undefined {
    return undefined;
  }

  requireWritable(): void {}

  async close(): Promise<void> {
    this.db?.close();
  }

  /** The database, in a file of which only the owner can read anything. */
  private made(): DatabaseSync {
    if (this.path !== ':memory:' && !existsSync(this.path)) {
      // The vault makes the folder with its first key, which may come later.
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      closeSync(openSync(this.path, 'ax', 0o600));
    }
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
