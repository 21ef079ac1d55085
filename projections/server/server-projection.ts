import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { recordedOf, type ServerEvent } from './recorded.js';

/** A pure fold that an EventStoreDB server runs, one state for each stream of a kind. */
export interface ServerProjection<State = unknown> {
  readonly name: string;
  /** The start of the stream names after the prefix of the installation; the project id follows. */
  readonly streams: 'project-' | 'alerts-';
  /** The state after one more event of a stream; the initial state is null. */
  readonly after: (state: State | null, event: AnyRecordedEvent, project: string) => State;
}

/** The server's state for one project; plain JSON. */
export interface Partition<State = unknown> {
  /** Of the last folded event; -1 before the first one. */
  revision: number;
  state: State | null;
  /** The event at which this fold stopped, and why; the folds of other projects continue. */
  stopped?: { revision: number; why: string };
}

export const emptyPartition = (): Partition => ({ revision: -1, state: null });

/** The project id of an event's stream; null for every other stream. */
export function partitionOf({ streams }: ServerProjection, stream: string, prefix: string): string | null {
  const start = prefix + streams;
  return stream.length > start.length && stream.slice(0, start.length) === start
    ? stream.slice(start.length)
    : null;
}

/** The state after one more event of the server. An unreadable event stops the fold of its project only. */
export function afterServerEvent(
  projection: ServerProjection,
  partition: Partition,
  event: ServerEvent,
  prefix: string,
): Partition {
  if (partition.stopped) return partition;
  const { sequenceNumber: revision } = event;
  const stopped = (why: string) => ({ ...partition, stopped: { revision, why } });
  if (revision !== partition.revision + 1)
    return stopped(`it follows revision ${partition.revision}; the events between are gone`);
  const recorded = recordedOf(event, prefix);
  if ('unreadable' in recorded) return stopped(recorded.unreadable);
  return afterEvent(projection, partition, recorded);
}

/** The state after one more recorded event. */
function afterEvent(
  { streams, after }: ServerProjection,
  { state }: Partition,
  event: AnyRecordedEvent,
): Partition {
  const { revision } = event;
  return {
    revision,
    state: after(state, { ...event, position: revision }, event.stream.slice(streams.length)),
  };
}
