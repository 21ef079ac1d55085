import type { Chained } from '../chain.js';
import type { Attempt } from './attempt.js';
import { wireEvent } from './events.js';

/** Maximum events and bytes of one append; the cluster accepts 1 MiB, and an event has at most 256 KiB. */
const runEvents = 500;
const runBytes = 512 * 1024;

/** Consecutive events of one stream, up to the size of one append. */
export function* runsOf(events: readonly Chained[]): Generator<Chained[]> {
  let run: Chained[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.body);
    const isOther = run[0] !== undefined && run[0].stored.stream !== event.stored.stream;
    if (run.length > 0 && (isOther || run.length === runEvents || bytes + size > runBytes)) {
      yield run;
      run = [];
      bytes = 0;
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield run;
}

/** The append that stores events unchanged from another store. */
export function attemptAsStored(run: readonly Chained[]): Attempt {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) throw new TypeError('a run of no events; expected one or more');
  const { stream, rev } = first.stored;
  return {
    stream,
    events: run.map(({ event, content }) => ({ event, schema: event.schema, content })),
    wire: run.map(({ stored, content }) => wireEvent(stored, content)),
    after: rev - 1,
    tail: { revision: last.stored.rev, leaf: last.leaf, at: last.stored.at },
    isOnly: false,
  };
}
