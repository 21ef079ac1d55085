import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { recordedOf, type ServerEvent } from './recorded.js';

/** A pure fold that an EventStoreDB server runs, one state for each stream of a kind. */
export interface ServerProjection<State = unknown> {
  readonly name: string;
  /** How the streams begin behind the prefix of the installation; what follows is the id of the project. */
  readonly streams: 'project-' | 'alerts-';
  /** The state after one more event of a stream; it begins with null. */
  readonly after: (state: State | null, event: AnyRecordedEvent, project: string) => State;
}

/** What the server keeps for one project; plain JSON. */
export interface Partition<State = unknown> {
  /** Of the last event that is folded; -1 before the first one. */
  revision: number;
  state: State | null;
  /** The event at which this fold ends, and why; the folds of other projects go on. */
  stopped?: { revision: number; why: string };
}

export const emptyPartition = (): Partition => ({ revision: -1, state: null });

/** The id of the project to whose stream an event of the store belongs; null for every other stream. */
export function partitionOf({ streams }: ServerProjection, stream: string, prefix: string): string | null {
  const start = prefix + streams;
  return stream.length > start.length && stream.slice(0, start.length) === start
    ? stream.slice(start.length)
    : null;
}

/** What is kept after one more event that the server holds. An event that cannot be read ends the fold of its project alone. */
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

/** What is kept after one more recorded event. */
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
