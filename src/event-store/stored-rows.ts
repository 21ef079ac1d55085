import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import type { Reading } from '../../domain/log/upcasting.js';
import { DamagedBody, decode, leafHexOf } from './codec.js';
import type { StoredRow } from './event-store.js';

/**
 * The event in a row of a stream, compared with its hash, its stream and the revision expected there.
 *
 * @throws DamagedBody
 * @throws StoreRefused a newer version of Topout wrote it
 */
export function eventInRow(
  [position, revision, body, leaf]: StoredRow,
  stream: string,
  expected: number,
  reading?: Reading,
): AnyRecordedEvent {
  if (revision !== expected) throw new DamagedBody(`revision ${expected} is missing before it`);
  if (leafHexOf(body) !== leaf) throw new DamagedBody('its body does not match its hash');
  const event = decode(body, position, reading);
  if (event.stream === stream && event.revision === revision) return event;
  throw new DamagedBody(`its body says ${event.stream} revision ${event.revision}`);
}

/** The events in the rows of a stream from its beginning, as `eventInRow` reads each. */
export function eventsIn(rows: readonly StoredRow[], stream: string): AnyRecordedEvent[] {
  return rows.map((row, revision) => eventInRow(row, stream, revision));
}
