import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';

/** Consecutive events of the log, after a position and up to another. */
interface Stretch {
  after: number;
  upTo: number;
  events: readonly AnyRecordedEvent[];
  /** Their length in characters. */
  size: number;
}

/** Events cached for close followers; also the maximum added at a time. */
const eventsKept = 10_000;
const eventsAdded = 500;
/** Characters cached, for long events. */
const sizeKept = 16_000_000;

/** The latest part of the log, cached so that a page is read once for all followers. */
export class LatestPages {
  private stretches: Stretch[] = [];
  private count = 0;
  private size = 0;

  /** Its start; earlier followers read from the cluster. */
  get start(): number {
    return this.stretches[0]?.after ?? Number.POSITIVE_INFINITY;
  }

  /** Appends the next records; events of other tools and stream metadata only move its end. */
  add(after: number, upTo: number, events: readonly AnyRecordedEvent[], size: number): void {
    if (this.stretches.at(-1)?.upTo !== after) this.clear();
    this.stretches.push({ after, upTo, events, size });
    this.count += events.length;
    this.size += size;
    while (this.stretches.length > 1 && (this.count > eventsKept || this.size > sizeKept)) {
      const first = this.stretches.shift();
      this.count -= first?.events.length ?? 0;
      this.size -= first?.size ?? 0;
    }
  }

  /** The next events after a position within it; none at its end. */
  after(position: number): readonly AnyRecordedEvent[] {
    // From the end, because close followers are there.
    let index = this.stretches.length;
    while (index > 0 && (this.stretches[index - 1] as Stretch).after > position) index -= 1;
    for (const { upTo, events } of this.stretches.slice(Math.max(0, index - 1))) {
      if (upTo <= position) continue;
      const later =
        events[0] && events[0].position > position
          ? events
          : events.filter((event) => event.position > position);
      if (later.length > 0) return later;
    }
    return [];
  }

  /** True if an append drops events that a follower at a position within it has not processed. */
  wouldDropAfter(position: number): boolean {
    const [first] = this.stretches;
    const last = this.stretches.at(-1);
    // The next page is about as long as the last.
    const isFull = this.count + eventsAdded > eventsKept || this.size + (last?.size ?? 0) > sizeKept;
    return first !== undefined && isFull && position < first.upTo;
  }

  clear(): void {
    this.stretches = [];
    this.count = 0;
    this.size = 0;
  }
}
