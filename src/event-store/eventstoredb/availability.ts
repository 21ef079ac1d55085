import type { Instant } from '../../../domain/values/calendar.js';
import type { StoreState, StoreStatus } from '../event-store.js';
import type { LogIndex } from './event-index.js';

/** For how long a cluster that is out of reach may be hoped for: a leader is elected in less, in milliseconds. */
const hopeMs = 5_000;
/** How often an append is tried while the cluster takes none, in milliseconds; the others are refused at once. */
const trialEveryMs = 5_000;
/** States that pass by themselves in a moment. */
const wellStates: readonly StoreState[] = ['up', 'connecting', 'catching-up'];
/** States that are often over after a moment, because a connection was dropped or a leader is being elected. */
const hopefulStates: readonly StoreState[] = ['unreachable', 'no-leader'];

/** How a cluster is doing as this replica sees it; who waits for something is woken whenever that moves. */
export class Availability {
  readonly #wakers = new Set<() => void>();
  #status: Omit<StoreStatus, 'head' | 'spoilt'>;
  /** Since when the cluster is out of reach, in whatever state; until it is up again. */
  #awayAt: Instant | undefined;
  /** When an append was tried last while the cluster took none. */
  #triedAt: Instant | undefined;
  /** Why the last append could not be stored; it counts once the log was followed to its end after it. */
  #suspicion: string | undefined;

  constructor(
    private readonly index: LogIndex,
    private readonly now: () => Instant,
    private readonly onStatus: (status: StoreStatus) => void,
  ) {
    const inStep = index.inStepAt === '' ? {} : { inStepAt: index.inStepAt };
    this.#status = { state: 'connecting', since: now(), ...inStep };
  }

  get status(): StoreStatus {
    return { ...this.#status, head: this.index.head, spoilt: this.index.spoilt() };
  }

  get state(): StoreState {
    return this.#status.state;
  }

  /** Says in which state it is from now on, and why. */
  say(state: StoreState, why?: string): void {
    const { why: _, notWriting, ...before } = this.#status;
    const since = before.state === state ? before.since : this.now();
    const isMute = state === 'up' && notWriting;
    this.#status = {
      ...before,
      state,
      since,
      ...(why === undefined ? {} : { why }),
      ...(isMute ? { notWriting } : {}),
    };
    if (state === 'up') this.#awayAt = undefined;
    else if (!wellStates.includes(state)) this.#awayAt ??= this.now();
    // What is out of reach altogether takes no entry either.
    if (state !== 'up') this.#suspicion = undefined;
    if (state === 'up') this.noteInStep();
    this.tell();
  }

  /**
   * Why nothing can be had from the cluster now, so that nobody needs to wait until a call says the same; undefined when a call
   * may succeed. Only what follows the log finds out that it is back.
   */
  whyAway(): string | undefined {
    const { state, why = `the store is ${state}` } = this.#status;
    if (wellStates.includes(state)) return undefined;
    const isHopeful = hopefulStates.includes(state) && this.#msSince(this.#awayAt) < hopeMs;
    return isHopeful ? undefined : why;
  }

  /** The same of an append; while the cluster can be read and takes none, one is tried every few seconds. */
  whyNoAppend(): string | undefined {
    const away = this.whyAway();
    const { notWriting } = this.#status;
    if (away !== undefined || !notWriting) return away;
    if (this.#msSince(this.#triedAt) < trialEveryMs) return notWriting.why;
    this.#triedAt = this.now();
    return undefined;
  }

  /** The log was followed to its end just now. */
  noteInStep(): void {
    const inStepAt = this.now();
    this.index.inStepAt = inStepAt;
    this.index.flush();
    this.#status = { ...this.#status, inStepAt };
    const why = this.#suspicion;
    if (why === undefined || this.#status.notWriting) return;
    this.#status = { ...this.#status, notWriting: { since: inStepAt, why } };
    this.tell();
  }

  /** Says whether what was to be recorded last could be. */
  noteWriting(whyNot: string | undefined): void {
    this.#suspicion = this.state === 'up' ? whyNot : undefined;
    this.#triedAt = whyNot === undefined ? undefined : this.now();
    if (whyNot !== undefined || !this.#status.notWriting) return;
    const { notWriting: _, ...rest } = this.#status;
    this.#status = rest;
    this.tell();
  }

  /** Tells how it is, and wakes who waits. */
  tell(): void {
    this.onStatus(this.status);
    this.wake();
  }

  /** Calls back whenever something has moved; the answer ends that. */
  onMove(waker: () => void): () => void {
    this.#wakers.add(waker);
    return () => void this.#wakers.delete(waker);
  }

  /** Resolves at the next move. */
  moved(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onMove(() => {
        stop();
        resolve();
      });
    });
  }

  #msSince(instant: Instant | undefined): number {
    return instant === undefined ? Number.POSITIVE_INFINITY : Date.parse(this.now()) - Date.parse(instant);
  }

  wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }
}
