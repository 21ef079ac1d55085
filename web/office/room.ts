import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { serviceReach } from '../shared/reach.js';

/** A part of the page, loaded on demand, that failed to load. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
}

/**
 * Loads a part of the page.
 *
 * @throws PartNotLoaded the service cannot be reached, or now has another version of the page
 */
export async function part<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (cause) {
    serviceReach.doubt();
    throw new PartNotLoaded(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

type Room = { default: ComponentType };

const ahead = new Map<() => Promise<Room>, Room>();

/** Loads a screen before it is opened, so that it is there with the frame. */
export async function loadAhead(load: () => Promise<Room>): Promise<void> {
  ahead.set(load, await part(load));
}

/** A screen that is loaded when it is opened. */
export function room(load: () => Promise<Room>): LazyExoticComponent<ComponentType> {
  return lazy(() => {
    const loaded = ahead.get(load);
    return loaded ? atOnce(loaded) : part(load);
  });
}

/** A promise would be awaited although it is kept, and a placeholder be shown meanwhile. */
function atOnce(loaded: Room): Promise<Room> {
  // biome-ignore lint/suspicious/noThenProperty: that is what React asks for.
  return { then: (take: (room: Room) => void) => take(loaded) } as unknown as Promise<Room>;
}
