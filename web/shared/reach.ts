import { callerHeaders } from './caller-headers.js';
import { useStore } from './use-store.js';

/**
 * Why the page does not follow: no answer; something else answers, such as a login page; the service answers, but its
 * updates do not arrive.
 */
export type LostBy = 'unreachable' | 'gateway' | 'interrupted';

/** Whether the page follows the service, and until when it did. */
export interface Reach {
  lost?: LostBy;
  /** When data of the service last arrived, in milliseconds since 1970; undefined before the first. */
  at?: number;
}

/** Delays between probes while there is no answer, in milliseconds. */
const waitsMs = [1_000, 2_000, 4_000, 8_000, 15_000];
const patienceMs = 5_000;
/** Updates that are missing for this long, while the service answers, are reported as missing. */
const graceMs = 4_000;

/**
 * Tracks whether the service is reachable. Each request records whether it was answered; after a failure the service is
 * probed until it answers.
 */
class ServiceReach {
  private reach: Reach = {};
  private asking?: Promise<void>;
  private failures = 0;
  private again?: ReturnType<typeof setTimeout>;
  /** Stopped update streams, each with the time of detection. */
  private readonly broken = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly returned = new Set<() => void>();

  readonly current = (): Reach => this.reach;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back when the service is reachable again; returns the unsubscribe function. */
  onReturn(listener: () => void): () => void {
    this.returned.add(listener);
    return () => this.returned.delete(listener);
  }

  /** Data of the service arrived. */
  note(): void {
    // While updates are missing, the shown data age.
    if (this.reach.lost === undefined && this.broken.size === 0) this.reach.at = Date.now();
  }

  /** Updates of a kind arrive, or have stopped. */
  follows(news: string, isLive: boolean): void {
    if (isLive) {
      this.broken.delete(news);
      if (this.reach.lost === 'interrupted' && this.broken.size === 0) this.become(undefined);
      this.note();
    } else if (!this.broken.has(news)) {
      this.broken.set(news, Date.now());
      this.doubt();
    }
  }

  /** Probes the service; one probe at a time. */
  doubt(): void {
    void this.whenAsked();
  }

  /** The same; resolves after the answer or its failure. */
  whenAsked(): Promise<void> {
    clearTimeout(this.again);
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(): Promise<void> {
    const lost = await lostBy();
    if (lost) this.become(lost);
    else if (this.reach.lost === 'unreachable' || this.reach.lost === 'gateway') {
      // The service is back; the updates get some time to resume.
      for (const news of this.broken.keys()) this.broken.set(news, Date.now());
      this.become(undefined);
    } else if (Date.now() - Math.min(...this.broken.values()) >= graceMs) this.become('interrupted');
    this.failures = lost ? this.failures + 1 : 0;
    if (this.reach.lost === undefined && this.broken.size === 0) return;
    const step = this.reach.lost === 'interrupted' ? waitsMs.length : this.failures;
    const wait = waitsMs[Math.min(step, waitsMs.length - 1)];
    this.again = setTimeout(() => this.doubt(), wait);
  }

  private become(lost: LostBy | undefined): void {
    const before = this.reach.lost;
    if (before === lost) return;
    this.reach = lost ? { ...this.reach, lost } : { at: Date.now() };
    for (const listener of this.listeners) listener();
    if (before && !lost) for (const listener of this.returned) listener();
  }
}

/** The reachability of the service, for this page. */
export const serviceReach = new ServiceReach();

/** Whether the page follows the service, as a hook. */
export function useReach(): Reach {
  return useStore(serviceReach.subscribe, serviceReach.current);
}

/** Fetches the index, which the service answers in every state of its store; undefined without an answer. */
async function lostBy(): Promise<LostBy | undefined> {
  try {
    const answer = await fetch('/', {
      headers: { accept: 'application/json', ...callerHeaders() },
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    const index = (await answer.json().catch(() => undefined)) as { name?: unknown } | undefined;
    return index?.name === 'Topout' ? undefined : 'gateway';
  } catch {
    return 'unreachable';
  }
}
