import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../../domain/values/days/calendar.js';
import { msPerMinute } from '../../../domain/values/days/durations.js';
import type { World } from '../ports.js';

/** A session that nobody used for this long signs nobody in, in milliseconds. */
const idleSessionMs = 30 * msPerMinute;
/** A mark is renewed when the one that was sent is older than this, in milliseconds. */
const markEveryMs = msPerMinute;

/**
 * When each session was last used: what this replica saw, and what the marks say that a browser brings from another replica or
 * from before a new start. Only a replica with the keys of the installation can make a mark.
 */
export class Idleness {
  private readonly usedMs = new Map<string, number>();

  /** @param hash keyed, the same on every replica */
  constructor(
    private readonly world: Pick<World, 'now'>,
    private readonly hash: (text: string) => string,
  ) {}

  /** @param issuedAt when it was opened */
  isIdle(session: string, issuedAt: Instant): boolean {
    return this.nowMs() - (this.usedMs.get(session) ?? Date.parse(issuedAt)) > idleSessionMs;
  }

  /** Somebody used a session. */
  note(session: string): void {
    this.usedMs.set(session, this.nowMs());
  }

  /** Takes what a mark says about a session; one that is missing, of another session or not of this installation says nothing. */
  believe(session: string, mark: string | undefined): void {
    const markedMs = this.markedMs(session, mark) ?? 0;
    if (markedMs > (this.usedMs.get(session) ?? 0)) this.usedMs.set(session, markedMs);
  }

  /** The mark of a session that is used now; undefined while the one that was sent is recent. */
  renewed(session: string, mark: string | undefined): string | undefined {
    const nowMs = this.nowMs();
    const markedMs = this.markedMs(session, mark) ?? 0;
    return nowMs - markedMs < markEveryMs ? undefined : this.markOf(session, nowMs.toString(36));
  }

  /** Forgets the sessions that are over. */
  keep(isKept: (session: string) => boolean): void {
    for (const session of this.usedMs.keys()) if (!isKept(session)) this.usedMs.delete(session);
  }

  private markedMs(session: string, mark = ''): number | undefined {
    const [at = ''] = mark.split('.', 1);
    const [known, said] = [Buffer.from(this.markOf(session, at)), Buffer.from(mark)];
    const isOwn = known.length === said.length && timingSafeEqual(known, said);
    return isOwn ? Number.parseInt(at, 36) : undefined;
  }

  private markOf(session: string, at: string): string {
    return `${at}.${this.hash(`${session} ${at}`)}`;
  }

  private nowMs(): number {
    return Date.parse(this.world.now());
  }
}
