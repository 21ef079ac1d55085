import { alertsView } from '../app/alerts/alerts-view.js';
import { outboxView } from '../app/deliveries/outbox-view.js';
import type { OnProgress } from '../app/views/make-views.js';
import { directory, journal, journalOfOthers, type View } from '../app/views/view.js';
import { type OpenViews, Views } from '../app/views/views.js';
import type { EventStore } from '../event-store/event-store.js';

/** How long the start waits for a cluster that may be unreachable, in milliseconds. */
const patienceMs = 10_000;

/** The views of a store that answers queries of its log. */
export const viewsBesideJournal: readonly View[] = [journalOfOthers, alertsView, outboxView];

/** The views of a store; one that answers no queries has its log copied into them. */
export function viewsFor({ journal: own }: Pick<EventStore, 'journal'>): readonly View[] {
  return own ? viewsBesideJournal : [journal, directory, alertsView, outboxView];
}

/** Opens the views of a store, as `Views.open` does. */
export function openViews(
  options: Omit<OpenViews, 'list' | 'patienceMs'>,
  onProgress?: OnProgress,
): Promise<Views> {
  const { store } = options;
  // An embedded store has to be readable.
  const patience = store.journal ? {} : { patienceMs };
  return Views.open({ ...options, ...patience, list: viewsFor(store) }, onProgress);
}
