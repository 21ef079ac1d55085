import type { World } from '../ports.js';
import type { Lately } from './pace.js';

/** The one timer is never set further ahead than this, in milliseconds: a clock may jump meanwhile. */
const longestMs = 30_000;
/** How long a subscription whose round failed is left alone, in milliseconds. */
const failedMs = 5_000;

/** What a subscription's round ended with: look again, at an instant, when the views have moved on, or when something new comes. */
export type Done = 'again' | { atMs: number } | 'later' | 'nothing';

/** What is remembered of a subscription between two notices. */
export interface Round extends Lately {
  /** Nothing is looked at before the views hold this position. */
  afterPosition: number;
  /** Its receiver accepted the last notice quickly. */
  isQuick?: boolean;
  /** When it is looked at again, in milliseconds. */
  atMs?: number;
}

/** Looks at each subscription when there is a reason to, one notice at a time, and at none of them while another look goes on. */
export class Rounds {
  private readonly rounds = new Map<string, Round>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly askedAgain = new Set<string>();
  private readonly pauses = new Set<() => void>();
  private stopTimer: () => void = () => undefined;
  private timerAtMs = Number.POSITIVE_INFINITY;
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  isClosed = false;

  constructor(
    private readonly world: Pick<World, 'now' | 'after'>,
    private readonly look: (subscription: string) => Promise<Done>,
    private readonly onFailure: (error: Error) => void = () => undefined,
  ) {}

  /** What is remembered of a subscription. */
  of(subscription: string): Round {
    const round = this.rounds.get(subscription) ?? { afterPosition: 0 };
    this.rounds.set(subscription, round);
    return round;
  }

  /** Looks at a subscription no more before the views hold a position. */
  waitFor(subscription: string, position: number): void {
    const round = this.of(subscription);
    round.afterPosition = Math.max(round.afterPosition, position);
  }

  /** Looks at a subscription now, or once more when the look that goes on has ended. */
  wake(subscription: string): void {
    if (this.isClosed) return;
    if (this.running.has(subscription)) {
      this.askedAgain.add(subscription);
      return;
    }
    const run = this.run(subscription).finally(() => {
      this.running.delete(subscription);
      if (this.askedAgain.delete(subscription)) this.wake(subscription);
    });
    this.running.set(subscription, run);
  }

  /** Says that the views hold a position; who waited for it is looked at. */
  reached(position: number): void {
    for (const [subscription, round] of this.rounds) {
      if (round.afterPosition === 0 || round.afterPosition > position) continue;
      round.afterPosition = 0;
      this.wake(subscription);
    }
  }

  /** Waits for some milliseconds, or until the end. */
  async pause(ms: number): Promise<void> {
    if (this.isClosed) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        stop();
        this.pauses.delete(end);
        resolve();
      };
      const stop = this.world.after(ms, end);
      this.pauses.add(end);
    });
  }

  /** Begins no further look, and resolves when those that go on have ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopTimer();
    for (const end of this.pauses) end();
    await Promise.all(this.running.values());
  }

  private async run(subscription: string): Promise<void> {
    const round = this.of(subscription);
    delete round.atMs;
    let done: Done = 'again';
    try {
      while (done === 'again' && !this.isClosed) done = await this.look(subscription);
    } catch (error) {
      this.onFailure(error as Error);
      done = { atMs: this.nowMs() + failedMs };
    }
    if (typeof done === 'object') {
      round.atMs = done.atMs;
      this.setTimer(done.atMs);
    }
  }

  private setTimer(atMs: number): void {
    if (this.isClosed || atMs >= this.timerAtMs) return;
    this.stopTimer();
    const nowMs = this.nowMs();
    this.lookedAtMs = nowMs;
    const ms = Math.min(Math.max(0, atMs - nowMs), longestMs);
    this.timerAtMs = nowMs + ms;
    this.stopTimer = this.world.after(ms, () => this.tick());
  }

  private tick(): void {
    this.timerAtMs = Number.POSITIVE_INFINITY;
    const nowMs = this.nowMs();
    const wentBack = nowMs < this.lookedAtMs;
    let next = Number.POSITIVE_INFINITY;
    for (const [subscription, round] of this.rounds) {
      if (round.atMs === undefined) continue;
      // What was reckoned by a clock that was set back since is reckoned anew.
      if (wentBack) delete round.turnAtMs;
      if (wentBack || round.atMs <= nowMs) this.wake(subscription);
      else next = Math.min(next, round.atMs);
    }
    if (next < Number.POSITIVE_INFINITY) this.setTimer(next);
  }

  private nowMs(): number {
    return Date.parse(this.world.now());
  }
}
