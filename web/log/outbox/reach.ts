import { useSyncExternalStore } from 'react';
import { type Reach, Requests } from './requests.js';

const kept = 'topout.log.reached';

const requests = new Requests(() => new Date().toISOString(), localStorage.getItem(kept) ?? undefined);
requests.subscribe(() => {
  const { isReached, at } = requests.current();
  if (isReached && at) localStorage.setItem(kept, at);
});

/** Begins a request; the returned function records whether the service answered it. */
export const beginRequest = requests.begin;

/** A hook that follows the last known reachability. */
export function useReach(): Reach {
  return useSyncExternalStore(requests.subscribe, requests.current);
}
