import type { ServerEvent } from './recorded.js';
import {
  afterServerEvent,
  emptyPartition,
  type Partition,
  partitionOf,
  type ServerProjection,
} from './server-projection.js';

interface PartitionedSource {
  when(handlers: {
    $init: () => Partition;
    $any: (partition: Partition, event: ServerEvent) => Partition;
  }): void;
}

/** Provided by the engine of the server while it reads a script. */
declare function fromAll(): {
  partitionBy(partition: (event: ServerEvent) => string | null): PartitionedSource;
};

/** Set by the first line of a deployed script. */
declare const topoutPrefix: string;

/**
 * Registers a projection with the engine when a script is read.
 *
 * From all streams, because categories need the server's own projection `$by_category`.
 */
export function run(projection: ServerProjection): void {
  fromAll()
    .partitionBy((event) => partitionOf(projection, event.streamId, topoutPrefix))
    .when({
      $init: emptyPartition,
      $any: (partition, event) => afterServerEvent(projection, partition, event, topoutPrefix),
    });
}
