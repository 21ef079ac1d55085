/** Parts of a path or a query that are shorter are words, not secrets. */
const fewest = 6;

/**
 * A text without what it repeats of the path and the query of a URL, which may be secrets: a receiver that does not know a
 * path often says which.
 */
export function hidden(text: string, url: string): string {
  const parts = partsOf(url).toSorted((one, other) => other.length - one.length);
  return parts.reduce((shown, part) => shown.replaceAll(part, '…'), text);
}

function partsOf(text: string): string[] {
  const url = URL.parse(text);
  if (!url) return text === '' ? [] : [text];
  const { pathname, search, hash } = url;
  const wholes = [`${pathname}${search}`, pathname, search.slice(1), hash.slice(1)];
  const pieces = [...pathname.split('/'), ...[...url.searchParams].flat()];
  const parts = [text, url.href, ...wholes.filter((part) => part.length > 1)];
  parts.push(...pieces.filter((piece) => piece.length >= fewest));
  const written = parts.flatMap((part) => [part, decoded(part), encodeURIComponent(part)]);
  return [...new Set(written.flatMap((part) => [part, part.replaceAll('&', '&amp;')]))];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
