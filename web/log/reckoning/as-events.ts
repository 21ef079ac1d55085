import type { RecordedEvent } from '../../../domain/project/events.js';
import type { Fact } from '../../../domain/project/facts/fact.js';
import { facts } from '../../../domain/project/facts/facts.js';
import { type Day, isMonth } from '../../../domain/values/days/calendar.js';
import { factAsStored } from '../../forms/said/as-stored.js';
import { dayMeant } from '../../forms/said/day.js';
import type { FactSaid } from '../../forms/said/facts.js';
import type { Entry } from '../outbox/entry.js';

/** What of an entry on the phone becomes events. */
export type Pending = Pick<Entry, 'id' | 'fact' | 'madeAt' | 'takesBack'>;

/**
 * The events that the service will record of an entry, in the form in which the projections fold them.
 *
 * @param after the last position before them
 * @param on the business day
 */
export function eventsOf(
  { id, fact, madeAt, takesBack }: Pending,
  after: number,
  on: Day,
): readonly RecordedEvent[] {
  const asOf = dayMeant(fact.asOf, on);
  const sourced = {
    kind: 'inspection',
    ...fact.source,
    ...(fact.note === undefined ? {} : { note: fact.note }),
  };
  const entry = {
    asOf,
    precision: fact.precision ?? (isMonth(fact.asOf) ? 'month' : 'day'),
    ...(fact.isInferred ? { isInferred: true } : {}),
    source: sourced,
  };
  const recorded = { stream: '', revision: 0, schema: 1, recordedAt: madeAt, by: '' };
  const stated = { type: fact.type, data: dataOf(fact, asOf, on), entry };
  if (!takesBack) return [{ ...recorded, ...stated, id, position: after + 1 } as unknown as RecordedEvent];
  const data = { entry: takesBack.entry, reason: takesBack.reason };
  const withdrawal = { ...recorded, type: 'EntryWithdrawn', data, entry, id, position: after + 1 };
  const replaced = {
    ...recorded,
    ...stated,
    entry: { ...entry, corrects: takesBack.entry },
    id: `${id} replaces`,
    position: after + 2,
  };
  return [withdrawal, ...(takesBack.isReplaced ? [replaced] : [])] as unknown as RecordedEvent[];
}

function dataOf(fact: FactSaid, asOf: Day, on: Day): object {
  const { complete } = facts[fact.type] as unknown as Fact;
  const stated = factAsStored(fact);
  return complete?.(stated, asOf, undefined, (day) => day < on) ?? stated;
}
