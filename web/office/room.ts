import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { serviceReach } from '../shared/reach.js';

/** A part of the page that is fetched when it is needed, and was not to be had. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
}

/**
 * Fetches a part of the page.
 *
 * @throws PartNotLoaded the service cannot be reached, or has another version of the page by now
 */
export async function part<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (cause) {
    serviceReach.doubt();
    throw new PartNotLoaded(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A screen that is fetched when it is opened. */
export function room(load: () => Promise<{ default: ComponentType }>): LazyExoticComponent<ComponentType> {
  return lazy(() => part(load));
}
