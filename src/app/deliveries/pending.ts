import type { Subscription } from '../../../domain/governance/events.js';
import { type Day, type Instant, instantAfter } from '../../../domain/values/calendar.js';
import { msPerDay, msPerHour } from '../../../domain/values/durations.js';
import type { Waiting } from './outbox.js';
import { settledAtMs } from './settling.js';
import { digestAfter, inHours } from './timing.js';

/** A notice that is to be sent. */
export interface Pending {
  notice: string;
  kind: 'at-once' | 'digest';
  /** What it tells, oldest first. */
  rows: Waiting[];
  /** Not before. */
  dueAt: Instant;
}

/** How a subscriber wants to be told, with what it takes to follow it. */
export type Wish = Pick<Subscription, 'subscription' | 'timing' | 'hours' | 'timeZone'> & {
  /** True on a day that its working calendar works. */
  isWorked: (day: Day) => boolean;
  /** How long what happens waits to see whether it is over at once, in milliseconds; a digest waits for its instant alone. */
  settlingMs: number;
};

/** A clock that was set back makes nothing wait longer than this; the longest retry, and the longest time between two digests. */
const farthestRetryMs = 25 * msPerHour;
const farthestDigestMs = 8 * msPerDay;

/**
 * The notices that tell what waits for a subscription, oldest first.
 *
 * What one judgement said of a project and cause is told together; of a digest all that waits at its instant. The id of a
 * notice follows from what it tells, or from the instant of the digest, and stays with it once an attempt has failed. While
 * one notice fails the others wait for its next attempt.
 *
 * @param idOf the UUID that follows from a name
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

/** Finds the digest of each row; they come by the time since which they wait, so that most are in the one of the row before. */
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

/** The oldest notice that is due; when none is, the one that is due first; undefined when there is none. */
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

/** When the working hours let something through from an instant on; most are asked from the same one. */
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

/** What waits for the working hours goes ahead of something red of the same project and cause, so that nobody hears the end first. */
function withWhatCameBefore(pending: readonly Pending[]): Pending[] {
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
