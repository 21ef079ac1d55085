import { merge, Subscription, tap } from 'rxjs';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { Leadership } from '../alerts/leadership.js';
import type { Governed, Subscribed } from '../governance/governed.js';
import type { Views } from '../views/views.js';
import { hostOf } from './address.js';
import { Failures } from './failures.js';
import { Outbox } from './outbox.js';
import { Outcomes } from './outcomes.js';
import { beyondReach, isOrphan, type Owners } from './owners.js';
import { Pace } from './pace.js';
import type { Pending } from './pending.js';
import { Queue } from './queue.js';
import { type Done, Rounds } from './rounds.js';
import { Sending, type SendingOptions } from './sending.js';
import { Slots } from './slots.js';

/** The ports of the deliveries. */
export interface DeliveriesOptions extends SendingOptions {
  store: EventStore;
  views: Views;
  governed: Pick<Governed, 'subscriptions' | 'calendar' | 'changes$'>;
  /** Who added subscriptions, and what they may be notified of now. */
  owners: Owners;
  /** Whether this replica delivers. */
  leadership: Pick<Leadership, 'isLeader' | 'elected$'>;
  /** How long what happens waits before it is told, to be left out if it is over by then, in milliseconds; 0 when absent. */
  settlingMs?: number;
  /** The business day in a time zone; by default in the installation's. */
  todayIn(timeZone: string | undefined): Day;
}

/** Sends the pending notices in the view `outbox` to subscribers, and records the results. */
export class Deliveries {
  private readonly outbox: Outbox;
  private readonly outcomes: Outcomes;
  private readonly queue: Queue;
  private readonly slots = new Slots();
  private readonly pace = new Pace();
  private readonly rounds: Rounds;
  private readonly sending: Sending;
  private readonly inputs = new Subscription();
  private subscribed: ReadonlyMap<string, Subscribed> | undefined;

  private constructor(private readonly options: DeliveriesOptions) {
    const { store, views, governed, world, todayIn } = options;
    const failures = new Failures(world, options.onFailure);
    const onFailure = (error: Error) => failures.tell(error);
    this.outbox = new Outbox(views);
    this.outcomes = new Outcomes(store, views, world, () => todayIn(undefined));
    this.queue = new Queue(this.outbox, governed, world, store, options.settlingMs ?? 0);
    this.rounds = new Rounds(world, (subscription) => this.next(subscription), onFailure);
    const statusOf = (id: string) => this.subscription(id)?.status;
    this.sending = new Sending({ ...options, onFailure }, this.outbox, this.outcomes, this.rounds, statusOf);
  }

  /** Delivers pending and future notices, until it is closed. */
  static start(options: DeliveriesOptions): Deliveries {
    const deliveries = new Deliveries(options);
    const { views, governed, leadership, owners } = options;
    const { inputs } = deliveries;
    const changes$ = governed.changes$.pipe(
      tap((what) => {
        if (what === 'subscriptions') deliveries.subscribed = undefined;
      }),
    );
    inputs.add(views.events$.subscribe((events) => deliveries.take(events)));
    const reasons$ = merge(changes$, views.swaps$, leadership.elected$, owners.changes$);
    inputs.add(reasons$.subscribe(() => deliveries.lookAtAll()));
    deliveries.lookAtAll();
    return deliveries;
  }

  /** Starts no more attempts, and resolves when running ones have ended and are recorded. */
  async close(): Promise<void> {
    this.inputs.unsubscribe();
    this.slots.close();
    await this.rounds.close();
  }

  private take(events: readonly AnyRecordedEvent[]): void {
    const [first] = events;
    const last = events.at(-1);
    if (!first || !last || this.rounds.isClosed) return;
    this.rounds.reached(last.position);
    if (!events.some(({ type }) => type.startsWith('Alert'))) return;
    for (const subscription of this.outbox.subscriptions(first.position - 1, last.position))
      this.rounds.wake(subscription);
  }

  private lookAtAll(): void {
    if (this.rounds.isClosed) return;
    const { views, governed, owners } = this.options;
    const orphans = governed.subscriptions().filter((one) => isOrphan(one, owners));
    const ids = orphans.map(({ subscription }) => subscription);
    for (const subscription of new Set([...ids, ...this.outbox.subscriptions(0, views.position)]))
      this.rounds.wake(subscription);
  }

  /** Checks what is pending for a subscription and sends one notice of it; returns when to check again. */
  private async next(id: string): Promise<Done> {
    const { world, leadership, views, owners } = this.options;
    const round = this.rounds.of(id);
    if (round.afterPosition > views.position || !leadership.isLeader()) return 'later';
    const subscription = this.subscription(id);
    if (subscription && isOrphan(subscription, owners)) {
      await this.sending.end(subscription);
      return 'later';
    }
    if (subscription?.status === 'paused' || subscription?.status === 'unconfirmed')
      return this.giveUpOld(subscription);
    const pending = subscription?.status === 'active' ? this.queue.next(subscription) : undefined;
    if (!subscription || !pending) return 'nothing';
    const nowMs = Date.parse(world.now());
    const goAtMs = Math.max(Date.parse(pending.dueAt), this.turnAtMs(id, pending, nowMs));
    if (goAtMs > nowMs) return { atMs: goAtMs };
    const release = await this.slots.take(hostOf(subscription, this.options.vault), round.isQuick === true);
    if (!release) return 'nothing';
    try {
      return await this.tell(id);
    } finally {
      release();
    }
  }

  /** Sends what is due now: after waiting for a slot, that may be another notice, or none. */
  private async tell(id: string): Promise<Done> {
    // The events of one evaluation are consecutive in the log; a part of them would be another notice.
    await this.outcomes.catchUp();
    const subscription = this.subscription(id);
    const pending = subscription?.status === 'active' ? this.queue.next(subscription) : undefined;
    const isDue = pending && pending.dueAt <= this.options.world.now();
    if (!subscription || !isDue || !this.options.leadership.isLeader() || this.rounds.isClosed)
      return 'again';
    const { owners, world } = this.options;
    const beyond = await beyondReach(subscription, pending, owners, world);
    const over = this.queue.over(subscription, pending);
    if (beyond) await this.sending.refuse(subscription, beyond);
    else if (over) await this.sending.leaveOut(subscription, over);
    else await this.sending.send(subscription, pending);
    return 'again';
  }

  private turnAtMs(id: string, { rows, dueAt }: Pending, nowMs: number): number {
    if (Date.parse(dueAt) > nowMs) return nowMs;
    const isRetry = rows.some(({ attempts }) => attempts > 0);
    const recordedAtMs = Date.parse(rows[0]?.recordedAt ?? dueAt) + (this.options.settlingMs ?? 0);
    return this.pace.turnAt(this.rounds.of(id), recordedAtMs, isRetry, nowMs);
  }

  /** Pending events of a paused subscription are given up after 30 days, and recorded as failed. */
  private async giveUpOld(subscription: Subscribed): Promise<Done> {
    const old = this.queue.tooOld(subscription);
    if (!old) return 'nothing';
    if ('atMs' in old) return old;
    const why = `It waited for 30 days while the subscription was ${subscription.status}.`;
    await this.sending.giveUp(subscription, old, why);
    return 'again';
  }

  private subscription(id: string): Subscribed | undefined {
    this.subscribed ??= new Map(
      this.options.governed.subscriptions().map((known) => [known.subscription, known]),
    );
    return this.subscribed.get(id);
  }
}
