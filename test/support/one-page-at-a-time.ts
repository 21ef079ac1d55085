import { expand, filter, mergeMap, type Observable, take } from 'rxjs';
import type { EventPage, EventStore } from '../../src/event-store/event-store.js';

/** Follows a log, and reads a page once the one before was handled; emits each page after that. */
export function onePageAtATime(
  store: Pick<EventStore, 'events$'>,
  after: number,
  handle: (page: EventPage) => Promise<unknown>,
): Observable<EventPage> {
  const next = (position: number) =>
    store.events$(position).pipe(
      filter((page) => page.length > 0),
      take(1),
      mergeMap((page) => handle(page).then(() => page)),
    );
  return next(after).pipe(expand((page) => next(page.at(-1)?.position ?? after)));
}
