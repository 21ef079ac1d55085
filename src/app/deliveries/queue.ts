import type { Instant } from '../../../domain/values/days/calendar.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { Governed, Subscribed } from '../governance/governed.js';
import { inGeneration } from '../in-generation.js';
import type { World } from '../ports.js';
import { keptUntil } from './attempts.js';
import type { Outbox, Waiting } from './outbox.js';
import { nextOf, type Pending, pendingNotices, wishOf } from './pending.js';
import { overBefore } from './settling.js';

/** The maximum number of rows for which the full order is computed. */
const rowsInOrder = 64;

/** The pending notices of a subscription, in sending order. */
export class Queue {
  constructor(
    private readonly outbox: Outbox,
    private readonly governed: Pick<Governed, 'calendar'>,
    private readonly world: Pick<World, 'now' | 'derivedId'>,
    private readonly store: Pick<EventStore, 'generation'>,
    private readonly settlingMs: number,
  ) {}

  /** The next notice, which may not be due yet; undefined if nothing is pending. */
  next(subscription: Subscribed): Pending | undefined {
    const { subscription: id, timing, hours } = subscription;
    const now = this.world.now();
    // Usually the oldest row shows that nothing is due now, however many there are.
    const first = nextOf(this.pending(subscription, this.outbox.waiting(id, 1), now), now);
    const mayOvertake = timing.kind === 'at-once' && hours && this.outbox.hasRed(id);
    if (!first || (first.dueAt > now && !mayOvertake)) return first;
    const isInOrder = timing.kind === 'at-once' && !hours;
    const waiting = isInOrder ? this.outbox.waiting(id, rowsInOrder) : this.all(id);
    return nextOf(this.pending(subscription, waiting, now), now);
  }

  /**
   * The part of a notice, and of those after it, that ended before it had settled: it is recorded as skipped; undefined
   * for none.
   */
  over({ subscription }: Subscribed, { rows }: Pending): Pending | undefined {
    const [first] = rows;
    if (!first || this.settlingMs <= 0) return undefined;
    const alerts = [...new Set(rows.map(({ alert }) => alert))];
    const over = overBefore(this.outbox.ofAlerts(subscription, alerts, first.position), this.settlingMs);
    if (over.length === 0) return undefined;
    const notice = this.world.derivedId(subscription, `over ${over.map(({ event }) => event).join(' ')}`);
    return { notice, kind: 'at-once', rows: over, dueAt: this.world.now() };
  }

  /** The oldest notice with an event past its retention; else when there will be one. */
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

  /** @param now the same instant as for due notices: events without delay are due at it, not after it */
  private pending(subscribed: Subscribed, waiting: readonly Waiting[], now: Instant): Pending[] {
    const { subscription } = subscribed;
    const wish = wishOf(subscribed, (name) => this.governed.calendar(name), this.settlingMs);
    const idOf = (name: string) => this.world.derivedId(subscription, inGeneration(this.store, name));
    return pendingNotices(waiting, wish, now, idOf);
  }
}
