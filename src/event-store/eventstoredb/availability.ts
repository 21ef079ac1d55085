import { BehaviorSubject, firstValueFrom, skip } from 'rxjs';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { StoreState, StoreStatus } from '../event-store.js';
import type { LogIndex } from './event-index.js';

/** How long to hope for an unreachable cluster: longer than a leader election, in milliseconds. */
const hopeMs = 5_000;
/** Interval of append attempts while the cluster accepts none, in milliseconds; others are refused immediately. */
const trialEveryMs = 5_000;
/** States that end by themselves within a moment. */
const wellStates: readonly StoreState[] = ['up', 'connecting', 'catching-up'];
/** States that often end after a moment, because a connection was dropped or a leader is being elected. */
const hopefulStates: readonly StoreState[] = ['unreachable', 'no-leader'];

/** The cluster's state as this replica sees it; every change wakes the waiters. */
export class Availability {
  /** Counts the changes: of the log, and of the cluster's state. */
  readonly moves$ = new BehaviorSubject(0);
  private current: Omit<StoreStatus, 'head' | 'spoilt'>;
  /** Since when the cluster is unreachable, in whatever state; until it is up again. */
  private awayAt: Instant | undefined;
  /** The last append attempt while the cluster accepted none. */
  private triedAt: Instant | undefined;
  /** Why the last append could not be stored; it counts once the log was followed to its end after it. */
  private suspicion: string | undefined;

  constructor(
    private readonly index: LogIndex,
    private readonly now: () => Instant,
    private readonly onStatus: (status: StoreStatus) => void,
  ) {
    const inStep = index.inStepAt === '' ? {} : { inStepAt: index.inStepAt };
    this.current = { state: 'connecting', since: now(), ...inStep };
  }

  get status(): StoreStatus {
    return { ...this.current, head: this.index.head, spoilt: this.index.spoilt() };
  }

  get state(): StoreState {
    return this.current.state;
  }

  /** Sets the state and its reason. */
  say(state: StoreState, why?: string): void {
    const { why: _, notWriting, ...before } = this.current;
    const since = before.state === state ? before.since : this.now();
    const isMute = state === 'up' && notWriting;
    this.current = {
      ...before,
      state,
      since,
      ...(why === undefined ? {} : { why }),
      ...(isMute ? { notWriting } : {}),
    };
    if (state === 'up') this.awayAt = undefined;
    else if (!wellStates.includes(state)) this.awayAt ??= this.now();
    // An unreachable cluster does not accept entries either.
    if (state !== 'up') this.suspicion = undefined;
    if (state === 'up') this.noteInStep();
    this.tell();
  }

  /**
   * Why a call to the cluster cannot succeed now, so that callers fail fast; undefined if it may succeed. Only the feed
   * detects recovery.
   */
  whyAway(): string | undefined {
    const { state, why = `the store is ${state}` } = this.current;
    if (wellStates.includes(state)) return undefined;
    const isHopeful = hopefulStates.includes(state) && this.msSince(this.awayAt) < hopeMs;
    return isHopeful ? undefined : why;
  }

  /** The same for an append; while the cluster is readable and accepts none, one is tried every few seconds. */
  whyNoAppend(): string | undefined {
    const away = this.whyAway();
    const { notWriting } = this.current;
    if (away !== undefined || !notWriting) return away;
    if (this.msSince(this.triedAt) < trialEveryMs) return notWriting.why;
    this.triedAt = this.now();
    return undefined;
  }

  /** The log was just followed to its end. */
  noteInStep(): void {
    const inStepAt = this.now();
    this.index.inStepAt = inStepAt;
    this.index.flush();
    this.current = { ...this.current, inStepAt };
    const why = this.suspicion;
    if (why === undefined || this.current.notWriting) return;
    this.current = { ...this.current, notWriting: { since: inStepAt, why } };
    this.tell();
  }

  /** Records whether the last append could be stored. */
  noteWriting(whyNot: string | undefined): void {
    this.suspicion = this.state === 'up' ? whyNot : undefined;
    this.triedAt = whyNot === undefined ? undefined : this.now();
    if (whyNot !== undefined || !this.current.notWriting) return;
    const { notWriting: _, ...rest } = this.current;
    this.current = rest;
    this.tell();
  }

  /** Publishes the state, and wakes the waiters. */
  tell(): void {
    this.onStatus(this.status);
    this.wake();
  }

  /** Resolves at the next change. */
  async moved(): Promise<void> {
    await firstValueFrom(this.moves$.pipe(skip(1)));
  }

  private msSince(instant: Instant | undefined): number {
    return instant === undefined ? Number.POSITIVE_INFINITY : Date.parse(this.now()) - Date.parse(instant);
  }

  wake(): void {
    this.moves$.next(this.moves$.value + 1);
  }
}
