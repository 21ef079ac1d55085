import { useSyncExternalStore } from 'react';

/** What the bar at the foot of the page says. */
export type Shown =
  /** Entries that were saved together, the one in question last. */
  | { is: 'saved'; entries: readonly string[] }
  | { is: 'differs'; about: string; toBasisPoints: number; estimateBasisPoints: number }
  | { is: 'undone' }
  | { is: 'discarded'; about: string; putBack(): void };

/** Milliseconds for which the bar is shown. */
const shownMs = 6_000;

let shown: { shown: Shown; number: number } | undefined;
/** What is said once the bar that offers to undo is gone. */
let later: Shown[] = [];
let count = 0;
let timer: number | undefined;
const listeners = new Set<() => void>();

function become(next: typeof shown): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Shows the bar for some seconds, in the place of what it said before. */
export function show(what: Shown): void {
  if (what.is === 'differs' && shown?.shown.is === 'saved') {
    later.push(what);
    return;
  }
  count += 1;
  become({ shown: what, number: count });
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    become(undefined);
    const [next, ...rest] = later;
    later = rest;
    if (next) show(next);
  }, shownMs);
}

/** What the bar says now, with a number that differs each time; undefined while it is gone. */
export function useShown(): typeof shown {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => shown,
  );
}
