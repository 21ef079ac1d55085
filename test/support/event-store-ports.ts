import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Instant } from '../../domain/values/days/calendar.js';
import { openSqliteStore, type SqlitePorts, type SqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { uuidOf } from './dice.js';

/** A clock that is frozen at an instant. */
export interface SetClock {
  at: Instant;
}

/** The ports of the SQLite store, with a frozen clock and a known installation. */
export function storePorts(clock: SetClock = { at: '2018-07-10T01:02:03.004Z' }): SqlitePorts {
  return { now: () => clock.at, newId: () => uuidOf('installation'), nextTurn: (call) => setImmediate(call) };
}

/** A SQLite store in memory. */
export const openMemoryStore = (): SqliteStore => openSqliteStore(':memory:', storePorts());

/** A new folder that `remove` deletes. */
export function temporaryFolder(): { path: string; file(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'topout-'));
  return {
    path,
    file: (name) => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** All events of pages. */
export async function eventsOf(
  pages: AsyncIterable<readonly AnyRecordedEvent[]>,
): Promise<AnyRecordedEvent[]> {
  const events: AnyRecordedEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}
