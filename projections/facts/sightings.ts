import { type EventType } from '../../domain/project/events.js';
import { type Exactness, exactness, markedAs, moreExact } from '../../domain/values/day-marks.js';
import { type Day, type Instant, lastDay } from '../../domain/values/days/calendar.js';
import type { Uuid } from '../../domain/values/uuid.js';
import { inOrder, type Place, type PlacedEvent, placeIn } from './places.js';

/** What is kept of every entry. */
export interface Sighting extends Place {
  id: Uuid;
  type: EventType;
  asOf: Day;
  position: number;
  recordedAt: Instant;
  /** Absent for a day that is stated exactly. */
  exactness?: Exactness;
}

export function sightingOf(event: PlacedEvent): Sighting {
  const { id, type, position, recordedAt, entry } = event;
  const marks = markedAs('exactness', exactness(entry));
  return { id, type, asOf: entry.asOf, position, recordedAt, ...marks, ...placeIn(event) };
}

const noReport: ReadonlySet<EventType> = new Set<EventType>([
  'ProjectRegistered',
  'ProjectDescribed',
  'PlanAdopted',
  'EntryWithdrawn',
  'ContradictionExplained',
]);

/** True for a report; registration, descriptions and plans are not reports. */
export function isReport({ type }: Pick<Sighting, 'type'>): boolean {
  return !noReport.has(type);
}

/** The earliest day of any live entry, of one before and further ones; a withdrawal has no day of the project. */
export function earliest(before: Day | null, sightings: readonly Sighting[]): Day | null {
  let first = before;
  for (const { type, asOf } of sightings)
    if ((first === null || asOf < first) && type !== 'EntryWithdrawn') first = asOf;
  return first;
}

/** The last of some sightings. */
export interface Latest {
  /** The latest day of any live entry; null before the first one. */
  on: Day | null;
  /** The last live report in the order (asOf, place). */
  report: Sighting | undefined;
  /** How exactly the day of that report is known by all reports about it. */
  exactness: Exactness | undefined;
}

export const nothingSeen: Latest = { on: null, report: undefined, exactness: undefined };

const stated: Exactness = { precision: 'day' };

/** The last of some sightings and of further ones up to a day. */
export function latestWith(before: Latest, sightings: readonly Sighting[], upTo: Day = lastDay): Latest {
  let { on, report, exactness } = before;
  for (const sighting of sightings) {
    const { type, asOf, exactness: known = stated } = sighting;
    if (asOf > upTo) continue;
    if ((on === null || asOf > on) && type !== 'EntryWithdrawn') on = asOf;
    if (!isReport(sighting) || (report && asOf < report.asOf)) continue;
    exactness = exactness && report?.asOf === asOf ? moreExact(exactness, known) : known;
    if (!report || inOrder(sighting, report) > 0) report = sighting;
  }
  return { on, report, exactness };
}
