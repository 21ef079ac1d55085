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

/** A screen that is loaded when it is opened. */
export function room(load: () => Promise<{ default: ComponentType }>): LazyExoticComponent<ComponentType> {
  return lazy(() => part(load));
}
