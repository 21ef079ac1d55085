import type { Day, Instant } from '../../../domain/values/calendar.js';
import { isWorkday } from '../../../domain/values/working-days.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { Governed, Subscribed } from '../governance/governed.js';
import { inGeneration } from '../in-generation.js';
import type { World } from '../ports.js';
import { keptUntil } from './attempts.js';
import type { Outbox, Waiting } from './outbox.js';
import { nextOf, type Pending, pendingNotices, type Wish } from './pending.js';
import { overBefore } from './settling.js';

/** How many rows are looked at where all of them go in their order. */
const rowsInOrder = 64;

/** The notices that wait for a subscription, in the order in which they go. */
export class Queue {
  constructor(
    private readonly outbox: Outbox,
    private readonly governed: Pick<Governed, 'calendar'>,
    private readonly world: Pick<World, 'now' | 'derivedId'>,
    private readonly store: Pick<EventStore, 'generation'>,
    private readonly settlingMs: number,
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

  /** What of a notice, and of what follows on it, was over before it had settled: it is recorded as left out; undefined for none. */
  over({ subscription }: Subscribed, { rows }: Pending): Pending | undefined {
    const [first] = rows;
    if (!first || this.settlingMs <= 0) return undefined;
    const alerts = [...new Set(rows.map(({ alert }) => alert))];
    const over = overBefore(this.outbox.ofAlerts(subscription, alerts, first.position), this.settlingMs);
    if (over.length === 0) return undefined;
    const notice = this.world.derivedId(subscription, `over ${over.map(({ event }) => event).join(' ')}`);
    return { notice, kind: 'at-once', rows: over, dueAt: this.world.now() };
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
    const { settlingMs } = this;
    const wish: Wish = { subscription, timing, timeZone, isWorked, settlingMs, ...(hours ? { hours } : {}) };
    const idOf = (name: string) => this.world.derivedId(subscription, inGeneration(this.store, name));
    return pendingNotices(waiting, wish, now, idOf);
  }
}
