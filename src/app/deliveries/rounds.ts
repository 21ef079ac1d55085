import { firstValueFrom, groupBy, mergeMap, race, Subject, takeUntil, throttle, timer } from 'rxjs';
import type { World } from '../ports.js';
import { schedulerOf } from '../scheduler.js';
import type { Lately } from './pace.js';

/** A timer is never set for longer than this, in milliseconds: the clock may be set meanwhile. */
const longestMs = 30_000;
/** How long a subscription is left alone after a failed round, in milliseconds. */
const failedMs = 5_000;

/** How a round ended: look again, at an instant, when the views have moved on, or when something new comes. */
export type Done = 'again' | { atMs: number } | 'later' | 'nothing';

/** The state of a subscription between two notices. */
export interface Round extends Lately {
  /** Not checked before the views reach this position. */
  afterPosition: number;
  /** Its receiver accepted the last notice quickly. */
  isQuick?: boolean;
  /** Cancels the timer of its next look. */
  stop?: () => void;
}

/** Looks at a subscription whenever there is a reason to, one notice at a time, and never twice at the same time. */
export class Rounds {
  private readonly rounds = new Map<string, Round>();
  private readonly wakes = new Subject<string>();
  private readonly closed = new Subject<void>();
  private readonly running = new Set<Promise<void>>();
  isClosed = false;

  constructor(
    private readonly world: Pick<World, 'now' | 'after'>,
    private readonly look: (subscription: string) => Promise<Done>,
    private readonly onFailure: (error: Error) => void = () => undefined,
  ) {
    const whenIdle = { leading: true, trailing: true };
    const looks = this.wakes.pipe(
      groupBy((subscription) => subscription),
      mergeMap((its) => its.pipe(throttle((subscription) => this.started(subscription), whenIdle))),
      takeUntil(this.closed),
    );
    looks.subscribe();
  }

  /** The state of a subscription. */
  of(subscription: string): Round {
    const round = this.rounds.get(subscription) ?? { afterPosition: 0 };
    this.rounds.set(subscription, round);
    return round;
  }

  /** Delays checks of a subscription until the views reach a position. */
  waitFor(subscription: string, position: number): void {
    const round = this.of(subscription);
    round.afterPosition = Math.max(round.afterPosition, position);
  }

  /** Looks at a subscription now, or once more when the present look has ended. */
  wake(subscription: string): void {
    this.wakes.next(subscription);
  }

  /** Reports that the views hold a position: subscriptions that waited for it are looked at. */
  reached(position: number): void {
    for (const [subscription, round] of this.rounds) {
      if (round.afterPosition === 0 || round.afterPosition > position) continue;
      round.afterPosition = 0;
      this.wake(subscription);
    }
  }

  /** Waits for some milliseconds, or until the end. */
  async pause(ms: number): Promise<void> {
    if (!this.isClosed) await firstValueFrom(race(timer(ms, schedulerOf(this.world)), this.closed));
  }

  /** Begins no further look, and resolves when the present ones have ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.closed.next();
    for (const { stop } of this.rounds.values()) stop?.();
    await Promise.all(this.running);
  }

  private started(subscription: string): Promise<void> {
    const run = this.run(subscription);
    this.running.add(run);
    return run.finally(() => this.running.delete(run));
  }

  private async run(subscription: string): Promise<void> {
    this.of(subscription).stop?.();
    let done: Done = 'again';
    try {
      while (done === 'again' && !this.isClosed) done = await this.look(subscription);
    } catch (error) {
      this.onFailure(error as Error);
      done = { atMs: this.nowMs() + failedMs };
    }
    if (typeof done === 'object') this.lookAt(subscription, done.atMs);
  }

  private lookAt(subscription: string, atMs: number): void {
    if (this.isClosed) return;
    const round = this.of(subscription);
    const fromMs = this.nowMs();
    const ms = Math.min(Math.max(0, atMs - fromMs), longestMs);
    round.stop = this.world.after(ms, () => {
      const nowMs = this.nowMs();
      const wentBack = nowMs < fromMs;
      // A turn reckoned by a clock that was set back is reckoned again.
      if (wentBack) delete round.turnAtMs;
      if (wentBack || atMs <= nowMs) this.wake(subscription);
      else this.lookAt(subscription, atMs);
    });
  }

  private nowMs(): number {
    return Date.parse(this.world.now());
  }
}
