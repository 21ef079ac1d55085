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

let begun = 0;
/** The request whose result is shown. */
let shown = 0;

/**
 * Begins a request; the returned function records whether the service answered it.
 *
 * The result of a request that began before the one shown is ignored: it says what was, not what is.
 */
export function beginRequest(): (isReached: boolean) => void {
  begun += 1;
  const request = begun;
  return (isReached) => {
    if (request < shown) return;
    shown = request;
    note(isReached);
  };
}

function note(isReached: boolean): void {
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
