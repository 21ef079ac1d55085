import { Views } from '../../src/app/views.js';
import { ViewsFile } from '../../src/app/views-file.js';
import { viewsPath, world } from '../../src/compose.js';
import type { EventStore } from '../../src/event-store/event-store.js';

/** Digests of all views, as one text. */
export const digestOf = (file: ViewsFile): string => JSON.stringify(file.digests());

/** What the views are of the log up to positions that only grow: folded from the beginning, once. */
export class FreshFold {
  readonly #file = ViewsFile.create(':memory:', 'a fresh fold', 'lean');

  constructor(private readonly store: Pick<EventStore, 'readAll'>) {}

  /** The digests at a position. */
  async at(position: number): Promise<string> {
    for await (const page of this.store.readAll(this.#file.position)) {
      this.#file.apply(page.filter((event) => event.position <= position));
      if ((page.at(-1)?.position ?? 0) >= position) break;
    }
    return digestOf(this.#file);
  }

  close(): void {
    this.#file.close();
  }
}

/** The digests of a fold of the log up to one position, from the beginning. */
export async function freshFold(store: Pick<EventStore, 'readAll'>, position: number): Promise<string> {
  const fold = new FreshFold(store);
  try {
    return await fold.at(position);
  } finally {
    fold.close();
  }
}

/** What a folder's views hold as they lie there; undefined when there are none that the service would use. */
export function viewsAsTheyLie(
  dataPath: string,
  storeName: string,
): { position: number; digest: string } | undefined {
  const file = ViewsFile.openExisting(viewsPath(dataPath), storeName, 'lean');
  if (!file) return undefined;
  try {
    return { position: file.position, digest: digestOf(file) };
  } finally {
    file.close();
  }
}

/** Has the views of a folder follow the log of its store to the end, as the service does when it starts. */
export async function caughtUp(
  dataPath: string,
  store: EventStore,
  storeName: string,
): Promise<{ position: number; digest: string } | undefined> {
  const views = await Views.open({ store, world, storeName, path: viewsPath(dataPath) });
  await views.close();
  return viewsAsTheyLie(dataPath, storeName);
}
