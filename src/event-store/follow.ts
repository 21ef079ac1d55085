import {
  type BehaviorSubject,
  concatMap,
  defer,
  filter,
  ignoreElements,
  type Observable,
  of,
  repeat,
  take,
} from 'rxjs';
import type { EventPage } from './event-store.js';

/** A log that is read page by page, with a value that changes whenever there may be more to read. */
export interface Followed {
  /** The next events after a position, none at the end. */
  pageAfter(position: number): EventPage | Promise<EventPage>;
  head(): number | Promise<number>;
  moves$: BehaviorSubject<number>;
  nextTurn(call: () => void): void;
}

/** Follows a log from a position, as `EventStore.events$` promises: reads a page, hands it over, and waits at the end for a move. */
export function follow(
  { pageAfter, head, moves$, nextTurn }: Followed,
  after: number,
): Observable<EventPage> {
  return defer(async () => head()).pipe(
    concatMap((goal) => {
      let [position, move, isBehind] = [after, moves$.value, true];
      const read = async (): Promise<EventPage | 'end'> => {
        // Writers and other readers have their turn between two pages.
        await new Promise<void>((resolve) => nextTurn(resolve));
        if (isBehind && position >= goal) {
          isBehind = false;
          return [];
        }
        move = moves$.value;
        const page = await pageAfter(position);
        position = page.at(-1)?.position ?? position;
        return page.length > 0 ? page : 'end';
      };
      const moved = moves$.pipe(
        filter((next) => next !== move),
        take(1),
        ignoreElements(),
      );
      return defer(read).pipe(
        concatMap((page) => (page === 'end' ? moved : of(page))),
        repeat(),
      );
    }),
  );
}
