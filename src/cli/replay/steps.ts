import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import type { Query } from '../client/client.js';

/** The clock that a replay moves on, and how far a step goes. */
export interface Pace {
  clock: 'asOf' | 'knownAt';
  by: 'entry' | 'day';
}

/** What a replay goes through: an entry of a project, or of any project. */
export interface Replayed {
  id: string;
  position: number;
  asOf: Day;
  recordedAt: string;
}

/** One step of a replay: the entries that came with it, and the points on its clock before and after them. */
export interface Step<Entry extends Replayed> {
  /** The day on the clock: what the entries are about, or when they were recorded (UTC). */
  day: Day;
  entries: Entry[];
  /** In the form of the service. */
  from: string;
  to: string;
}

/** The day of an entry on a clock. */
function dayOn({ asOf, recordedAt }: Replayed, { clock }: Pick<Pace, 'clock'>): Day {
  return clock === 'asOf' ? asOf : recordedAt.slice(0, 10);
}

/**
 * The steps through entries, oldest first: on the clock of days one for each day with entries, on the clock of recording
 * one for each entry or day.
 *
 * @param entries in log order
 */
export function stepsOf<Entry extends Replayed>(entries: readonly Entry[], pace: Pace): Step<Entry>[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = pace.by === 'entry' ? entry.id : dayOn(entry, pace);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  const ordered = [...groups.values()].sort(([a], [b]) => compare(a as Entry, b as Entry, pace));
  let before: string | undefined;
  return ordered.map((group) => {
    const [first, last] = [group[0] as Entry, group.at(-1) as Entry];
    const day = dayOn(first, pace);
    const [start, to] =
      pace.clock === 'asOf'
        ? [addDays(day, -1), day]
        : [String(Math.max(0, first.position - 1)), String(last.position)];
    const step = { day, entries: group, from: before ?? start, to };
    before = to;
    return step;
  });
}

/** The point of a step on both clocks, in the form of the service. */
export function pointOf({ to }: Step<Replayed>, { clock }: Pace, other: string): Query {
  return clock === 'asOf' ? { asOf: to, knownAt: other } : { asOf: other, knownAt: to };
}

/** The point before a step. */
export function pointBefore({ from }: Step<Replayed>, { clock }: Pace, other: string): Query {
  return clock === 'asOf' ? { asOf: from, knownAt: other } : { asOf: other, knownAt: from };
}

/** The place of the first step on a day or later; the last step if there is none. */
export function stepOn(steps: readonly Step<Replayed>[], day: Day): number {
  const place = steps.findIndex((step) => step.day >= day);
  return place < 0 ? steps.length - 1 : place;
}

function compare(a: Replayed, b: Replayed, pace: Pace): number {
  const [first, second] = [dayOn(a, pace), dayOn(b, pace)];
  if (pace.clock === 'knownAt' || first === second) return a.position - b.position;
  return first < second ? -1 : 1;
}
