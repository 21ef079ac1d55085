import type { EventStore } from '../event-store/event-store.js';

/**
 * A name from which the id of an alert, a notice or an event about them follows, in the generation of a store: what is named
 * after a restore never gets an id that something else had before it.
 */
export function inGeneration({ generation }: Pick<EventStore, 'generation'>, name: string): string {
  return generation === undefined ? name : `${generation} ${name}`;
}
