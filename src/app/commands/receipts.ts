import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import { type Project, timeZoneAt } from '../../../domain/project/project.js';
import { isBeforeItsDay } from '../../../domain/values/days/calendar.js';
import { Refused } from '../refusals.js';
import type { Receipt } from '../topout.js';
import type { Views } from '../views/views.js';

/** What a write returns of the entries that say what it said; `known` is the project that it was decided on, or its time zone. */
export function receipt(
  project: string,
  events: readonly AnyRecordedEvent[],
  outcome: Receipt['outcome'],
  known: Project | { timeZone: string },
): Receipt {
  const [first, ...rest] = events;
  if (!first) throw new Error('A write answers at least one entry.');
  const { id, revision, position, recordedAt } = first;
  const also = rest.map((event) => ({ id: event.id, revision: event.revision, position: event.position }));
  const timeZone = () =>
    timeZoneIn(events) ?? ('timeZone' in known ? known.timeZone : timeZoneAt(known, revision));
  const early = events.find((event) => isBeforeItsDay(event.entry.asOf, event.recordedAt, timeZone));
  const notBegun = early && { asOf: early.entry.asOf, timeZone: timeZone() };
  return { project, id, revision, position, recordedAt, outcome, also, ...(notBegun ? { notBegun } : {}) };
}

function timeZoneIn(events: readonly AnyRecordedEvent[]): string | undefined {
  for (const { type, data } of events)
    if (type === 'ProjectRegistered' || type === 'ProjectDescribed') return data.timeZone;
  return undefined;
}

/** Waits for 2 s until the views hold what was recorded; it is recorded whether or not they do. */
export async function untilSeen(views: Pick<Views, 'waitFor'>, position: number): Promise<void> {
  try {
    await views.waitFor(position);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
