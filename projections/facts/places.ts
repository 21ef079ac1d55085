import { placeOnDay } from '../../domain/project/day-order.js';
import type { EventType, RecordedEvent } from '../../domain/project/events.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { firstWhere } from '../../domain/values/search.js';

/** The first entry of a chain of corrections of one type. */
interface Origin {
  asOf: Day;
  position: number;
  place?: number;
}

/** The place of a correction; both members are absent for an entry that corrects none. */
export interface Place {
  /** Its place among the entries of its day, if inherited from the corrected entry rather than its own position. */
  place?: number;
  origin?: Origin;
}

/** An entry with its day and its place in the order of a project's entries. */
export interface Located extends Place {
  type: EventType;
  asOf: Day;
  position: number;
}

/** An event with the place of a correction. */
export type PlacedEvent<T extends EventType = EventType> = RecordedEvent<T> & Place;

/** Gives a correction the place and the origin of the entry it corrects; other events are unchanged. */
export function placed<E extends RecordedEvent>(
  event: E,
  entryOf: (id: string) => Located | undefined,
): E & Place {
  const { asOf, corrects } = event.entry;
  const corrected = corrects === undefined ? undefined : entryOf(corrects);
  if (!corrected) return event;
  const { origin = whereOf(corrected) } = corrected;
  const place = placeOnDay(asOf, event.position, { asOf: corrected.asOf, place: placeOf(corrected) });
  return {
    ...event,
    ...(place === event.position ? {} : { place }),
    ...(corrected.type === event.type ? { origin } : {}),
  };
}

function whereOf({ asOf, position, place }: Located): Origin {
  return { asOf, position, ...(place === undefined ? {} : { place }) };
}

/** Events of one project, oldest first, each with its place. */
export function allPlaced(events: readonly RecordedEvent[]): readonly PlacedEvent[] {
  if (!events.some(({ entry }) => entry.corrects !== undefined)) return events;
  const known = new Map<string, Located>();
  return events.map((event) => {
    const one = placed(event, (id) => known.get(id));
    known.set(one.id, located(one));
    return one;
  });
}

/** The place of an event. */
function located({ type, entry, position, ...event }: PlacedEvent): Located {
  return { type, asOf: entry.asOf, position, ...placeIn(event) };
}

/** The members with the place of a correction, for a stored object. */
export function placeIn({ place, origin }: Place): Place {
  return { ...(place === undefined ? {} : { place }), ...(origin === undefined ? {} : { origin }) };
}

/** The place of an entry among those of its day. */
function placeOf({ place, position }: Pick<Located, 'place' | 'position'>): number {
  return place ?? position;
}

/** The part of an entry that determines its order. */
export type Ordered = Pick<Located, 'asOf' | 'position' | 'place'>;

/** A list sorted in the order of the entries. Most of a log is already sorted, so only the rest is sorted and merged. */
export function sortedInOrder<One extends Ordered>(list: readonly One[]): One[] {
  const rising: One[] = [];
  const late: One[] = [];
  for (const one of list) {
    const last = rising.at(-1);
    if (last && inOrder(last, one) > 0) late.push(one);
    else rising.push(one);
  }
  return merged(rising, late.sort(inOrder));
}

/** Merges two ordered lists; on equal places the first list goes first. */
export function merged<One extends Ordered>(list: readonly One[], more: readonly One[]): One[] {
  const [first] = more;
  if (!first) return list.slice();
  // Most of what is added comes near the end: what is before it is copied as it is.
  const start = firstWhere(0, list.length, (place) => inOrder(list[place] as One, first) > 0);
  if (start === list.length) return list.concat(more);
  const all = list.slice(0, start);
  let next = start;
  for (const one of more) {
    for (; next < list.length && inOrder(list[next] as One, one) <= 0; next += 1) all.push(list[next] as One);
    all.push(one);
  }
  for (; next < list.length; next += 1) all.push(list[next] as One);
  return all;
}

/** Compares entries by day, then by place, then by recording. */
export function inOrder(a: Ordered, b: Ordered): number {
  if (a.asOf !== b.asOf) return a.asOf < b.asOf ? -1 : 1;
  return placeOf(a) - placeOf(b) || a.position - b.position;
}
