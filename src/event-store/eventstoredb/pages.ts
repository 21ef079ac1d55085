import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';

/** Events that lie one after the other in the log, after a position and up to another. */
interface Stretch {
  after: number;
  upTo: number;
  events: readonly AnyRecordedEvent[];
  /** Characters that they take. */
  size: number;
}

/** Events kept in memory for those who follow closely, and so many more are added at once at the most. */
const eventsKept = 10_000;
const eventsAdded = 500;
/** Characters kept in memory, for events that are long. */
const sizeKept = 16_000_000;

/** The latest stretch of the log, kept so that a page is read once, however many follow. */
export class LatestPages {
  #stretches: Stretch[] = [];
  #count = 0;
  #size = 0;

  /** Where it begins; who stands before it reads from the cluster. */
  get start(): number {
    return this.#stretches[0]?.after ?? Number.POSITIVE_INFINITY;
  }

  /** Adds what comes next; events of other tools and settings of streams only move its end. */
  add(after: number, upTo: number, events: readonly AnyRecordedEvent[], size: number): void {
    if (this.#stretches.at(-1)?.upTo !== after) this.clear();
    this.#stretches.push({ after, upTo, events, size });
    this.#count += events.length;
    this.#size += size;
    while (this.#stretches.length > 1 && (this.#count > eventsKept || this.#size > sizeKept)) {
      const first = this.#stretches.shift();
      this.#count -= first?.events.length ?? 0;
      this.#size -= first?.size ?? 0;
    }
  }

  /** The next events after a position that lies within it; none when it holds nothing later. */
  after(position: number): readonly AnyRecordedEvent[] {
    // From the end, because who follows closely stands there.
    let index = this.#stretches.length;
    while (index > 0 && (this.#stretches[index - 1] as Stretch).after > position) index -= 1;
    for (const { upTo, events } of this.#stretches.slice(Math.max(0, index - 1))) {
      if (upTo <= position) continue;
      const later =
        events[0] && events[0].position > position
          ? events
          : events.filter((event) => event.position > position);
      if (later.length > 0) return later;
    }
    return [];
  }

  /** True when what comes next drops something that a follower at a position, which lies within it, has not taken. */
  wouldDropAfter(position: number): boolean {
    const [first] = this.#stretches;
    const last = this.#stretches.at(-1);
    // What comes next is about as long as what came last.
    const isFull = this.#count + eventsAdded > eventsKept || this.#size + (last?.size ?? 0) > sizeKept;
    return first !== undefined && isFull && position < first.upTo;
  }

  clear(): void {
    this.#stretches = [];
    this.#count = 0;
    this.#size = 0;
  }
}
