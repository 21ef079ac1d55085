/** Shorter parts of a path or a query are ordinary words, not secrets. */
const fewest = 6;

/**
 * A text with echoed parts of a URL's path and query removed, because they may be secrets: a 404 page often repeats the
 * path.
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
