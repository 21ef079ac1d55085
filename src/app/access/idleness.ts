import type { Instant } from '../../../domain/values/calendar.js';
import { msPerMinute } from '../../../domain/values/durations.js';
import type { World } from '../ports.js';

/** A session that nobody used for this long signs nobody in, in milliseconds. */
const idleSessionMs = 30 * msPerMinute;

/**
 * When each session was last used. In memory: a new start of the service, and another replica, count from their own start.
 */
export class Idleness {
  private readonly usedMs = new Map<string, number>();
  private readonly startedMs: number;

  constructor(private readonly world: Pick<World, 'now'>) {
    this.startedMs = this.nowMs();
  }

  /** @param issuedAt when it was opened */
  isIdle(session: string, issuedAt: Instant): boolean {
    const used = this.usedMs.get(session) ?? Math.max(this.startedMs, Date.parse(issuedAt));
    return this.nowMs() - used > idleSessionMs;
  }

  /** Somebody used a session. */
  note(session: string): void {
    this.usedMs.set(session, this.nowMs());
  }

  /** Forgets the sessions that are over. */
  keep(isKept: (session: string) => boolean): void {
    for (const session of this.usedMs.keys()) if (!isKept(session)) this.usedMs.delete(session);
  }

  private nowMs(): number {
    return Date.parse(this.world.now());
  }
}
