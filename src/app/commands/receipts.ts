import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { isBeforeItsDay } from '../../../domain/values/calendar.js';
import type { Receipt } from '../topout.js';

/**
 * What a write answers of the entries that say what it said.
 *
 * @param timeZone of the days of the project
 */
export function receipt(
  project: string,
  events: readonly AnyRecordedEvent[],
  outcome: Receipt['outcome'],
  timeZone: () => string,
): Receipt {
  const [first, ...rest] = events;
  if (!first) throw new Error('A write answers at least one entry.');
  const { id, revision, position, recordedAt } = first;
  const also = rest.map((event) => ({ id: event.id, revision: event.revision, position: event.position }));
  const early = events.find((event) => isBeforeItsDay(event.entry.asOf, event.recordedAt, timeZone));
  const notBegun = early && { asOf: early.entry.asOf, timeZone: timeZone() };
  return { project, id, revision, position, recordedAt, outcome, also, ...(notBegun ? { notBegun } : {}) };
}
