import { type Instant, instantAfter } from '../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../domain/values/days/durations.js';

const seconds = 1_000;
const minutes = 60 * seconds;

/** Delays after the first, the second and every further failed attempt, in milliseconds. */
const delays = [5 * seconds, 5 * minutes, 30 * minutes] as const;
const longestDelayMs = msPerDay;
/** A receiver that fails for this long, and this often, is given up; a clock jump alone does not count. */
const failingMs = 5 * msPerDay;
const failingAttempts = 5;
/** How long pending events of a paused subscription are kept. */
const keptMs = 30 * msPerDay;

/**
 * When a failed notice is retried: after 5 s, 5 min, then every 30 min, each with 20 % jitter; later if the receiver
 * asks for it, within 24 h.
 *
 * @param attempt the number of failed attempts, including this one
 * @param chance from 0 (inclusive) to 1 (exclusive)
 */
export function retryAt(now: Instant, attempt: number, chance: number, retryAfterMs = 0): Instant {
  const delay = delays[Math.min(attempt, delays.length) - 1] ?? delays[0];
  const ms = Math.max(delay * (0.8 + 0.4 * chance), retryAfterMs);
  return instantAfter(now, Math.min(Math.round(ms), longestDelayMs));
}

/** True if a receiver has failed for 5 days without one success. */
export function isGivenUpOn(failingSince: Instant | undefined, attempt: number, now: Instant): boolean {
  return (
    failingSince !== undefined &&
    attempt >= failingAttempts &&
    Date.parse(now) - Date.parse(failingSince) >= failingMs
  );
}

/** When a pending event of a paused subscription is given up: 30 days after it was recorded. */
export function keptUntil(recordedAt: Instant): Instant {
  return instantAfter(recordedAt, keptMs);
}
