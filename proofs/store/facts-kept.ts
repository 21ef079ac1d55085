import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { nextTurn } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { eventsOf, storePorts } from '../../test/support/event-store-ports.js';

/** The content of a closed store, and the result of its verification. */
export interface FactsKept {
  events: AnyRecordedEvent[];
  /** Positions are 1, 2, 3 ... without a gap. */
  seqDense: boolean;
  streamsWithGaps: number;
  /** `ok`, or the first problem. */
  integrity: string;
}

/** Reads and verifies the file of a store. */
export async function factsIn(path: string): Promise<FactsKept> {
  const { problems } = await verifySqliteFile(path, { nextTurn });
  const store = openSqliteStore(path, storePorts());
  try {
    const events = await eventsOf(store.readAll());
    const next = new Map<string, number>();
    const gaps = new Set<string>();
    for (const { stream, revision } of events) {
      if (revision !== (next.get(stream) ?? 0)) gaps.add(stream);
      next.set(stream, revision + 1);
    }
    return {
      events,
      seqDense: events.every(({ position }, index) => position === index + 1),
      streamsWithGaps: gaps.size,
      integrity: problems[0] ?? 'ok',
    };
  } finally {
    await store.close();
  }
}
