/** Minimum interval between two backlog attempts, in milliseconds: for one receiver, and for all of them together. */
const ofOneMs = 100;
const ofAllMs = 25;
/** Older events count as backlog; newer ones are sent immediately. */
const freshMs = 60_000;

/** When a receiver may get the next notice, so that a backlog is no flood. */
export interface Lately {
  /** Start of the previous attempt, in milliseconds; undefined before the first. */
  attemptedAtMs?: number;
  /** When the next backlog attempt may start. */
  turnAtMs?: number;
}

/** Spreads a backlog evenly: at most 10 notices a second to one receiver, and 40 to all of them. */
export class Pace {
  private freeAtMs = Number.NEGATIVE_INFINITY;

  /**
   * The earliest time of the next attempt, in milliseconds; not later than now if it is allowed immediately.
   *
   * @param recordedAtMs the time of its oldest event
   */
  turnAt(lately: Lately, recordedAtMs: number, isRetry: boolean, nowMs: number): number {
    if (!isRetry && nowMs - recordedAtMs <= freshMs) return nowMs;
    if (lately.turnAtMs === undefined) {
      const { attemptedAtMs } = lately;
      // After a clock was set back, future times are meaningless.
      const isPast = attemptedAtMs !== undefined && attemptedAtMs <= nowMs;
      const own = isPast ? attemptedAtMs + ofOneMs : nowMs;
      const free = this.freeAtMs - nowMs > freshMs ? nowMs : this.freeAtMs;
      lately.turnAtMs = Math.max(nowMs, own, free);
      this.freeAtMs = lately.turnAtMs + ofAllMs;
    }
    return lately.turnAtMs;
  }
}
