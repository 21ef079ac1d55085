import { useSyncExternalStore } from 'react';

/** The current place in the log; it is part of the URL, so that "back" goes one step back. */
export type Place =
  | { at: 'projects' }
  | { at: 'project'; project: string }
  | { at: 'say'; project: string; what: string }
  | { at: 'outbox' }
  | { at: 'mend'; entry: string }
  | { at: 'wrong'; entry: string }
  /** Who logs with this phone. */
  | { at: 'self' };

/** The URL of a place within the page. */
export function addressOf(place: Place): string {
  switch (place.at) {
    case 'projects':
      return '#/';
    case 'project':
      return `#/p/${place.project}`;
    case 'say':
      return `#/p/${place.project}/${place.what}`;
    case 'outbox':
      return '#/outbox';
    case 'mend':
      return `#/outbox/${place.entry}`;
    case 'wrong':
      return `#/outbox/${place.entry}/wrong`;
    case 'self':
      return '#/self';
  }
}

/** The place that a URL names; by default the list of projects. */
function placeOf(hash: string): Place {
  const [first, second, third] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  if (first === 'p' && second && third) return { at: 'say', project: second, what: third };
  if (first === 'p' && second) return { at: 'project', project: second };
  if (first === 'outbox' && second && third === 'wrong') return { at: 'wrong', entry: second };
  if (first === 'outbox' && second) return { at: 'mend', entry: second };
  if (first === 'outbox') return { at: 'outbox' };
  if (first === 'self') return { at: 'self' };
  return { at: 'projects' };
}

/** The place in the current URL, as a hook. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => window.location.hash,
  );
  return placeOf(hash);
}

/** Goes to a place once something is saved, unless the person has opened another one meanwhile. */
export async function goOnceSaved(place: Place, save: () => Promise<unknown>): Promise<void> {
  const { hash } = window.location;
  await save();
  if (window.location.hash === hash) window.location.hash = addressOf(place);
}
