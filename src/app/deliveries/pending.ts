import type { Subscription } from '../../../domain/governance/events.js';
import { type Day, type Instant, instantAfter } from '../../../domain/values/days/calendar.js';
import { msPerDay, msPerHour } from '../../../domain/values/days/durations.js';
import { isWorkday, type WorkCalendar } from '../../../domain/values/days/working-days.js';
import type { Waiting } from './outbox.js';
import { settledAtMs } from './settling.js';
import { digestAfter, inHours } from './timing.js';

/** A notice to send. */
export interface Pending {
  notice: string;
  kind: 'at-once' | 'digest';
  /** Its events, oldest first. */
  rows: Waiting[];
  /** Not before. */
  dueAt: Instant;
}

/** A subscriber's timing, with the data to apply it. */
export type Wish = Pick<Subscription, 'subscription' | 'timing' | 'hours' | 'timeZone'> & {
  /** True on a working day of its calendar. */
  isWorked: (day: Day) => boolean;
  /** How long to wait whether an alert ends immediately, in milliseconds; a digest waits only for its time. */
  settlingMs: number;
};

/** The timing of a subscription, with the calendar of its working hours. */
export function wishOf(
  { subscription, timing, hours, timeZone }: Omit<Wish, 'isWorked' | 'settlingMs'>,
  calendarOf: (name: string) => WorkCalendar | undefined,
  settlingMs: number,
): Wish {
  const calendar = hours && calendarOf(hours.calendar);
  // Better sent on a holiday than delayed by an unknown calendar.
  const isWorked = (day: Day) => !calendar || isWorkday(day, calendar);
  return { subscription, timing, timeZone, isWorked, settlingMs, ...(hours ? { hours } : {}) };
}

/** Upper limit of any wait after a clock was set back; the longest retry, and the longest interval between two digests. */
const farthestRetryMs = 25 * msPerHour;
const farthestDigestMs = 8 * msPerDay;

/**
 * The pending notices of a subscription, oldest first.
 *
 * The events of one evaluation, project and cause share a notice; a digest has everything pending at its time. The id
 * of a notice is derived from its events, or from the digest's time, and is kept once an attempt has failed. While one
 * notice fails the others wait for its next attempt.
 *
 * @param idOf the UUID derived from a name
 */
export function pendingNotices(
  waiting: readonly Waiting[],
  wish: Wish,
  now: Instant,
  idOf: (name: string) => string,
): Pending[] {
  const kind = wish.timing.kind === 'at-once' ? 'at-once' : 'digest';
  const groups = new Map<string, { rows: Waiting[]; digestAt?: Instant }>();
  const digestOf = digestsBy(wish, idOf);
  for (const row of waiting) {
    const digest = digestOf(row);
    const digestAt = digest?.at;
    const key = row.notice ?? digest?.id ?? `${row.correlation} ${row.project} ${row.cause}`;
    const group = groups.get(key) ?? { rows: [], ...(digestAt ? { digestAt } : {}) };
    group.rows.push(row);
    groups.set(key, group);
  }
  const blockedUntil = latestRetry(waiting, now);
  const from = hoursOf(wish);
  const pending = [...groups].map(([key, { rows, digestAt }]): Pending => {
    const isNamed = digestAt !== undefined || rows.some(({ notice }) => notice === key);
    const notice = isNamed ? key : idOf(rows.map(({ event }) => event).join(' '));
    return { notice, kind, rows, dueAt: dueOf(rows, digestAt, blockedUntil, now, wish.settlingMs, from) };
  });
  return kind === 'digest' ? pending : withWhatCameBefore(pending);
}

/** Finds the digest of each row; rows are sorted by time, so most are in the digest of the row before. */
function digestsBy({ timing, timeZone }: Wish, idOf: (name: string) => string) {
  let last: { since: Instant; from: Instant; at: Instant; id: string } | undefined;
  return ({ waitsSince }: Waiting): { at: Instant; id: string } | undefined => {
    if (last && waitsSince >= last.since && waitsSince <= last.from) return last;
    const found = digestAfter(timing, timeZone, waitsSince);
    last = found && {
      since: waitsSince,
      from: found.tellsUpTo,
      at: found.at,
      id: idOf(`digest ${found.at}`),
    };
    return last;
  };
}

/** The oldest due notice; without one, the next to become due; undefined if there is none. */
export function nextOf(pending: readonly Pending[], now: Instant): Pending | undefined {
  const due = pending.find(({ dueAt }) => dueAt <= now);
  if (due) return due;
  return pending.reduce<Pending | undefined>(
    (first, other) => (first && first.dueAt <= other.dueAt ? first : other),
    undefined,
  );
}

function dueOf(
  rows: readonly Waiting[],
  digestAt: Instant | undefined,
  blockedUntil: Instant | undefined,
  now: Instant,
  settlingMs: number,
  inHoursFrom: (from: Instant) => Instant,
): Instant {
  const waitsSince = rows[0]?.waitsSince ?? now;
  const recordedAtMs = Date.parse(rows[0]?.recordedAt ?? now);
  const settledAt = new Date(settledAtMs(recordedAtMs, settlingMs, Date.parse(now))).toISOString();
  const settled = waitsSince > settledAt ? waitsSince : settledAt;
  // The clock may have been set back since.
  const since = waitsSince <= now ? settled : now;
  const wished = digestAt && Date.parse(digestAt) - Date.parse(now) <= farthestDigestMs ? digestAt : since;
  const from = blockedUntil !== undefined && blockedUntil > wished ? blockedUntil : wished;
  if (digestAt || rows.some(({ severity }) => severity === 'red')) return from;
  return inHoursFrom(from > now ? from : now);
}

/** The next instant within working hours; cached, because most queries are for the same instant. */
function hoursOf({ hours, timeZone, isWorked }: Wish): (from: Instant) => Instant {
  const known = new Map<Instant, Instant>();
  return (from) => {
    if (!hours) return from;
    const at = known.get(from) ?? inHours(hours, timeZone, from, isWorked);
    known.set(from, at);
    return at;
  };
}

function latestRetry(waiting: readonly Waiting[], now: Instant): Instant | undefined {
  const farthest = instantAfter(now, farthestRetryMs);
  return waiting
    .flatMap(({ nextAt }) => (nextAt !== undefined && nextAt <= farthest ? [nextAt] : []))
    .reduce<Instant | undefined>(
      (latest, at) => (latest !== undefined && latest > at ? latest : at),
      undefined,
    );
}

/** Events delayed by the working hours go before a red one of the same project and cause, so that nobody gets the end first. */
export function withWhatCameBefore(pending: readonly Pending[]): Pending[] {
  const earliest = new Map<string, Instant>();
  const moved = pending.toReversed().map((notice): Pending => {
    const { project, cause } = notice.rows[0] ?? {};
    const key = `${project} ${cause}`;
    const later = earliest.get(key);
    const dueAt = later !== undefined && later < notice.dueAt ? later : notice.dueAt;
    earliest.set(key, dueAt);
    return { ...notice, dueAt };
  });
  return moved.toReversed();
}
