import { callerHeaders } from '../../shared/caller.js';
import { firstLanguage } from '../texts.js';
import type { Outbox } from './outbox.js';
import { type Sent, sendWaiting } from './sending.js';

/** Seconds until it is tried again without a network or an answer: soon at first, then ever later. */
const waits = [2, 5, 10, 30, 60, 120, 300];

/** What the person sees of sending. */
export type Post = 'at-rest' | 'sending' | Extract<Sent, { is: 'interrupted' }>['why'];

/**
 * Sends what waits whenever there may be a way: at the start, after each new entry, when the network or the page comes back, and
 * from time to time. Of several tabs one sends; the same entry sent by two is recorded once all the same.
 */
export class PostOffice {
  private state: Post = 'at-rest';
  private isAtWork = false;
  private isWanted = false;
  private failures = 0;
  private timer: number | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly tabs = 'BroadcastChannel' in window ? new BroadcastChannel('topout-outbox') : undefined;

  constructor(private readonly outbox: Outbox) {}

  /** Begins, and sends what was left from last time. */
  start(): void {
    window.addEventListener('online', () => this.send());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.send();
    });
    this.tabs?.addEventListener('message', () => this.outbox.tell());
    this.send();
  }

  get now(): Post {
    return this.state;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Sends what waits; asked for again meanwhile, it looks once more afterwards. */
  send(): void {
    this.isWanted = true;
    if (!this.isAtWork) void this.work();
  }

  private async work(): Promise<void> {
    this.isAtWork = true;
    window.clearTimeout(this.timer);
    while (this.isWanted) {
      this.isWanted = false;
      this.become('sending');
      const sent = await this.alone(() =>
        sendWaiting(this.outbox, (...asked) => window.fetch(...asked), headers()),
      ).catch((): Sent => ({ is: 'interrupted', why: 'device' }));
      this.tabs?.postMessage('changed');
      if (sent.is === 'done') {
        this.failures = 0;
        this.become('at-rest');
      } else {
        this.become(sent.why);
        const seconds = sent.retrySeconds ?? waits[Math.min(this.failures, waits.length - 1)] ?? 300;
        this.failures += 1;
        this.timer = window.setTimeout(() => this.send(), seconds * 1000);
      }
    }
    this.isAtWork = false;
  }

  /** Locks are there on secure addresses only; without them the ids have to do. */
  private alone(work: () => Promise<Sent>): Promise<Sent> {
    return navigator.locks ? navigator.locks.request('topout-outbox', work) : work();
  }

  private become(state: Post): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Each entry says itself by whom it is; here it is only what lets them in, and the language of what is said against one. */
function headers(): Record<string, string> {
  const { authorization } = callerHeaders();
  return { 'accept-language': firstLanguage(), ...(authorization ? { authorization } : {}) };
}
