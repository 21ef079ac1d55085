import { scriptHashes, styleHashes } from './hashes.js';

/** The address of the page that checks a bundle; its last part is the name of the file when it is saved. */
export const verifierPath = '/verify.html';

/**
 * The headers of the page that checks a bundle: it runs only its own scripts, and connects to nothing.
 *
 * The page is one file, so that it also works when it is saved to a disk. Its scripts and styles are therefore in
 * the file, and the policy names each by its SHA-256 (CSP level 3, section 2.3.1).
 */
export function verifierHeaders(html: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${scriptHashes(html)}`,
      `style-src ${styleHashes(html)}`,
      "connect-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'cache-control': 'no-cache',
  };
}
