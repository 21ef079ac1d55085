/** How often something may happen: on average, and how often at one moment after a rest. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** The bucket of every key for which there is no room. */
const others = '\u0000others';
/** How often full buckets are forgotten at most, in milliseconds. */
const sweepMs = 1_000;

/**
 * Token buckets by key, such as addresses or credentials. Of each bucket only the time is held at which it is full again, so
 * that a full one is one that is not held. Above a number of keys all further ones share a bucket: memory is bounded, and nobody
 * gets a fresh bucket by pushing out others.
 */
export class Buckets {
  private readonly fullAtMs = new Map<string, number>();
  private sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly nowMs: () => number,
    private readonly most = 50_000,
  ) {}

  /** The number of buckets that are not full. */
  get size(): number {
    return this.fullAtMs.size;
  }

  /** Takes one token, or says in how many milliseconds there will be one; 0 if it was taken. */
  take(key: string, rate: Rate): number {
    const waitMs = this.waitMs(key, rate);
    if (waitMs === 0) this.charge(key, rate, 1);
    return waitMs;
  }

  /** In how many milliseconds there will be a token; 0 for now. */
  waitMs(key: string, { perSecond, burst }: Rate): number {
    const nowMs = this.nowMs();
    const fullAtMs = Math.max(nowMs, this.fullAtMs.get(this.placeOf(key, nowMs)) ?? 0);
    return Math.max(0, fullAtMs - nowMs - ((burst - 1) * 1_000) / perSecond);
  }

  /** Takes tokens, also ones that are not there yet: what follows waits for them. */
  charge(key: string, { perSecond }: Rate, count: number): void {
    const nowMs = this.nowMs();
    const place = this.placeOf(key, nowMs);
    const fullAtMs = Math.max(nowMs, this.fullAtMs.get(place) ?? 0);
    this.fullAtMs.set(place, fullAtMs + (count * 1_000) / perSecond);
  }

  /** The tokens that are left. */
  left(key: string, { perSecond, burst }: Rate): number {
    const nowMs = this.nowMs();
    const missingMs = Math.max(0, (this.fullAtMs.get(this.placeOf(key, nowMs)) ?? 0) - nowMs);
    return Math.max(0, Math.floor(burst - (missingMs * perSecond) / 1_000));
  }

  private placeOf(key: string, nowMs: number): string {
    if (this.fullAtMs.size < this.most || this.fullAtMs.has(key)) return key;
    if (nowMs - this.sweptAtMs >= sweepMs) {
      this.sweptAtMs = nowMs;
      for (const [held, fullAtMs] of this.fullAtMs) if (fullAtMs <= nowMs) this.fullAtMs.delete(held);
    }
    return this.fullAtMs.size < this.most ? key : others;
  }
}
