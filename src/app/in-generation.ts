import type { EventStore } from '../event-store/event-store.js';

/**
 * A name from which ids of alerts, notices and their events are derived, including the store's generation: after a
 * restore no id is reused for something else.
 */
export function inGeneration({ generation }: Pick<EventStore, 'generation'>, name: string): string {
  return generation === undefined ? name : `${generation} ${name}`;
}
