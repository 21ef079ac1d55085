import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { Reading } from '../../../domain/log/upcasting.js';
import { mayHaveOddTexts } from '../../../domain/values/plain-text.js';
import { type Envelope, eventOf } from '../codec.js';

/** An event as it was just stored. */
export interface Added {
  envelope: Envelope;
  /** Its canonical content. */
  content: string;
  position: number;
}

/** Limits of what is held, in events and in UTF-16 units of content. */
const usualLimits = { events: 8_192, units: 8 * 1024 * 1024 };
/** Maximum number of events of a page. */
const pageEvents = 500;

/**
 * The latest events of a log, so that a follower who is close behind need not read them from the file. A page has the same events, made
 * from the same canonical text, as one that is read.
 */
export class Recent {
  private events: Added[] = [];
  private units = 0;

  constructor(
    private readonly reading: Reading | undefined,
    private readonly limits = usualLimits,
  ) {}

  /** Adds the events of a commit, which follow the last ones without a gap. */
  add(added: readonly Added[]): void {
    for (const one of added) {
      this.events.push(one);
      this.units += one.content.length;
    }
    if (this.events.length > this.limits.events || this.units > this.limits.units) this.forgetOlder();
  }

  /** The next events after a position, none at the end; undefined where the first of them is no longer held. */
  pageAfter(position: number): AnyRecordedEvent[] | undefined {
    const [first] = this.events;
    if (!first || position + 1 < first.position) return undefined;
    const from = position + 1 - first.position;
    return this.events.slice(from, from + pageEvents).map((added) => this.eventOf(added));
  }

  private eventOf({ envelope, content, position }: Added): AnyRecordedEvent {
    return eventOf(
      { ...envelope, data: JSON.parse(content) },
      position,
      this.reading,
      mayHaveOddTexts(content),
    );
  }

  /** Keeps the later half. */
  private forgetOlder(): void {
    this.events = this.events.slice(Math.ceil(this.events.length / 2));
    this.units = 0;
    for (const { content } of this.events) this.units += content.length;
  }
}
