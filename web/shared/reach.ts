import { useSyncExternalStore } from 'react';
import { callerHeaders } from './caller.js';

/** Why the page does not follow: nobody answers; something else answers, such as a login; the service answers, and its news do not come. */
export type LostBy = 'unreachable' | 'gateway' | 'interrupted';

/** Whether the page follows the service, and until when it did. */
export interface Reach {
  lost?: LostBy;
  /** When something of the service came last, in milliseconds since 1970; undefined before anything did. */
  at?: number;
}

/** Waits between questions while nobody answers, in milliseconds. */
const waitsMs = [1_000, 2_000, 4_000, 8_000, 15_000];
const patienceMs = 5_000;
/** News that do not come for so long, while the service answers, are said to be missing. */
const graceMs = 4_000;

/**
 * Knows whether the service is there. Each request notes whether it got an answer; after one without, the service is asked, and
 * while it does not answer, asked again, until it is back.
 */
class ServiceReach {
  private reach: Reach = {};
  private asking?: Promise<void>;
  private failures = 0;
  private again?: ReturnType<typeof setTimeout>;
  /** News that have stopped, each with when that was noticed. */
  private readonly broken = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly returned = new Set<() => void>();

  readonly current = (): Reach => this.reach;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back when the service is there again; answers what ends that. */
  onReturn(listener: () => void): () => void {
    this.returned.add(listener);
    return () => this.returned.delete(listener);
  }

  /** Something of the service came. */
  note(): void {
    // While news are missing, what is shown is as old as they are.
    if (this.reach.lost === undefined && this.broken.size === 0) this.reach.at = Date.now();
  }

  /** News of a kind come, or have stopped. */
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

  /** Asks the service whether it is there; once at a time. */
  doubt(): void {
    void this.whenAsked();
  }

  /** The same; resolves once it answered, or did not. */
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
      // It is back; news have a while to come back as well.
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

/** Whether the service is there, for this page. */
export const serviceReach = new ServiceReach();

/** Whether the page follows the service, followed itself. */
export function useReach(): Reach {
  return useSyncExternalStore(serviceReach.subscribe, serviceReach.current);
}

/** Asks for the index, which the service answers whatever state its store is in; undefined when it does. */
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
