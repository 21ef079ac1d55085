import { createStore, del, promisifyRequest, set, values } from 'idb-keyval';
import type { Entry, Kept } from './entry.js';
import { nextOrder, type Shelf } from './outbox.js';

const outbox = createStore('topout-outbox', 'entries');

/** Entries in IndexedDB, which survives the page and the browser. */
export const deviceShelf: Shelf = {
  all: () => values<Kept>(outbox),
  // One transaction, so that two tabs never assign the same number.
  append: (made) =>
    outbox('readwrite', async (store) => {
      const kept = await promisifyRequest<Kept[]>(store.getAll());
      const entry: Entry = { ...made, order: nextOrder(kept) };
      store.put(entry, entry.id);
      await promisifyRequest(store.transaction);
      return entry;
    }),
  put: (entry) => set(entry.id, entry, outbox),
  remove: (id) => del(id, outbox),
};

/**
 * Asks the browser not to evict the data when space runs short; asking again is harmless.
 *
 * @returns false if it may evict them
 */
export async function keepForGood(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}
