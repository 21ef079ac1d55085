import { createHash } from 'node:crypto';

/** The SHA-256 of each script that is in an HTML file itself, as a policy names it (CSP level 3, section 2.3.1). */
export function scriptHashes(html: string): string {
  return hashesOf('script', html);
}

/** The same of its style elements. */
export function styleHashes(html: string): string {
  return hashesOf('style', html);
}

function hashesOf(element: 'script' | 'style', html: string): string {
  const found = html.matchAll(new RegExp(`<${element}(?: (?![^>]*\\bsrc=)[^>]*)?>(.*?)</${element}>`, 'gs'));
  return [...found]
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');
}
