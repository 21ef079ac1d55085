import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ledgerPath, storePath } from '../../src/composition/folder/data-paths.js';
import { nextTurn, world } from '../../src/composition/world.js';
import { canonicalText } from '../../src/event-store/canonical.js';
import { bodyText, leafOf, noPrev, readBody, type StoredBody } from '../../src/event-store/codec.js';
import { create, firstValue } from '../../src/event-store/sqlite/file.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import type { Dice } from '../../test/support/dice.js';
import { opened, type SignedStore } from './signed-store.js';

/** What the owner of the machine does to the entries, before all hashes and signatures are made again. */
export const rewrites: Readonly<Record<string, (events: StoredBody[], dice: Dice) => StoredBody[]>> = {
  'an entry says something else': (events, dice) => {
    const at = dice.int(0, events.length - 1);
    return events.map((event, index) =>
      index === at ? { ...event, data: { ...event.data, rewritten: dice.int(1, 1_000_000) } } : event,
    );
  },
  'an entry has another author': (events, dice) => {
    const at = dice.int(0, events.length - 1);
    return events.map((event, index) => (index === at ? { ...event, by: `${event.by}-2` } : event));
  },
  'an entry is gone': (events, dice) => {
    const at = dice.int(0, events.length - 1);
    return events.filter((_, index) => index !== at);
  },
  'the last entries are gone': (events, dice) => events.slice(0, -dice.int(1, events.length - 1)),
  'a whole stream is gone': (events, dice) => {
    const { stream } = events[dice.int(0, events.length - 1)] as StoredBody;
    return events.filter((event) => event.stream !== stream);
  },
  'an entry is added between others': (events, dice) => {
    const at = dice.int(0, events.length - 1);
    const event = events[at] as StoredBody;
    const id = `${event.id.slice(0, -4)}0000`;
    return [...events.slice(0, at), { ...event, id }, ...events.slice(at)];
  },
  'two entries change places': (events, dice) => {
    const at = dice.int(0, events.length - 2);
    const [one, other] = events.slice(at, at + 2) as [StoredBody, StoredBody];
    return [...events.slice(0, at), other, one, ...events.slice(at + 2)];
  },
};

/**
 * Writes a store again with other entries, as the owner of the machine can: with the right hashes, chains, tree and
 * signature, by the key of the installation.
 */
export async function rewrite(
  places: SignedStore,
  change: (events: StoredBody[]) => StoredBody[],
): Promise<void> {
  const path = storePath(places.dataPath);
  const before = new DatabaseSync(path);
  const installation = String(firstValue(before, "SELECT value FROM meta WHERE name = 'installation'"));
  const bodies = before.prepare('SELECT CAST(body AS TEXT) AS body FROM events ORDER BY seq').all();
  before.close();
  for (const suffix of ['', '-wal', '-shm', '-anchor']) rmSync(path + suffix, { force: true });
  const database = new DatabaseSync(path);
  create(database, installation);
  database.exec('BEGIN');
  fill(database, change(bodies.map(({ body }) => readBody(String(body)))));
  database.exec('COMMIT');
  database.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(ledgerPath(places.dataPath) + suffix, { force: true });
  const store = openSqliteStore(path, { ...world, nextTurn });
  const ledger = await opened(places, store);
  await ledger.close();
  await store.close();
}

function fill(database: DatabaseSync, events: readonly StoredBody[]): void {
  const addStream = database.prepare('INSERT INTO streams (number, name) VALUES (?, ?)');
  const addEvent = database.prepare(
    'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const tails = new Map<string, { number: number; rev: number; prev: string; at: string }>();
  for (const [index, event] of events.entries()) {
    const known = tails.get(event.stream);
    const tail = known ?? { number: tails.size + 1, rev: -1, prev: noPrev, at: '' };
    if (!known) addStream.run(tail.number, event.stream);
    const [rev, at] = [tail.rev + 1, event.at > tail.at ? event.at : tail.at];
    const body = bodyText({ ...event, rev, at, prev: tail.prev }, canonicalText(event.data));
    const leaf = leafOf(body);
    addEvent.run(
      index + 1,
      tail.number,
      rev,
      Buffer.from(event.id.replaceAll('-', ''), 'hex'),
      leaf,
      Buffer.from(body),
    );
    tails.set(event.stream, { ...tail, rev, at, prev: leaf.toString('base64url') });
  }
}
