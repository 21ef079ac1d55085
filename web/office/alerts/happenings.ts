import type { Happening } from './alert-answers.js';

/** Hears of what happens; `reset` says that lists have to be read again. */
export type Hearer = (happening: Happening | 'reset') => void;

/** The events of the stream; a missing one does not compile. */
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
const comeBackMs = 5_000;

/** Follows the alerts of all projects by one stream for the whole page, while anybody listens. */
class Happenings {
  /** Up to which position it was told; 0 before anything happened. */
  position = 0;
  private readonly hearers = new Set<Hearer>();
  private source?: EventSource;
  private returning?: ReturnType<typeof setTimeout>;

  /** Calls back with what happens from now on; answers what ends that. */
  hear(hearer: Hearer): () => void {
    this.hearers.add(hearer);
    if (!this.source) this.open();
    return () => {
      this.hearers.delete(hearer);
      if (this.hearers.size === 0) this.close();
    };
  }

  private open(): void {
    const place = this.position > 0 ? `&after=${this.position}` : '';
    const source = new EventSource(`/alerts/stream?language=both${place}`);
    this.source = source;
    for (const type of Object.keys(types)) source.addEventListener(type, (event) => this.take(event));
    source.addEventListener('reset', (event) => {
      this.position = (JSON.parse(event.data) as { position: number }).position;
      this.tell('reset');
    });
    source.onerror = () => {
      // A browser comes back by itself unless it was answered with a bad status, such as 503.
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.returning);
      this.returning = setTimeout(() => {
        this.open();
        if (this.position === 0) this.tell('reset');
      }, comeBackMs);
    };
  }

  private close(): void {
    clearTimeout(this.returning);
    this.source?.close();
    this.source = undefined;
  }

  private take({ data }: MessageEvent<string>): void {
    const happening = JSON.parse(data) as Happening;
    this.position = happening.position;
    this.tell(happening);
  }

  private tell(happening: Happening | 'reset'): void {
    for (const hearer of this.hearers) hearer(happening);
  }
}

/** What happens to the alerts, for this page. */
export const happenings = new Happenings();
