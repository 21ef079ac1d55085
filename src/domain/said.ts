import type { EventType, ProjectEvent } from './events.js';

/** One entry as the project remembers it: enough to recognise it when it is said again, and to withdraw it. */
export type Said<T extends EventType = EventType> = ProjectEvent<T> & {
  id: string;
  revision: number;
  /** The entry that withdrew it. */
  withdrawnBy?: string;
};

/** The entries of one type that nobody withdrew, oldest first. */
export function liveOf<T extends EventType>(said: readonly Said[], type: T): Said<T>[] {
  return said.filter((entry) => entry.type === type && !entry.withdrawnBy) as Said<T>[];
}
