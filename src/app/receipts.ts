import type { AnyRecordedEvent } from '../domain/any-event.js';
import type { Receipt } from './topout.js';

/** What a write answers of the entries that say what it said. */
export function receipt(
  project: string,
  events: readonly AnyRecordedEvent[],
  outcome: Receipt['outcome'],
): Receipt {
  const [first, ...rest] = events;
  if (!first) throw new Error('A write answers at least one entry.');
  const { id, revision, position, recordedAt } = first;
  const also = rest.map((event) => ({ id: event.id, revision: event.revision, position: event.position }));
  return { project, id, revision, position, recordedAt, outcome, also };
}
