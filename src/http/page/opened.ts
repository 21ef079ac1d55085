import type { Arriving } from '../access/admission.js';

/** True for a client that shows HTML. */
export function asksForHtml(accept: string | string[] | undefined): boolean {
  return /\btext\/html\b/.test(String(accept ?? ''));
}

/**
 * Where a browser is sent that opened an address for which somebody has to sign in: to the page, which signs in and
 * goes on to that address. Undefined for a request of a program, or of a script of a page.
 */
export function signInFor({
  method,
  headers,
  url,
}: Pick<Arriving, 'method' | 'headers'> & { url: string }): string | undefined {
  const isOpened = (method === 'GET' || method === 'HEAD') && asksForHtml(headers.accept);
  // What sends a key of its own is a program, whatever it shows.
  if (!isOpened || /^Bearer /i.test(String(headers.authorization))) return undefined;
  return `/#/open?at=${encodeURIComponent(url)}`;
}
