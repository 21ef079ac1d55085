import { Cron } from 'croner';
import type { Timing, WorkingHours } from '../../../domain/governance/events.js';
import { type Day, dayIn, type Instant } from '../../../domain/values/days/calendar.js';

/** A digest has events recorded at least this many milliseconds before it: by then none of that time is still being stored. */
const digestMarginMs = 10_000;
/** Maximum look-ahead over non-working days, in days. */
const daysAhead = 400;

/** Cached formatters by zone and pattern: creating one takes longer than using it. */
const wallClocks = new Map<string, Cron>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * The first digest for an event pending since an instant, and the end (inclusive) of its period; undefined for an
 * immediate subscription. A time skipped in spring moves right after the gap, a repeated one in autumn is the first.
 */
export function digestAfter(
  timing: Timing,
  timeZone: string,
  waitsSince: Instant,
): { at: Instant; tellsUpTo: Instant } | undefined {
  if (timing.kind === 'at-once') return undefined;
  const weekday = timing.kind === 'weekly' ? String(timing.weekday) : '*';
  const from = Date.parse(waitsSince) + digestMarginMs - 1;
  const at = nextAt(timing.at, weekday, timeZone, new Date(from).toISOString());
  return { at, tellsUpTo: new Date(Date.parse(at) - digestMarginMs).toISOString() };
}

/**
 * The first instant from a given one on (inclusive) within working hours: from `hours.from` (inclusive) to `hours.to`
 * (exclusive), local times of the zone, on working days. The given one if none follows within 400 days.
 */
export function inHours(
  hours: Pick<WorkingHours, 'from' | 'to'>,
  timeZone: string,
  from: Instant,
  isWorked: (day: Day) => boolean,
): Instant {
  const time = timeIn(timeZone, from);
  if (isWorked(dayIn(timeZone, from)) && time >= hours.from && time < hours.to) return from;
  let begin = from;
  for (let days = 0; days < daysAhead; days++) {
    begin = nextAt(hours.from, '*', timeZone, begin);
    if (isWorked(dayIn(timeZone, begin))) return begin;
  }
  return from;
}

/**
 * The next time after an instant (exclusive) at which the local time of a zone is `HH:MM`, on a weekday (0 is Sunday)
 * or any.
 */
function nextAt(at: string, weekday: string, timeZone: string, after: Instant): Instant {
  const [hour, minute] = at.split(':').map(Number);
  const pattern = `${minute} ${hour} * * ${weekday}`;
  const key = `${timeZone} ${pattern}`;
  const clock = wallClocks.get(key) ?? new Cron(pattern, { timezone: timeZone });
  wallClocks.set(key, clock);
  const next = clock.nextRun(new Date(after));
  if (!next) throw new RangeError(`No ${at} follows ${after} in ${timeZone}.`);
  return next.toISOString();
}

/** The local time of a zone as `HH:MM`. */
function timeIn(timeZone: string, instant: Instant): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock.format(new Date(instant));
}
