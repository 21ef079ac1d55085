import { addDays } from '../../domain/values/days/calendar.js';
import { RulesAt } from '../../src/app/governance/rules-at.js';
import { PortfolioRows } from '../../src/app/portfolio/portfolio-rows.js';
import { ViewsFile } from '../../src/app/views/views-file.js';
import { linesPath, viewsPath } from '../../src/composition/folder/data-paths.js';
import { openViews, viewsBesideJournal } from '../../src/composition/view-list.js';
import { nextTurn, world } from '../../src/composition/world.js';
import type { EventStore } from '../../src/event-store/event-store.js';

/** Digests of all views, as one text. */
const digestOf = (file: ViewsFile): string => JSON.stringify(file.digests());

/** The views of the log at ascending positions: folded from the beginning, once. */
export class FreshFold {
  private readonly file = ViewsFile.create(':memory:', 'a fresh fold', viewsBesideJournal);

  constructor(private readonly store: Pick<EventStore, 'readAll'>) {}

  /** The digests at a position. */
  async at(position: number): Promise<string> {
    for await (const page of this.store.readAll(this.file.position)) {
      this.file.apply(page.filter((event) => event.position <= position));
      if ((page.at(-1)?.position ?? 0) >= position) break;
    }
    return digestOf(this.file);
  }

  close(): void {
    this.file.close();
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

/** The stored views of a folder; undefined if there are none that the service would use. */
export function viewsAsTheyLie(
  dataPath: string,
  storeName: string,
): { position: number; digest: string } | undefined {
  const file = ViewsFile.openExisting(viewsPath(dataPath), storeName, viewsBesideJournal);
  if (!file) return undefined;
  try {
    return { position: file.position, digest: digestOf(file) };
  } finally {
    file.close();
  }
}

/** Lets the views of a folder follow the log of its store to the end, as the service does when it starts. */
export async function caughtUp(
  dataPath: string,
  store: EventStore,
  storeName: string,
): Promise<{ position: number; digest: string } | undefined> {
  const views = await openViews({ store, world, storeName, path: viewsPath(dataPath) });
  await views.close();
  return viewsAsTheyLie(dataPath, storeName);
}

/** True if totals from a folder's stored rows equal those of rebuilt rows, at points all over both clocks. */
export async function linesAreFresh(
  dataPath: string,
  store: EventStore,
  storeName: string,
): Promise<boolean> {
  const views = await openViews({ store, world, storeName, path: viewsPath(dataPath) });
  const rules = new RulesAt(views);
  const ports = { elapsedMs: () => performance.now(), nextTurn, after: world.after };
  const kept = PortfolioRows.open(views, rules, ports, { path: linesPath(dataPath), storeName });
  const fresh = PortfolioRows.open(views, rules);
  try {
    await Promise.all([kept.settle(), fresh.settle()]);
    const shares = [0.1, 0.25, 0.5, 0.75, 1];
    const positions = shares.map((share) => Math.ceil(views.position * share));
    const days = positions.flatMap((position) => store.journal?.after(position - 1, 1)[0]?.entry.asOf ?? []);
    for (const position of positions)
      for (const asOf of days.flatMap((day) => [day, addDays(day, 100)])) {
        const asked = [{ asOf, knownAt: { position } }, 'stage', {}] as const;
        if (
          JSON.stringify(await kept.portfolio(...asked)) !== JSON.stringify(await fresh.portfolio(...asked))
        )
          return false;
      }
    return true;
  } finally {
    await Promise.all([kept.close(), fresh.close()]);
    await views.close();
  }
}
