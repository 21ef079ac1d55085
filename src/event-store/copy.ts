import { Chain, type Chained, placeOf, type RawEvent } from './chain.js';
import { StoreRefused } from './errors.js';

/** The source of a copy: the stored bytes, up to the end of the log when it was opened. */
export interface RawLog {
  /** Its display name; never with a password. */
  readonly name: string;
  /** The UUID of its installation; undefined if it has none yet. */
  readonly installation: string | undefined;
  /** The position of its last event. */
  readonly head: number;
  /** The number of events, if known without reading them. */
  readonly count?: number;
  /** All events in order. */
  pages(): AsyncIterable<readonly RawEvent[]>;
  /** True if events were appended since it was opened. */
  hasGrown(): Promise<boolean>;
  close(): Promise<void>;
}

/** The target of a copy: it bypasses the application's port, which would assign new `recordedAt` values. */
export interface RawTarget extends RawLog {
  /**
   * Adopts the source's installation if the target has none and no event.
   *
   * @throws StoreRefused it is another installation's
   */
  become(installation: string | undefined): Promise<void>;
  /** Appends events unchanged; durable when it resolves. Existing events are not added again. */
  add(events: readonly Chained[]): Promise<void>;
  /** The current content of the store, for reading. */
  written(): Promise<RawLog>;
  /** Moves the written file to its final place, if not yet done. */
  finish(): Promise<void>;
}

/** Progress of a copy: events processed, and the total if known. */
export type OnEvents = (done: number, of: number | undefined) => void;

/**
 * Copies a log into a store that is empty or holds a prefix of it; returns how many events existed and were added.
 *
 * @throws StoreRefused the target holds something else; nothing was added
 * @throws StoreCorrupt an event of the source is damaged; earlier events may have been added
 */
export async function copyLog(
  source: RawLog,
  target: RawTarget,
  onEvents: OnEvents = () => undefined,
): Promise<{ before: number; added: number }> {
  await target.become(source.installation);
  const chain = new Chain(source.name);
  const held = eachOf(target.pages());
  let isAtEnd = false;
  let before = 0;
  for await (const page of source.pages()) {
    const missing: Chained[] = [];
    for (const raw of page) {
      const chained = chain.take(raw);
      const there = isAtEnd ? undefined : await next(held);
      if (there && there.body !== raw.body)
        throw refused(target, `its ${placeOf(there)} is not the ${placeOf(raw)} of ${source.name}`);
      if (there) before += 1;
      else {
        isAtEnd = true;
        missing.push(chained);
      }
    }
    if (missing.length > 0) await target.add(missing);
    onEvents(chain.events, source.count);
  }
  const more = isAtEnd ? undefined : await next(held);
  if (more) throw refused(target, `its ${placeOf(more)} comes after all ${before} events of ${source.name}`);
  return { before, added: chain.events - before };
}

/** The first difference of two logs, in words; undefined if they are equal. */
export async function firstDifference(a: RawLog, b: RawLog): Promise<string | undefined> {
  const others = eachOf(b.pages());
  for await (const page of a.pages()) {
    for (const raw of page) {
      const other = await next(others);
      if (!other) return `${a.name} has ${placeOf(raw)}, which ${b.name} has not`;
      if (other.body !== raw.body)
        return `${a.name} has ${placeOf(raw)} where ${b.name} has ${placeOf(other)}`;
    }
  }
  const more = await next(others);
  return more && `${b.name} has ${placeOf(more)}, which ${a.name} has not`;
}

export async function* eachOf(
  pages: AsyncIterable<readonly RawEvent[]>,
): AsyncGenerator<RawEvent, undefined> {
  for await (const page of pages) yield* page;
  return undefined;
}

export async function next(events: AsyncGenerator<RawEvent, undefined>): Promise<RawEvent | undefined> {
  return (await events.next()).value;
}

function refused({ name }: RawLog, what: string): StoreRefused {
  return new StoreRefused(
    name,
    `${what}; expected an empty store, or one that holds the beginning of the source and nothing else`,
  );
}
