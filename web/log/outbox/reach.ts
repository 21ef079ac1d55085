import { useSyncExternalStore } from 'react';

const kept = 'topout.log.reached';

/** Whether the service answered when it was asked last, and when it last did. */
export interface Reach {
  /** Undefined before it was asked. */
  isReached?: boolean;
  at?: string;
}

let reach: Reach = { ...(localStorage.getItem(kept) ? { at: localStorage.getItem(kept) as string } : {}) };
const listeners = new Set<() => void>();

/** Notes that the service answered, or that it did not. */
export function noteReach(isReached: boolean): void {
  reach = { ...reach, isReached, ...(isReached ? { at: new Date().toISOString() } : {}) };
  if (isReached && reach.at) localStorage.setItem(kept, reach.at);
  for (const listener of listeners) listener();
}

/** How the service was reached last, followed. */
export function useReach(): Reach {
  return useSyncExternalStore(subscribe, () => reach);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
