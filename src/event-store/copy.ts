import { Chain, type Chained, placeOf, type RawEvent } from './chain.js';
import { StoreRefused } from './errors.js';

/** A store as a copy reads it: the stored bytes, up to where the log ended when it was opened. */
export interface RawLog {
  /** What a person calls it; never with a password. */
  readonly name: string;
  /** The UUID of its installation; undefined when it has none yet. */
  readonly installation: string | undefined;
  /** The position of the last event that belongs to it. */
  readonly head: number;
  /** How many events it holds, where the store knows without reading them. */
  readonly count?: number;
  /** All events in their order. */
  pages(): AsyncIterable<readonly RawEvent[]>;
  /** True when more was appended since it was opened. */
  hasGrown(): Promise<boolean>;
  close(): Promise<void>;
}

/** A store as a copy writes it: beside the port of the application, which would record anew what was recorded already. */
export interface RawTarget extends RawLog {
  /**
   * Takes on the installation of the source where it has none and no event.
   *
   * @throws StoreRefused it is another installation's
   */
  become(installation: string | undefined): Promise<void>;
  /** Adds events at the end of the log as they are, all of them durable when it resolves; what is there is not added again. */
  add(events: readonly Chained[]): Promise<void>;
  /** The same store with what it holds by now, to be read. */
  written(): Promise<RawLog>;
  /** Puts what was written in its place, when that is not yet so. */
  finish(): Promise<void>;
}

/** How far a copy is: events that were looked at, of how many where that is known. */
export type OnEvents = (done: number, of: number | undefined) => void;

/**
 * Copies a log into a store that is empty or holds the beginning of it, and answers how many events were there and were added.
 *
 * @throws StoreRefused the target holds something else; nothing was added to it
 * @throws StoreCorrupt an event of the source is damaged; what lies before it may have been added
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

/** The first place at which two logs differ, in words; undefined when they hold the same. */
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

async function* eachOf(pages: AsyncIterable<readonly RawEvent[]>): AsyncGenerator<RawEvent, undefined> {
  for await (const page of pages) yield* page;
  return undefined;
}

async function next(events: AsyncGenerator<RawEvent, undefined>): Promise<RawEvent | undefined> {
  return (await events.next()).value;
}

function refused({ name }: RawLog, what: string): StoreRefused {
  return new StoreRefused(
    name,
    `${what}; expected an empty store, or one that holds the beginning of the source and nothing else`,
  );
}
