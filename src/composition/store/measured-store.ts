import type { Measures } from '../../app/measures.js';
import type { EventStore } from '../../event-store/event-store.js';

/** Measures every append to a store. The measurement adds no turn between the commit and its answer. */
export function measureAppends(store: EventStore, measures: Measures, elapsedMs: () => number): void {
  const append = store.append.bind(store);
  Object.assign(store, {
    append(...args: Parameters<EventStore['append']>) {
      const beganMs = elapsedMs();
      const appended = append(...args);
      appended.then(
        () => measures.stored(args[1], elapsedMs() - beganMs),
        (error: unknown) => measures.refused(error, elapsedMs() - beganMs),
      );
      return appended;
    },
  } satisfies Pick<EventStore, 'append'>);
}
