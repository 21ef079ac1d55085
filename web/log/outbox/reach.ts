import { useSyncExternalStore } from 'react';

const kept = 'topout.log.reached';

/** Whether the service answered the last request, and when it last did. */
export interface Reach {
  /** Undefined before the first request. */
  isReached?: boolean;
  at?: string;
}

let reach: Reach = { ...(localStorage.getItem(kept) ? { at: localStorage.getItem(kept) as string } : {}) };
const listeners = new Set<() => void>();

/** Records whether the service answered. */
export function noteReach(isReached: boolean): void {
  reach = { ...reach, isReached, ...(isReached ? { at: new Date().toISOString() } : {}) };
  if (isReached && reach.at) localStorage.setItem(kept, reach.at);
  for (const listener of listeners) listener();
}

/** A hook that follows the last known reachability. */
export function useReach(): Reach {
  return useSyncExternalStore(subscribe, () => reach);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
