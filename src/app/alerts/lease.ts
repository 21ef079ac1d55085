import { deliveriesStream } from '../../../domain/governance/events.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Instant } from '../../../domain/values/calendar.js';
import { RevisionConflict } from '../../event-store/errors.js';
import type { EventStore, ExpectedRevision } from '../../event-store/event-store.js';
import type { World } from '../ports.js';
import type { Leadership, LeadershipState } from './leadership.js';

/** How long a lease lasts from the moment its holder set out to take it, in milliseconds. */
const lifeMs = 15_000;
/** A holder stops so long before the end of its lease, and others wait so long after it, in milliseconds. */
const marginMs = 2_000;
/** How often a holder renews its lease and the others look for a new one, in milliseconds. */
const stepMs = lifeMs / 3;

/** Until when a lease lasts that was handed over; no clock has to agree on it. */
const handedOver: Instant = '1970-01-01T00:00:00.000Z';

/** Within how long another replica takes over from one that is gone: one look, and the wait after what it showed. */
const takeoverSeconds = (stepMs + lifeMs + marginMs) / 1_000;

/** Whether this replica may have the turn. */
export interface Fitness {
  /** Finds out again. */
  look(): Promise<void>;
  /** Why it may not, in a sentence without its end; undefined while it may. */
  whyNot(): string | undefined;
}

const alwaysFit: Fitness = { look: async () => undefined, whyNot: () => undefined };

/** The last record of the lease as another replica wrote it; who wrote it is not known before it was read. */
interface Seen {
  revision: number;
  /** Its holder handed it over. */
  isReleased: boolean;
  by?: { replica: string; since: Instant };
}

/**
 * The turn as a lease in the log: one replica of a cluster has it, another takes it over within 30 s after that one is gone.
 *
 * Nobody compares clocks: a holder counts from the moment before it wrote, the others from the moment they first saw what
 * it wrote, each by its own timer. The holder looks at its clock as well, because timers stand still while a machine sleeps.
 *
 * A replica that is not fit for it never takes it, and hands it over when it is fit no more.
 */
export class Lease implements Leadership {
  private readonly listeners = new Set<() => void>();
  private readonly stops = new Map<'step' | 'end', () => void>();
  private held: { revision: number; from: Instant; until: Instant; since: Instant } | undefined;
  private seen: Seen | undefined;
  private isOver = false;
  private isClosed = false;
  private step: Promise<void> = Promise.resolve();

  private constructor(
    private readonly store: EventStore,
    private readonly world: World,
    private readonly replica: string,
    private readonly fitness: Fitness,
  ) {}

  /** Tries to take the lease, and goes on trying; resolves after the first try. */
  static async start(options: {
    store: EventStore;
    world: World;
    replica: string;
    fitness?: Fitness;
  }): Promise<Lease> {
    const { store, world, replica, fitness = alwaysFit } = options;
    const lease = new Lease(store, world, replica, fitness);
    await lease.next();
    return lease;
  }

  isLeader(): boolean {
    return this.isHeld() && this.fitness.whyNot() === undefined;
  }

  standing(): LeadershipState {
    const whyNot = this.fitness.whyNot();
    const isHere = this.isLeader();
    const other = this.seen?.isReleased || this.isOver ? undefined : this.seen?.by;
    const leader = isHere ? { replica: this.replica, since: this.held?.since } : other;
    return {
      ...(leader ? { leader: leader.replica, since: leader.since } : {}),
      isHere,
      ...(whyNot === undefined ? {} : { whyNot }),
      takeoverSeconds,
    };
  }

  onElected(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Hands the lease over; after this resolves the replica neither acts nor tries again. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stop('step');
    await this.step;
    this.stop('step');
    await this.handOver();
  }

  private isHeld(): boolean {
    const now = this.world.now();
    return this.held !== undefined && this.held.from <= now && now < this.held.until;
  }

  private async handOver(): Promise<void> {
    const { held } = this;
    this.lose();
    // A failed hand-over costs the others a wait, no more.
    if (held) await this.write(held.revision, handedOver, held.since).catch(() => undefined);
  }

  private next(): Promise<void> {
    this.step = this.tryIt()
      .catch((error: unknown) => {
        if (error instanceof RevisionConflict) this.lose();
      })
      .then(() => {
        this.stop('step');
        if (!this.isClosed)
          this.stops.set(
            'step',
            this.world.after(stepMs, () => void this.next()),
          );
      });
    return this.step;
  }

  private async tryIt(): Promise<void> {
    const wasMine = this.isLeader();
    await this.fitness.look();
    if (this.fitness.whyNot() !== undefined) return this.standAside();
    // What came while its keys were behind those of another replica was left out, though nobody else has the turn.
    if (!wasMine && this.isLeader() && !this.isClosed) for (const listener of this.listeners) listener();
    if (this.held) return this.take(this.held.revision);
    if (!this.seen) return this.takeFirst();
    const last = await this.lastFrom(this.seen.revision);
    if (!last) return;
    this.watch(last);
    if (last.isReleased || this.isOver) await this.take(last.revision);
  }

  /** Leaves the lease to the others, and sees who has it. */
  private async standAside(): Promise<void> {
    if (this.held) await this.handOver();
    const last = await this.lastFrom(this.seen?.revision ?? 0);
    if (last) this.watch(last);
  }

  /** Takes a lease that nobody ever had; the refusal of the store tells where the last record is. */
  private async takeFirst(): Promise<void> {
    try {
      await this.take('no-stream');
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      this.seen = { revision: error.current, isReleased: false };
      this.countDown();
      await this.tryIt();
    }
  }

  private async take(expected: ExpectedRevision): Promise<void> {
    const from = this.world.now();
    const wasMine = this.isLeader();
    const since = this.isHeld() && this.held ? this.held.since : from;
    const stopCounting = this.countHold();
    let revision: number;
    try {
      revision = await this.write(expected, later(from, lifeMs), since);
    } catch (error) {
      stopCounting();
      throw error;
    }
    // It may have ended while the store took its time.
    if (stopCounting.hasEnded()) return;
    this.stop('end');
    this.stops.set('end', stopCounting);
    this.held = { revision, from, until: later(from, lifeMs - marginMs), since };
    this.seen = { revision, isReleased: false, by: { replica: this.replica, since } };
    this.isOver = false;
    if (!wasMine && this.isLeader() && !this.isClosed) for (const listener of this.listeners) listener();
  }

  private async write(expected: ExpectedRevision, until: Instant, since: Instant): Promise<number> {
    const event = {
      id: this.world.newId(),
      by: 'topout',
      type: 'DeliveriesTaken',
      data: { replica: this.replica, until, since },
      entry: { asOf: this.world.now().slice(0, 10), precision: 'day', source: { kind: 'system' } },
    } as const;
    const { events } = await this.store.append(deliveriesStream, [event], expected, 'fresh');
    return events.at(-1)?.revision ?? 0;
  }

  /** The last record from a revision on, which is there. */
  private async lastFrom(revision: number): Promise<Seen | undefined> {
    let last: AnyRecordedEvent | undefined;
    for await (const page of this.store.readStream(deliveriesStream, revision)) last = page.at(-1);
    if (last?.type !== 'DeliveriesTaken') return undefined;
    const { replica, until, since } = last.data;
    // An older version does not say since when; then it is known from what was seen of it first.
    const known = this.seen?.by?.replica === replica ? this.seen.by.since : last.recordedAt;
    const by = { replica, since: since ?? known };
    return { revision: last.revision, isReleased: until === handedOver, by };
  }

  /** Counts anew when the holder has written since. */
  private watch(last: Seen): void {
    const isNew = last.revision !== this.seen?.revision;
    this.seen = last;
    if (isNew || !this.stops.has('end')) this.countDown();
  }

  private countDown(): void {
    this.stop('end');
    this.isOver = false;
    const stop = this.world.after(lifeMs + marginMs, () => {
      this.isOver = true;
      if (this.isClosed) return;
      this.stop('step');
      void this.step.then(() => (this.isClosed ? undefined : this.next()));
    });
    this.stops.set('end', stop);
  }

  /** Ends what this replica holds when its lease, counted from now, is about to end. */
  private countHold(): (() => void) & { hasEnded(): boolean } {
    let hasEnded = false;
    const stop = this.world.after(lifeMs - marginMs, () => {
      hasEnded = true;
      this.lose();
    });
    return Object.assign(() => stop(), { hasEnded: () => hasEnded });
  }

  /** Another replica has it, or it is to be found out anew who has. */
  private lose(): void {
    this.stop('end');
    this.held = undefined;
    this.seen = undefined;
    this.isOver = false;
  }

  private stop(timer: 'step' | 'end'): void {
    this.stops.get(timer)?.();
    this.stops.delete(timer);
  }
}

function later(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}
