import { type Observable, Subject } from 'rxjs';
import { leadershipStream } from '../../../domain/leadership/events.js';
import {
  type Claim,
  decide,
  handedOver,
  type Leader,
  leaderAfter,
} from '../../../domain/leadership/leadership.js';
import { type Instant, instantAfter } from '../../../domain/values/days/calendar.js';
import type { RevisionConflict } from '../../event-store/errors.js';
import type { EventStore } from '../../event-store/event-store.js';
import { type Answer, named, transact } from '../commands/transact.js';
import type { World } from '../ports.js';
import { alwaysFit, type Fitness, type Leadership, type LeadershipState } from './leadership.js';

/** The duration of a lease from the moment its holder started to acquire it, in milliseconds. */
const lifeMs = 15_000;
/** A holder stops this long before the end of its lease, and others wait this long after it, in milliseconds. */
const marginMs = 2_000;
/** Interval at which a holder renews its lease and others check for a free one, in milliseconds. */
const stepMs = lifeMs / 3;

/** Within how long another replica takes over from one that is gone: one look, and the wait after what it showed. */
const takeoverSeconds = (stepMs + lifeMs + marginMs) / 1_000;

/** What this replica holds; others hold nothing before they see its record. */
interface Held {
  revision: number;
  from: Instant;
  since: Instant;
}

/**
 * Leadership as a lease in the log: one replica of a cluster holds it, another takes over within 30 s after that one is
 * gone.
 *
 * No clocks are compared: a holder counts from the moment before its write, the others from the moment they first saw
 * it, each by its own timer. The holder also checks its clock, because timers stop while a machine sleeps.
 *
 * A replica that is not eligible never acquires it, and hands it over when it ceases to be.
 */
export class Lease implements Leadership {
  private readonly elected = new Subject<void>();
  private readonly stops = new Map<'step' | 'end', () => void>();
  private held: Held | undefined;
  private seen: Leader | undefined;
  private isOver = false;
  private isClosed = false;
  private step: Promise<void> = Promise.resolve();

  private constructor(
    readonly store: EventStore,
    readonly world: World,
    private readonly replica: string,
    private readonly fitness: Fitness,
  ) {}

  /** Tries to acquire the lease, and keeps trying; resolves after the first try. */
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
    const other = this.seen?.hasHandedOver || this.isOver ? undefined : this.seen;
    const leader = isHere ? { replica: this.replica, since: this.held?.since } : other;
    return {
      ...(leader ? { leader: leader.replica, since: leader.since } : {}),
      isHere,
      ...(whyNot === undefined ? {} : { whyNot }),
      takeoverSeconds,
    };
  }

  get elected$(): Observable<void> {
    return this.elected;
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
    const [now, from] = [this.world.now(), this.held?.from];
    return from !== undefined && from <= now && now < instantAfter(from, lifeMs - marginMs);
  }

  private async handOver(): Promise<void> {
    const { held } = this;
    this.lose();
    // A failed hand-over costs the others a wait, no more.
    if (held)
      await transact(this, {
        stream: leadershipStream,
        load: (conflict) => ({ revision: conflict?.current ?? held.revision }),
        decide: ({ revision }): Answer<Leader | undefined> =>
          revision === held.revision
            ? this.claim({ since: held.since, until: handedOver, isFree: true }, undefined)
            : { alreadySaid: undefined },
      }).catch(() => undefined);
  }

  private next(): Promise<void> {
    this.step = this.tryIt()
      .catch(() => undefined)
      .then(() => {
        this.stop('step');
        if (this.isClosed) return;
        const stop = this.world.after(stepMs, () => void this.next());
        this.stops.set('step', stop);
      });
    return this.step;
  }

  private async tryIt(): Promise<void> {
    const wasMine = this.isLeader();
    await this.fitness.look();
    if (this.fitness.whyNot() !== undefined) return this.standAside();
    // What came while its keys were behind those of another replica was left out, though nobody else has the turn.
    if (!wasMine && this.isLeader() && !this.isClosed) this.elected.next();
    await this.take();
  }

  /** Leaves the lease to the others, and follows who has it. */
  private async standAside(): Promise<void> {
    if (this.held) await this.handOver();
    await this.look(this.seen?.revision ?? 0);
  }

  /** Renews the lease or takes a free one; else sees who has it. */
  private async take(): Promise<void> {
    const wasLeader = this.isLeader();
    let hold: (Omit<Held, 'revision'> & ReturnType<Lease['countHold']>) | undefined;
    try {
      const written = await transact(this, {
        stream: leadershipStream,
        ids: 'fresh',
        load: (conflict) => this.load(conflict),
        decide: ({ leader, revision }) => {
          hold?.stop();
          hold = undefined;
          const from = this.world.now();
          const since = this.isHeld() && this.held ? this.held.since : from;
          const isFree = this.isOver || revision === this.held?.revision;
          const answer = this.claim({ since, until: instantAfter(from, lifeMs), isFree }, leader);
          if ('append' in answer) hold = { from, since, ...this.countHold() };
          return answer;
        },
      });
      // It may have ended while the store took its time.
      if (!hold || !('appended' in written) || hold.hasEnded()) return;
      const { revision = 0 } = written.appended.events[0] ?? {};
      const { from, since, stop } = hold;
      this.stop('end');
      this.stops.set('end', stop);
      this.held = { revision, from, since };
      this.seen = { revision, replica: this.replica, since, hasHandedOver: false };
      this.isOver = false;
    } catch (error) {
      hold?.stop();
      throw error;
    }
    if (!wasLeader && this.isLeader() && !this.isClosed) this.elected.next();
  }

  private claim(
    claim: Pick<Claim, 'since' | 'until' | 'isFree'>,
    leader: Leader | undefined,
  ): Answer<Leader> {
    const { world, replica } = this;
    const decision = decide({ ...claim, replica, at: world.now() }, leader);
    if ('alreadySaid' in decision) return decision;
    return { append: named(decision.append, world.newId(), 'topout', world) };
  }

  /** Where the last record is, a refusal of the store tells: there are far too many to read them from the first. */
  private async load(conflict?: RevisionConflict): Promise<{ leader: Leader | undefined; revision: number }> {
    if (this.held && !conflict) return { leader: this.seen, revision: this.held.revision };
    const revision = conflict?.current ?? this.seen?.revision ?? -1;
    if (conflict) this.lose();
    const leader = revision < 0 ? undefined : await this.look(revision);
    return { leader, revision: leader?.revision ?? revision };
  }

  /** The last record from a revision on; counts again when another replica has written since. */
  private async look(revision: number): Promise<Leader | undefined> {
    let last: Leader | undefined;
    for await (const page of this.store.readStream(leadershipStream, revision))
      for (const event of page)
        if (event.type === 'DeliveriesTaken') last = leaderAfter(last ?? this.seen, event);
    if (!last) return undefined;
    const isNew = last.revision !== this.seen?.revision;
    this.seen = last;
    if (isNew || !this.stops.has('end')) this.countDown();
    return last;
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
  private countHold(): { stop: () => void; hasEnded: () => boolean } {
    let hasEnded = false;
    const stop = this.world.after(lifeMs - marginMs, () => {
      hasEnded = true;
      this.lose();
    });
    return { stop, hasEnded: () => hasEnded };
  }

  /** Another replica has it, or its holder must be determined again. */
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
