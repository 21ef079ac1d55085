import { type Instant, instantAfter } from '../../../domain/values/calendar.js';
import { msPerDay } from '../../../domain/values/durations.js';

const seconds = 1_000;
const minutes = 60 * seconds;

/** After the first, the second and every further failed attempt, in milliseconds. */
const delays = [5 * seconds, 5 * minutes, 30 * minutes] as const;
const longestDelayMs = msPerDay;
/** A receiver that fails for so long, and so often, is left alone; a clock that jumps ahead alone does not count. */
const failingMs = 5 * msPerDay;
const failingAttempts = 5;
/** What waits for a paused subscription is kept so long. */
const keptMs = 30 * msPerDay;

/**
 * When a notice is tried again after a failed attempt: after 5 s, 5 min, then every 30 min, each 20 % more or less by chance;
 * later when the receiver says so, yet within 24 h.
 *
 * @param attempt how many attempts failed, this one included
 * @param chance from 0 (inclusive) to 1 (exclusive)
 */
export function retryAt(now: Instant, attempt: number, chance: number, retryAfterMs = 0): Instant {
  const delay = delays[Math.min(attempt, delays.length) - 1] ?? delays[0];
  const ms = Math.max(delay * (0.8 + 0.4 * chance), retryAfterMs);
  return instantAfter(now, Math.min(Math.round(ms), longestDelayMs));
}

/** True when a receiver has failed for 5 days without one success. */
export function isGivenUpOn(failingSince: Instant | undefined, attempt: number, now: Instant): boolean {
  return (
    failingSince !== undefined &&
    attempt >= failingAttempts &&
    Date.parse(now) - Date.parse(failingSince) >= failingMs
  );
}

/** The instant from which on something that waits for a paused subscription is given up: 30 days after it was recorded. */
export function keptUntil(recordedAt: Instant): Instant {
  return instantAfter(recordedAt, keptMs);
}
