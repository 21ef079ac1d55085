import { open } from '../../shared/ask.js';
import { onCaller } from '../../shared/caller.js';
import { EventStream, type StreamState } from '../../shared/event-stream.js';
import { serviceReach } from '../../shared/reach.js';
import type { Happening } from './alert-answers.js';

/** Receives events, oldest first; `reset` means that lists must be refetched. */
type Hearer = (happened: readonly Happening[] | 'reset') => void;

/** The events of the stream; the compiler reports a missing one. */
const types: Readonly<Record<Happening['type'], true>> = {
  AlertRaised: true,
  AlertEscalated: true,
  AlertRevised: true,
  AlertReminded: true,
  AlertAcknowledged: true,
  AlertSilenced: true,
  AlertMuted: true,
  AlertCleared: true,
};

/** Events within this time are delivered together, so that a thousand events cause one render. */
const togetherMs = 500;

/** Follows the alerts of all projects by one stream per page, while there are listeners. */
class Happenings {
  /** The last position received; 0 before the first event. */
  position = 0;
  state: StreamState = 'off';
  private readonly hearers = new Set<Hearer>();
  private readonly watchers = new Set<() => void>();
  private pending: Happening[] = [];
  private deliveredAt = Number.NEGATIVE_INFINITY;
  private delivering?: ReturnType<typeof setTimeout>;
  private readonly stream = new EventStream(
    (headers, signal) => open('/alerts/stream?language=both', headers, signal),
    {
      event: (type, data) => this.take(type, data),
      state: (state) => this.become(state),
      alive: () => serviceReach.note(),
    },
  );

  constructor() {
    // A new token or a restored network ends the wait.
    const now = () => {
      if (this.state !== 'off') this.stream.start();
    };
    onCaller(now);
    addEventListener('online', now);
    serviceReach.onReturn(now);
  }

  /** Calls back with future events; returns the unsubscribe function. */
  hear(hearer: Hearer): () => void {
    this.hearers.add(hearer);
    if (this.state === 'off') this.stream.start();
    return () => {
      this.hearers.delete(hearer);
      if (this.hearers.size === 0) this.stream.stop();
    };
  }

  /** Calls back after the state changed; returns the unsubscribe function. */
  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private become(state: StreamState): void {
    this.state = state;
    if (state !== 'connecting') serviceReach.follows('alerts', state !== 'broken');
    for (const watcher of this.watchers) watcher();
  }

  private take(type: string, data: string): void {
    if (type === 'reset') {
      this.position = (JSON.parse(data) as { position: number }).position;
      this.tell('reset');
    } else if (Object.hasOwn(types, type)) {
      const happening = JSON.parse(data) as Happening;
      this.position = happening.position;
      this.pending.push(happening);
      this.tellSoon();
    }
  }

  /** The first event is delivered immediately. */
  private tellSoon(): void {
    this.delivering ??= setTimeout(
      () => {
        const happened = this.pending;
        this.pending = [];
        this.delivering = undefined;
        this.deliveredAt = performance.now();
        this.tell(happened);
      },
      Math.max(0, this.deliveredAt + togetherMs - performance.now()),
    );
  }

  private tell(happened: readonly Happening[] | 'reset'): void {
    for (const hearer of this.hearers) hearer(happened);
  }
}

/** The alert events of this page. */
export const happenings = new Happenings();
