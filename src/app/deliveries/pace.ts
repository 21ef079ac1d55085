/** Between two attempts that make up for lost time, in milliseconds: of one receiver, and of all of them together. */
const ofOneMs = 100;
const ofAllMs = 25;
/** What was recorded longer ago makes up for lost time; what was not goes at once. */
const freshMs = 60_000;

/** When a receiver may be told next, so that what has piled up reaches nobody as a flood. */
export interface Lately {
  /** When the attempt before began, in milliseconds; undefined before the first. */
  attemptedAtMs?: number;
  /** When it may make up for lost time. */
  turnAtMs?: number;
}

/** Lets what has piled up go out evenly: at most 10 notices a second to one receiver, and 40 to all of them. */
export class Pace {
  private freeAtMs = Number.NEGATIVE_INFINITY;

  /**
   * The instant from which on the next attempt may be made, in milliseconds; not later than now when it may be made at once.
   *
   * @param recordedAtMs when the oldest thing that it tells was recorded
   */
  turnAt(lately: Lately, recordedAtMs: number, isRetry: boolean, nowMs: number): number {
    if (!isRetry && nowMs - recordedAtMs <= freshMs) return nowMs;
    if (lately.turnAtMs === undefined) {
      const { attemptedAtMs } = lately;
      // After a clock that was set back what lies ahead means nothing.
      const isPast = attemptedAtMs !== undefined && attemptedAtMs <= nowMs;
      const own = isPast ? attemptedAtMs + ofOneMs : nowMs;
      const free = this.freeAtMs - nowMs > freshMs ? nowMs : this.freeAtMs;
      lately.turnAtMs = Math.max(nowMs, own, free);
      this.freeAtMs = lately.turnAtMs + ofAllMs;
    }
    return lately.turnAtMs;
  }
}
