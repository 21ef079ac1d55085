import { RequestRefused } from '../problems/faults.js';

const most = 2_048;
/** The longest path segment; file systems allow 255 bytes. */
const mostOfPart = 200;
const longPart = new RegExp(`[^/]{${mostOfPart + 1}}`);

/**
 * Spellings that servers, proxies and file systems resolve differently: a backslash, a control character, two slashes
 * in a row, a segment that is `.` or `..`, each also percent-encoded, and an encoded slash. No served path has one of
 * them.
 */
const ambiguous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\\\u0000-\u001f\u007f]|%(?:[01][\da-f]|7f|5c|2f)|\/\/|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** The fault of a request's URL before routing; undefined if there is none. */
export function addressFault(url: string): RequestRefused | undefined {
  if (url.length > most) return refused(`an address of ${url.length} characters`, `at most ${most}`);
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  if (longPart.test(path))
    return refused('a path with a part that is too long', `parts of at most ${mostOfPart} characters`);
  const spelling = ambiguous.exec(path)?.[0];
  if (spelling === undefined) return undefined;
  return refused(`a path with ${JSON.stringify(spelling)}`, 'a path without it, as links write it');
}

function refused(seen: string, expected: string): RequestRefused {
  return new RequestRefused([{ member: 'path', type: 'url-invalid', seen, expected }]);
}
