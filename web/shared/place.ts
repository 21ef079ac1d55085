import { useCallback, useMemo } from 'react';
import type { BaseLocationHook } from 'wouter';
import { useStore } from './use-store.js';

// The page's place is behind the `#`, because `/projects`, `/alerts` and others are routes of the API. Its parameters
// are there too, so that the service never sees them and a link holds everything.

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

const here = () => location.hash.replace(/^#?\/?/, '/');
const pathIn = (place: string) => place.split('?')[0] ?? '/';
const searchIn = (place: string) => place.split('?')[1] ?? '';

/** Goes to a place of the page: `/projects/huaao-2?asOf=2018-06-30`. With `replace` the history entry is replaced. */
export function goTo(place: string, { replace = false }: { replace?: boolean } = {}): void {
  if (here() === place) return;
  const oldURL = location.href;
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${place}`);
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

/** The path behind the `#`, for the router. */
export const useHashPath: BaseLocationHook = () => [useStore(subscribe, () => pathIn(here())), goTo];
useHashPath.hrefs = (href) => `#${href}`;

/** The parameters behind the `#`, for the router. */
export const useHashSearch = () => useStore(subscribe, () => searchIn(here()));

/** The current path behind the `#`. */
export function pathHere(): string {
  return pathIn(here());
}

/** The current parameters behind the `#`. */
export function parametersHere(): URLSearchParams {
  return new URLSearchParams(searchIn(here()));
}

/** Parameters to change; undefined removes one. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** The parameters of the place, and a function to change them on the same screen. */
export function useParameters(): [URLSearchParams, (changes: Changes, how?: { replace?: boolean }) => void] {
  const search = useHashSearch();
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback(
    (changes: Changes, how: { replace?: boolean } = { replace: true }) =>
      goTo(withParameters(here(), changes), how),
    [],
  );
  return [parameters, change];
}

/** A place with some parameters changed. */
export function withParameters(place: string, changes: Changes): string {
  const parameters = new URLSearchParams(searchIn(place));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const search = parameters.toString();
  return pathIn(place) + (search ? `?${search}` : '');
}
