import type { Day, Instant } from '../../domain/calendar.js';
import { isWorkday } from '../../domain/working-days.js';
import type { Governed, Subscribed } from '../governance/governed.js';
import type { World } from '../ports.js';
import { keptUntil } from './attempts.js';
import type { Outbox, Waiting } from './outbox.js';
import { nextOf, type Pending, pendingNotices, type Wish } from './pending.js';

/** How many rows are looked at where all of them go in their order. */
const rowsInOrder = 64;

/** The notices that wait for a subscription, in the order in which they go. */
export class Queue {
  constructor(
    private readonly outbox: Outbox,
    private readonly governed: Pick<Governed, 'calendar'>,
    private readonly world: Pick<World, 'now' | 'derivedId'>,
  ) {}

  /** The notice that goes next, which may not be due yet; undefined when nothing waits. */
  next(subscription: Subscribed): Pending | undefined {
    const { subscription: id, timing, hours } = subscription;
    const now = this.world.now();
    // Mostly what waits the longest says that nothing goes now, however much it is.
    const first = nextOf(this.pending(subscription, this.outbox.waiting(id, 1), now), now);
    const mayOvertake = timing.kind === 'at-once' && hours && this.outbox.hasRed(id);
    if (!first || (first.dueAt > now && !mayOvertake)) return first;
    const isInOrder = timing.kind === 'at-once' && !hours;
    const waiting = isInOrder ? this.outbox.waiting(id, rowsInOrder) : this.all(id);
    return nextOf(this.pending(subscription, waiting, now), now);
  }

  /** The oldest notice of which something has waited for longer than it is kept; else when there will be one. */
  tooOld(subscription: Subscribed): Pending | { atMs: number } | undefined {
    const id = subscription.subscription;
    const now = this.world.now();
    const [oldest] = this.outbox.waiting(id, 1);
    if (!oldest) return undefined;
    const until = keptUntil(oldest.recordedAt);
    if (until > now) return { atMs: Date.parse(until) };
    const all = this.pending(subscription, this.all(id), now);
    return all.find(({ rows }) => rows.some(({ position }) => position === oldest.position));
  }

  private all(subscription: string): Waiting[] {
    return this.outbox.waiting(subscription, Number.MAX_SAFE_INTEGER);
  }

  /** @param now the same as what is due is compared with: what nobody holds back is due at it, not after it */
  private pending(subscribed: Subscribed, waiting: readonly Waiting[], now: Instant): Pending[] {
    const { subscription, timing, hours, timeZone } = subscribed;
    const calendar = hours && this.governed.calendar(hours.calendar);
    // Rather told on a free day than held back for a calendar that nobody knows.
    const isWorked = (day: Day) => !calendar || isWorkday(day, calendar);
    const wish: Wish = { subscription, timing, timeZone, isWorked, ...(hours ? { hours } : {}) };
    const idOf = (name: string) => this.world.derivedId(subscription, name);
    return pendingNotices(waiting, wish, now, idOf);
  }
}
