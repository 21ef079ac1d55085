import type { Instant } from '../domain/calendar.js';
import type { StoreState, StoreStatus } from './event-store.js';
import type { LogIndex } from './eventstoredb-index.js';

/** How a cluster is doing as this replica sees it; who waits for something is woken whenever that moves. */
export class Standing {
  readonly #wakers = new Set<() => void>();
  #status: Omit<StoreStatus, 'head' | 'spoilt'>;
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
    // What is out of reach altogether takes no entry either.
    if (state !== 'up') this.#suspicion = undefined;
    if (state === 'up') this.noteInStep();
    this.tell();
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

  wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }
}
