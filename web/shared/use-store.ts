import { useSyncExternalStore } from 'react';

/** What a source holds now, as a hook; also where the service draws the page (`web/office/first/draw.tsx`). */
export function useStore<Held>(subscribe: (changed: () => void) => () => void, current: () => Held): Held {
  return useSyncExternalStore(subscribe, current, current);
}
