import { createStore, del, get, promisifyRequest, set, values } from 'idb-keyval';
import { type Entry, type Kept, nextOrder, type Shelf } from './outbox.js';

// Two databases, because a store of this library is a database of its own.
const outbox = createStore('topout-outbox', 'entries');
const known = createStore('topout-known', 'answers');

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

/** Caches the last answer of the service for offline use. */
export const remembered = {
  get: <Answer>(name: string): Promise<Answer | undefined> => get<Answer>(name, known),
  set: <Answer>(name: string, answer: Answer): Promise<void> => set(name, answer, known),
};

/** Asks the browser not to evict the data when space runs short; it may refuse, and asking again is harmless. */
export async function keepForGood(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
