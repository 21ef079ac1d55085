import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { StoreUnavailable } from './errors.js';
import type { PageHandler, Subscription } from './event-store.js';

/** The source of a subscription. */
export interface Followed {
  /** The next events after a position, none at the end. */
  pageAfter(position: number): readonly AnyRecordedEvent[] | Promise<readonly AnyRecordedEvent[]>;
  head(): number | Promise<number>;
  nextTurn(call: () => void): void;
}

/** A subscription, from its store's side. */
export interface Following extends Subscription {
  /** Wakes it, because there are more events. */
  wake(): void;
  ended: Promise<void>;
}

/** Delivers events after a position page by page, awaiting the handler; then new ones as they come. */
export function follow(
  followed: Followed,
  after: number,
  onPage: PageHandler,
  onError: (error: Error) => void,
): Following {
  // Read immediately: later events are not part of it.
  const asked = followed.head();
  let isOpen = true;
  let wake = () => {};
  let arrive = () => {};
  let giveUp: (error: Error) => void = () => {};
  const caughtUp = new Promise<void>((resolve, reject) => {
    arrive = resolve;
    giveUp = reject;
  });
  // Its rejection must not crash a process that does not await it.
  caughtUp.catch(() => {});
  const ended = run();
  return {
    caughtUp,
    ended,
    wake: () => wake(),
    async close() {
      isOpen = false;
      wake();
      await ended;
    },
  };

  async function run(): Promise<void> {
    try {
      const goal = await asked;
      for (let position = after; ; ) {
        if (position >= goal) arrive();
        // Yields to writers and other readers, even if the handler never waits.
        await new Promise<void>((resolve) => followed.nextTurn(resolve));
        if (!isOpen) break;
        let isNews = false;
        wake = () => {
          isNews = true;
        };
        const page = await followed.pageAfter(position);
        if (!isOpen) break;
        if (page.length > 0) await onPage(page);
        else if (!isNews) await new Promise<void>((resolve) => (wake = resolve));
        position = page.at(-1)?.position ?? position;
      }
      giveUp(new StoreUnavailable('the subscription was closed before it had caught up'));
    } catch (error) {
      giveUp(error as Error);
      onError(error as Error);
    }
  }
}
