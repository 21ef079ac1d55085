import type { Instant } from '../../domain/values/days/calendar.js';
import type { World } from '../../src/app/ports.js';
import { world } from '../../src/composition/world.js';

interface Timer {
  atMs: number;
  call: () => void;
}

/** A clock and timers that move only on command; immediate work runs in the next turn of the event loop. */
export class InjectedClock {
  private readonly timers = new Set<Timer>();
  private passedMs = 0;
  private setMs: number;

  constructor(at: Instant) {
    this.setMs = Date.parse(at);
  }

  now(): Instant {
    return new Date(this.setMs + this.passedMs).toISOString();
  }

  /** The world with this clock, optionally offset by some milliseconds. */
  world(aheadMs = 0): World {
    return {
      ...world,
      now: () => new Date(this.setMs + this.passedMs + aheadMs).toISOString(),
      after: (ms, call) => this.after(ms, call),
    };
  }

  /** Advances time: timers fire in order, each followed by some turns of the event loop. */
  async pass(ms: number): Promise<void> {
    const goal = this.passedMs + ms;
    for (let next = this.next(goal); next; next = this.next(goal)) {
      this.timers.delete(next);
      this.passedMs = Math.max(this.passedMs, next.atMs);
      next.call();
      await turns();
    }
    this.passedMs = goal;
    await turns();
  }

  /** Sets the clock forward or back without advancing time. */
  jump(ms: number): void {
    this.setMs += ms;
  }

  private after(ms: number, call: () => void): () => void {
    if (ms === 0) {
      const turn = setImmediate(call);
      return () => clearImmediate(turn);
    }
    const timer = { atMs: this.passedMs + ms, call };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  private next(goal: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers)
      if (timer.atMs <= goal && (!first || timer.atMs < first.atMs)) first = timer;
    return first;
  }
}

/** Lets all waiting work run. */
export async function turns(count = 6): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
