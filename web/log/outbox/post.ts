import { gatewayHeaders, onCaller } from '../../shared/caller.js';
import { currentLanguage } from '../../shared/language.js';
import { ownSelf } from '../../shared/self.js';
import { heldLeftMs } from './entry.js';
import type { Outbox } from './outbox.js';
import { AskedWait } from './retry-after.js';
import { type Sent, sendWaiting } from './sending.js';

/** Seconds until the next attempt without a network or an answer; growing. */
const waits = [2, 5, 10, 30, 60, 120, 300];

/** The sending state shown to the user. */
export type Post = 'at-rest' | 'sending' | Extract<Sent, { is: 'interrupted' }>['why'];

/**
 * Sends waiting entries whenever the service may be reachable: at the start, after each new entry, when the network or
 * the page comes back, and periodically. One tab sends at a time; an entry that two tabs send is still recorded once.
 */
export class PostOffice {
  private state: Post = 'at-rest';
  private isAtWork = false;
  private isWanted = false;
  private failures = 0;
  private timer: number | undefined;
  private heldTimer: number | undefined;
  private readonly asked = new AskedWait(() => Date.now());
  private readonly listeners = new Set<() => void>();
  private readonly tabs = 'BroadcastChannel' in window ? new BroadcastChannel('topout-outbox') : undefined;

  constructor(private readonly outbox: Outbox) {}

  /** Starts, and sends entries left from the last session. */
  start(): void {
    window.addEventListener('online', () => this.send());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.send();
    });
    this.tabs?.addEventListener('message', () => this.outbox.tell());
    onCaller(() => this.send());
    this.send();
  }

  get now(): Post {
    return this.state;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /**
   * Sends waiting entries; a call during sending triggers another pass afterwards, and one while the service asked to wait is
   * answered by the timer.
   */
  send(): void {
    if (this.asked.leftMs() > 0) return;
    this.isWanted = true;
    if (!this.isAtWork) void this.work();
  }

  private async work(): Promise<void> {
    this.isAtWork = true;
    window.clearTimeout(this.timer);
    while (this.isWanted && this.asked.leftMs() === 0) {
      this.isWanted = false;
      this.become('sending');
      const sent = await this.alone(() => this.sendOwn()).catch(
        (): Sent => ({ is: 'interrupted', why: 'device' }),
      );
      this.tabs?.postMessage('changed');
      if (sent.is === 'done') {
        this.failures = 0;
        this.become('at-rest');
      } else {
        this.become(sent.why);
        const seconds = sent.retrySeconds ?? waits[Math.min(this.failures, waits.length - 1)] ?? 300;
        this.failures += 1;
        if (sent.retrySeconds !== undefined) this.asked.begin(sent.retrySeconds);
        this.timer = window.setTimeout(() => this.send(), Math.max(seconds * 1000, this.asked.leftMs()) + 50);
      }
    }
    this.isAtWork = false;
    await this.awaitHeld();
  }

  /** Sends again as soon as the next entry is no longer held. */
  private async awaitHeld(): Promise<void> {
    const entries = await this.outbox.entries().catch(() => []);
    const held = entries.map((entry) => heldLeftMs(entry, Date.now())).filter((leftMs) => leftMs > 0);
    window.clearTimeout(this.heldTimer);
    // Slightly later, when it certainly is not held.
    if (held.length > 0) this.heldTimer = window.setTimeout(() => this.send(), Math.min(...held) + 50);
  }

  /** Sends what the person who is signed in has made; where nobody signs in, what nobody who did has made. */
  private async sendOwn(): Promise<Sent> {
    const { self } = ownSelf.current() ?? {};
    if (self?.mode === 'nobody') return { is: 'interrupted', why: 'signed-out' };
    const sent = await sendWaiting(
      this.outbox,
      (...asked) => window.fetch(...asked),
      headers(),
      ({ owner }) => owner?.person === self?.person,
    );
    if (sent.is === 'interrupted' && sent.why === 'signed-out') void ownSelf.look();
    return sent;
  }

  /** Locks exist only with HTTPS; without them the ids prevent duplicates. */
  private alone(work: () => Promise<Sent>): Promise<Sent> {
    return navigator.locks ? navigator.locks.request('topout-outbox', work) : work();
  }

  private become(state: Post): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Each entry names its author; these headers only grant access and choose the language of problems. */
function headers(): Record<string, string> {
  return { 'accept-language': currentLanguage(), ...gatewayHeaders() };
}
