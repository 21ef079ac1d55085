/** Whether the service answered the last request, and when it last did. */
export interface Reach {
  /** Undefined before the first request. */
  isReached?: boolean;
  at?: string;
}

/** Outcomes of requests that run side by side, as one statement about the connection. */
export class Requests {
  private reach: Reach;
  private begun = 0;
  /** The request whose outcome is shown. */
  private shown = 0;
  private readonly listeners = new Set<() => void>();

  /** `lastReachedAt` is what a session before knew. */
  constructor(
    private readonly now: () => string,
    lastReachedAt?: string,
  ) {
    this.reach = lastReachedAt ? { at: lastReachedAt } : {};
  }

  readonly current = (): Reach => this.reach;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * Begins a request; the returned function records whether the service answered it.
   *
   * The outcome of a request that began before the one shown is ignored: it says what was, not what is.
   */
  readonly begin = (): ((isReached: boolean) => void) => {
    this.begun += 1;
    const request = this.begun;
    return (isReached) => {
      if (request < this.shown) return;
      this.shown = request;
      this.reach = { ...this.reach, isReached, ...(isReached ? { at: this.now() } : {}) };
      for (const listener of this.listeners) listener();
    };
  };
}
