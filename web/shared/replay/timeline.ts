import type { Day, Instant } from '../../../domain/values/days/calendar.js';

/** A point of the two clocks as in the URL; missing parts mean the present. */
export interface MomentShown {
  asOf?: Day;
  /** A position of the log. */
  knownAt?: number;
}

/** An entry as a point on the clocks. */
export interface Ticking {
  asOf: Day;
  position: number;
  recordedAt: Instant;
}

/** The points of both clocks at which something changes. */
export interface Timeline {
  today: Day;
  /** The days of all entries up to today, unique and sorted. */
  days: readonly Day[];
  /** Entries in log order. */
  records: readonly Pick<Ticking, 'position' | 'recordedAt'>[];
}

/** The points of both clocks at which entries, in log order, change something. */
export function timelineOf(entries: readonly Ticking[], today: Day): Timeline {
  const days = new Set(entries.map(({ asOf }) => asOf).filter((asOf) => asOf <= today));
  return { today, days: [...days].sort(), records: entries };
}

export type Clock = keyof MomentShown;

/** The next or previous point on a clock; undefined at either end. After the last one comes the present. */
export function stepped(
  timeline: Timeline,
  moment: MomentShown,
  clock: Clock,
  by: 1 | -1,
): MomentShown | undefined {
  const { asOf, knownAt } = moment;
  if (clock === 'asOf') {
    const { days, today } = timeline;
    const at = asOf ?? today;
    const next = by > 0 ? days.find((day) => day > at) : days.findLast((day) => day < at);
    if (next !== undefined) return { knownAt, ...(next < today ? { asOf: next } : {}) };
    return by > 0 && asOf !== undefined ? { knownAt } : undefined;
  }
  const { records } = timeline;
  const at = knownAt ?? Number.POSITIVE_INFINITY;
  const next =
    by > 0
      ? records.find(({ position }) => position > at)
      : records.findLast(({ position }) => position < Math.min(at, records.at(-1)?.position ?? 0));
  if (!next) return undefined;
  return { asOf, ...(next === records.at(-1) ? {} : { knownAt: next.position }) };
}
