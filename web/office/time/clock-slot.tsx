import { useSyncExternalStore } from 'react';

let slot: HTMLElement | null = null;
const listeners = new Set<() => void>();

/** The place in the frame where a screen with two clocks shows them. */
export function ClockSlot() {
  return <div ref={keepSlot} className="not-printed" />;
}

/** That place, once the frame is there. */
export function useClockSlot(): HTMLElement | null {
  return useSyncExternalStore(subscribe, () => slot);
}

function keepSlot(element: HTMLElement | null): void {
  slot = element;
  for (const listener of listeners) listener();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
