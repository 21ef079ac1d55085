import type { AtATime } from './figures.js';

/** How long a request waits for a slot, in milliseconds; a whole request has 30 s. */
const patienceMs = 10_000;
/** Requests of one credential that may wait. */
const mostWaiting = 8;

interface Waiting {
  key: string;
  begin(release: (() => void) | undefined): void;
}

/** Slots for work that runs for long: a number in all and for each key; others wait, in order, for some seconds. */
export class Slots {
  private readonly waiting: Waiting[] = [];
  private readonly taken = new Map<string, number>();
  private inAll = 0;

  constructor(
    private readonly limit: AtATime,
    private readonly after: (ms: number, call: () => void) => () => void,
  ) {}

  /** Slots that are taken now. */
  get count(): number {
    return this.inAll;
  }

  /** True if a key has as much running and waiting as may be. */
  isFull(key: string): boolean {
    return this.waiting.filter((other) => other.key === key).length >= mostWaiting;
  }

  /** Waits for a slot; returns its release, which may be called again, or undefined if none came in time. */
  take(key: string): Promise<(() => void) | undefined> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        key,
        begin: (release) => {
          stop();
          resolve(release);
        },
      };
      const stop = this.after(patienceMs, () => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        resolve(undefined);
      });
      this.waiting.push(waiting);
      this.fill();
    });
  }

  private fill(): void {
    for (const waiting of [...this.waiting]) {
      if (this.inAll >= this.limit.all) return;
      if ((this.taken.get(waiting.key) ?? 0) >= this.limit.each) continue;
      this.waiting.splice(this.waiting.indexOf(waiting), 1);
      waiting.begin(this.given(waiting.key));
    }
  }

  private given(key: string): () => void {
    this.change(key, 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.change(key, -1);
      this.fill();
    };
  }

  private change(key: string, by: 1 | -1): void {
    this.inAll += by;
    const count = (this.taken.get(key) ?? 0) + by;
    if (count === 0) this.taken.delete(key);
    else this.taken.set(key, count);
  }
}
