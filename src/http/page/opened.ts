import type { Arriving } from '../access/admission.js';

/** True for a client that shows HTML. */
export function asksForHtml(accept: string | string[] | undefined): boolean {
  return /\btext\/html\b/.test(String(accept ?? ''));
}

/** True for an address that a person opened in a browser: not for a request of a program, or of a script of a page. */
export function isOpened({ method, headers }: Pick<Arriving, 'method' | 'headers'>): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  // What sends a key of its own is a program, whatever it shows.
  return isRead && asksForHtml(headers.accept) && !/^Bearer /i.test(String(headers.authorization));
}

/**
 * Where a browser is sent that opened an address for which somebody has to sign in: to the page, which signs in and
 * goes on to that address. Undefined for a request of a program, or of a script of a page.
 */
export function signInFor(
  request: Pick<Arriving, 'method' | 'headers'> & { url: string },
): string | undefined {
  return isOpened(request) ? `/#/open?at=${encodeURIComponent(request.url)}` : undefined;
}
