import { parametersHere, pathHere } from '../shared/place.js';

const kept = 'topout.onward';

/**
 * The address that a browser opened without a sign-in, and goes on to with one, such as `/docs`; undefined at any other
 * place. Only addresses of this service.
 */
export function openedHere(): string | undefined {
  if (pathHere() !== '/open') return undefined;
  const at = parametersHere().get('at') ?? '/';
  try {
    const { origin, pathname, search } = new URL(at, location.origin);
    return origin === location.origin ? pathname + search : '/';
  } catch {
    return '/';
  }
}

/** Keeps the place of the page while its person signs in at the provider, which knows only the page. */
export function keepPlace(): void {
  const place = location.hash.replace(/^#/, '');
  try {
    if (place !== '' && !/^\/refused\//.test(place)) sessionStorage.setItem(kept, place);
  } catch {
    // Without storage space the page begins at its first screen.
  }
}

/** The place that was kept, which is then forgotten. */
export function takePlace(): string | undefined {
  try {
    const place = sessionStorage.getItem(kept) ?? undefined;
    sessionStorage.removeItem(kept);
    return place;
  } catch {
    return undefined;
  }
}
